"""The truth: what the program knows, kept in SQLite or PostgreSQL; the only place that knows SQL.

Statements that run often are built once, when their module is imported: to build one takes several times as long as to
run it, and hardly any part of it depends on what is asked. Each such module has them at its top.
"""
