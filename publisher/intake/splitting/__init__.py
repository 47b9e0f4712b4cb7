"""Splitting: where the essays of a source begin, and what the lines around them are."""
