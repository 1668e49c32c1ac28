"""The open read API: Open Referral HSDS 3.1 under /api/hsds/."""
