"""Attachments, kept by content."""
