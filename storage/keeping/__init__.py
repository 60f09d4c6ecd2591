"""A database over the years: migrations, backups, moving, and letting go."""
