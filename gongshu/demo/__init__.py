"""Builds the demonstration federation."""
