"""What peers know: questions put to them, and cards made of their answers."""
