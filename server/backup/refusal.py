"""When a backup is not made, or none is put back."""

import errno

from server.store.refusal import StoreRefused

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class BackupRefused(StoreRefused):
    """str() is the line to print: what is wrong, what there is of it, and what to do. Nothing half stays."""
