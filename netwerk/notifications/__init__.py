"""What is said to peers, and to whom: on the site and by mail, as each of them wants it."""
