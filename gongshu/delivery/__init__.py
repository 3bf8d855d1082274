"""Plans, programmes, tasks, targets, supervision and reports."""
