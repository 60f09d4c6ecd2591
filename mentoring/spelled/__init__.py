"""What people write for one and the same thing, read alike in spreadsheets and in forms: zones, hours, languages."""
