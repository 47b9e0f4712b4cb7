"""Floor 4, the formats: one file for each kind of output, and a row in `registry`."""
