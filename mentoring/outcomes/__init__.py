"""What a cycle came to, in figures that tell of nobody: counted, made safe, and put into words and onto a page."""
