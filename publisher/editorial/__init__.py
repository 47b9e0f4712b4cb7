"""Floor 2, the editorial desk: reading what editors write and what people send."""
