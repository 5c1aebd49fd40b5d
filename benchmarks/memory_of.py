"""Memory of a process and all that it started, told apart by what they are."""

from collections import Counter
from contextlib import suppress

from sources.archiving.browser.program import family_of
from sources.archiving.browser.program import memory_of as memory_in

MIB = 1024 * 1024
# The first that stands in a command line says what the process is: the browser's own are children of a worker.
KINDS = {"sources.archiving.reader": "reader", "--headless": "browser", "--type=": "browser", "celery": "worker"}


def memory_of(pid: int) -> Counter[str]:
    """MiB resident that each kind holds for itself alone; `worker` is the one that works, not its parent."""
    held: Counter[str] = Counter()
    for process in family_of(pid)[1:]:
        with suppress(OSError, IndexError):
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            kind = next((kind for word, kind in KINDS.items() if word in command), "other")
            held[kind] += memory_in(process) // MIB
    return held
