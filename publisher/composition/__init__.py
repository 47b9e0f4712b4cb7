"""Floor 3, composition: a collection and a layout become pages and documents."""
