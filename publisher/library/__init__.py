"""The library: editions as they are kept, their fixity and seals, what differs between two."""
