"""Identifiers, problems, Chinese text, working days: what everything may use."""
