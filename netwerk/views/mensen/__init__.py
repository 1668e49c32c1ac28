"""The pages of people: finding them, their profile, and keeping one's own."""
