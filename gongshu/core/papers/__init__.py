"""Official documents in GB/T 9704 layout."""
