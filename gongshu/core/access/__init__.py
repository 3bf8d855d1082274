"""Roles, appointments, and the answers to: may they, on which rows, who may."""
