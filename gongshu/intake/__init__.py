"""Makes meetings and plans out of confirmed text."""
