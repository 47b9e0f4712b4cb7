"""Site: a shelf of collections as pages, feeds and lists for any static host."""
