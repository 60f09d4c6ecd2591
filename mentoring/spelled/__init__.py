"""What people write for one and the same thing, read alike in a spreadsheet and in the forms: zones, hours, languages."""
