"""When a backup is not made, or none is put back."""

from server.store.refusal import StoreRefused


class BackupRefused(StoreRefused):
    """str() is the line to print: what is wrong, what there is of it, and what to do. Nothing half stays."""
