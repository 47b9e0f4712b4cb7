"""Floor 3, the inspection: any EPUB looked through for what would trip readers and machines."""
