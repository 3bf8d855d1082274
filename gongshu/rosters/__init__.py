"""Rosters of members that are brought in."""
