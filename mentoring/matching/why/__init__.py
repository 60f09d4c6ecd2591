"""What people are told about a result: reasons, what would help, and a second look at all of it."""
