"""Cleaning: a text as it came becomes a text as it is printed, by named rules and with a log."""
