"""Short messages: the home line, one message, writing, and following."""
