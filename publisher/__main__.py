"""`python -m publisher` is the command `publisher`."""

from publisher.surface.cli import start

raise SystemExit(start())
