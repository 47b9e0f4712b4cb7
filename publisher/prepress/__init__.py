"""Prepress: a finished PDF is made ready for a press, and measured as a press measures it."""
