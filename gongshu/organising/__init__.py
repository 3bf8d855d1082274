"""Organising: founding, merging and dissolving unions, committees and their terms."""
