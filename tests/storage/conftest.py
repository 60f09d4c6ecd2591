"""Every test here that asks for `database` runs on SQLite and on PostgreSQL."""

from tests.storage.databases import (
    database,
    migrated_file,
    migrated_postgres,
    migrated_sqlite,
    neighbor,
    postgresql,
    sqlite,
    sqlite_copy,
)

__all__ = [
    "database",
    "migrated_file",
    "migrated_postgres",
    "migrated_sqlite",
    "neighbor",
    "postgresql",
    "sqlite",
    "sqlite_copy",
]
