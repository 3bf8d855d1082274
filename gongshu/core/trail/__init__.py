"""Who did what, when, by which clause; hash-chained."""
