"""What search machines may know of the networks; one module for each noun."""
