"""Invented peers, networks and conversations; one module for each noun."""
