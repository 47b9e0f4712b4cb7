"""Floor 7, the surface: the only code that prints, reads arguments, or asks the time."""
