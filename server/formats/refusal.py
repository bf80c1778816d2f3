"""A file that is not taken, nor any part of it."""


class FileRefused(Exception):
    """`str()` is Danish, for the person at the keyboard: why, and what to do."""
