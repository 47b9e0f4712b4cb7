"""Floor 4, checking: a collection looked through before it is built, by a table of checks."""
