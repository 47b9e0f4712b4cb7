"""Importers: one file for each kind of source, and a row in `registry`."""
