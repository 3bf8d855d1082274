"""Reads of rosters: those an actor may see, the unions rows name, what the ledger knows of people."""
