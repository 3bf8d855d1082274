"""Reads of training and duties, narrowed to what the actor may see."""
