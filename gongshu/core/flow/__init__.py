"""Machines, steps and the one ledger of open items."""
