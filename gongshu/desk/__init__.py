"""Pages that join lines of work: inbox, overview wall."""
