"""Understanding text: repair, segment, find, resolve, assemble. Pure Python."""
