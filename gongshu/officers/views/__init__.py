"""Pages of union officers."""
