"""The commands beside `run`: each a module that is loaded when it is asked for."""
