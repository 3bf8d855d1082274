"""Kernels: no union business here."""
