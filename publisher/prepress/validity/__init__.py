"""Validity: whether a PDF is the PDF/A-3a and PDF/UA-1 that it says (docs/archival.md)."""
