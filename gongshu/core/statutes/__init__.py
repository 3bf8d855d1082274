"""Clauses of laws and decisions as dated data with their citation."""
