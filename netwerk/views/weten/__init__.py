"""The pages of what peers know."""
