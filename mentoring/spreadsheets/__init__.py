"""Matching from a spreadsheet: bytes of files in, a matching problem or all that is wrong out, results as rows.

Nothing here opens a file; `bot.commands.match` does.
"""
