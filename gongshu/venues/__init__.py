"""Places of service: driver homes, rest stops, service centres."""
