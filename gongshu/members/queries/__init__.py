"""Reads of memberships and of their number, narrowed to what the actor may see."""
