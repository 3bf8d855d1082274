"""Figures, each measured by one module and set beside its target."""
