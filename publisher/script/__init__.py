"""Floor 2, the desk of scripts: Simplified and Traditional, by OpenCC, block by block."""
