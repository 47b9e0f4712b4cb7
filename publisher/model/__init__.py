"""Floor 1, the model: what a book is made of, as frozen values without behaviour of their own."""
