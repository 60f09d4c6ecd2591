"""Matching from a spreadsheet: every way a file can be right or wrong."""
