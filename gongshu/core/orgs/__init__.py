"""The tree of organisations, nothing else."""
