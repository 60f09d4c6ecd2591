"""The scheduler's tests use one SQLite database."""

from tests.storage.databases import migrated_file, migrated_sqlite, sqlite

__all__ = ["migrated_file", "migrated_sqlite", "sqlite"]
