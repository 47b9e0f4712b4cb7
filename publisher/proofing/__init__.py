"""Proofing: finished PDFs measured: their lines, gaps, breaks and grid, whoever made them."""
