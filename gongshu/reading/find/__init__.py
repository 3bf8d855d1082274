"""Facts of a meeting, each found by a named rule with its place in the clean text."""
