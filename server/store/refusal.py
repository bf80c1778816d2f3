"""When the store will not open: one line for whoever runs the server, which says what is wrong and what to do."""


class StoreRefused(Exception):
    """No driver, a newer database, a changed migration, a database that is not there: str() is the line to print."""
