"""The only place that writes training and duties."""
