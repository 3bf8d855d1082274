"""Background work: progress, cancel, survives a killed worker."""
