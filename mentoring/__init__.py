"""The rules of reverse mentoring: pure values and functions, with no clock and no input or output."""
