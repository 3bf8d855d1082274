"""Reads of 接口."""
