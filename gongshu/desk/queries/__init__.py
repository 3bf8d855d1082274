"""Reads that join lines of work, narrowed to what the actor may see."""
