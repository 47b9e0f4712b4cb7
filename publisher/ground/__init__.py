"""Floor 0, the ground: messages, errors, notices, digests. Knows nothing of books."""
