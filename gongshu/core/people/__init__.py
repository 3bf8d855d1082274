"""Natural persons and the accounts that log in."""
