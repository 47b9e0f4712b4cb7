"""`python -m publisher` is the command `publisher`."""

from publisher.surface.cli import main

raise SystemExit(main())
