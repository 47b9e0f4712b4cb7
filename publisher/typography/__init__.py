"""Floor 2, the desk of Chinese setting: page sizes, type areas, classes of characters."""
