"""Checks and sums of this line of work, pure."""
