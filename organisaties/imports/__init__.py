"""Listings from outside files: read, checked row by row, and written all or nothing."""
