"""Members: joining, moving, leaving, and how many there are."""
