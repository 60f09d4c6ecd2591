"""A program in fast time: the real bot on the sandbox, with a made-up company of fictional people."""
