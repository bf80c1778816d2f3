"""Backups: made beside a running server, looked through, put back. A backup is a folder with a manifest, whole or not there."""

from server.backup.age import OLD_DAYS, newest, wanted
from server.backup.making import BACKUPS, backup
from server.backup.refusal import BackupRefused
from server.backup.restoring import Restored, finish, restore

__all__ = ["BACKUPS", "OLD_DAYS", "BackupRefused", "Restored", "backup", "finish", "newest", "restore", "wanted"]
