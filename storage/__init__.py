"""The truth: what the program knows, kept in SQLite or PostgreSQL; the only place that knows SQL."""
