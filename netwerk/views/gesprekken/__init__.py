"""The pages of conversations: reading, writing, changing and leading them."""
