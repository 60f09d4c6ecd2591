"""A year of a program in fast time: people all over the world live through it, and what they got is counted."""
