"""Reverse Mentor as one installed package; in a checkout its parts are plain packages beside this one."""
