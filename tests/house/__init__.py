"""The house around the code: packaging, locks, settings, conventions."""
