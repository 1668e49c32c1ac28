"""Listings as objects of the Human Services Data Specification (Open Referral HSDS 3.1)."""
