"""Settings, roles, the catalogue and addresses: the only code that sees every line of work."""
