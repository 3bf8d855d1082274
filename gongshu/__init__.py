"""Gongshu 工枢: a federation of trade unions, from a meeting's text to work done."""
