"""The clock: says "look now" every few seconds, and nothing more."""
