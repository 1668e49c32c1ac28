"""What professionals do with their profile: make and change it, say where they work, and let it be found."""
