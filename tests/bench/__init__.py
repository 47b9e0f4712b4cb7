"""Bench: the product measured against plain WeasyPrint on the same books; see docs/bench.md."""
