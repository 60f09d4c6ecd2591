"""The result of a matching as a page: one file for a browser or a printer, without scripts and without a network."""
