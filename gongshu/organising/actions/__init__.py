"""The only place that writes foundings, endings and terms."""
