"""All SQL: the database file and its tables. Values go in and out; the service has the rules."""

from faceapp.store.backup import former_databases, inspect_backup, restore
from faceapp.store.core import Store, open_for_reading, open_store
from faceapp.store.lock import FileLock

__all__ = [
    "FileLock",
    "Store",
    "former_databases",
    "inspect_backup",
    "open_for_reading",
    "open_store",
    "restore",
]
