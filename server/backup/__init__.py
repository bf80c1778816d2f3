"""Backups: made beside a running server, looked through, put back. A backup is a folder with a manifest, whole or not there."""

from server.backup.making import backup
from server.backup.refusal import BackupRefused
from server.backup.restoring import Restored, finish, restore

__all__ = ["BackupRefused", "Restored", "backup", "finish", "restore"]
