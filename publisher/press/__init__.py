"""Floor 5, the press: the only room that runs jobs and writes what they make."""
