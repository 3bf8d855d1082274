"""The record drawn from a document: its shape, how it is found, typed over, compared and entered. Pure functions."""
