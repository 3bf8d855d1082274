"""Notices to a person: in-app, with a door for other suppliers."""
