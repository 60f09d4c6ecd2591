"""How long the matching takes, and what others make of the same people.

Modules here are imported by an interpreter without any of our libraries too, so this one imports nothing.
"""
