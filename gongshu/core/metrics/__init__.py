"""A measure declared once, rolled up the tree."""
