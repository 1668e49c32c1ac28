"""What moderators see of peers and their networks; one module for each noun, imported here."""
