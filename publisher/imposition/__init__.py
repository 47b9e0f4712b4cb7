"""Floor 2, the folding desk: which page stands where on which sheet. Pure arithmetic, in mm."""
