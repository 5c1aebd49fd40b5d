"""Work counted in steps, not in seconds: the same ground gives the same answer on every machine."""

LIMIT = 300_000


class OutOfWork(Exception):
    """The search was given up; what is known so far is a proven interval."""


class Work:
    """A count of steps with an end. One step is one line, or one source, looked at once during a search."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self.done = 0

    def spend(self, steps: int) -> None:
        self.done += steps
        if self.done > self.limit:
            raise OutOfWork
