"""Seam: the one room that reaches into the setting engine's own parts."""
