"""Pages of what is between people."""
