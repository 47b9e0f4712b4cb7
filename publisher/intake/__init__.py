"""Intake: what people send becomes clean, attributed manuscripts; nothing of it is lost."""
