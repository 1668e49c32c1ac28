"""What is done in conversations: placing, replying, changing, marking what helped, and leading."""
