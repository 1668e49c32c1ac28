"""What people do with each other: contact, blocks, introductions, personal invitations and reports."""
