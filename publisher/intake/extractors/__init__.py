"""Extractors: one file for each kind of rich source, and a row in `registry`."""
