"""`python -m publisher` is the command `publisher`."""


def start() -> int:
    """The command; one who interrupts it before it has begun is not shown its inside either."""
    try:
        from publisher.surface import cli

        return cli.start()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(start())
