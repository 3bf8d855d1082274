"""The record of meetings."""
