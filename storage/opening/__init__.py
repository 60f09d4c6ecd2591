"""Whether a database can be used, and why not: files, damage, locks, and servers that do not answer."""
