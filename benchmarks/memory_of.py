"""Memory of a process and all that it started, told apart by what they are."""

from collections import Counter
from contextlib import suppress
from pathlib import Path

MIB = 1024 * 1024
# The first that stands in a command line says what the process is: the browser's own are children of a worker.
KINDS = {"sources.archiving.reader": "reader", "--headless": "browser", "--type=": "browser", "celery": "worker"}


def memory_of(pid: int) -> Counter[str]:
    """MiB resident that each kind holds for itself alone; `worker` is the one that works, not its parent."""
    held: Counter[str] = Counter()
    family = [pid]
    for each in family:
        with suppress(OSError, IndexError, ValueError):
            folder = Path(f"/proc/{each}")
            for task in (folder / "task").iterdir():
                family += map(int, (task / "children").read_text().split())
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            kind = next((kind for word, kind in KINDS.items() if word in command), "other")
            if each != pid:
                held[kind] += int((folder / "status").read_text().partition("RssAnon:")[2].split(None, 1)[0]) // 1024
    return held
