"""All SQL: the database file and its tables. Values go in and out; rules are the service's."""

from faceapp.store.backup import kept_databases, restore
from faceapp.store.core import Store, open_store
from faceapp.store.lock import FileLock

__all__ = ["FileLock", "Store", "kept_databases", "open_store", "restore"]
