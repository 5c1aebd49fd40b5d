"""Starts the browser as a worker does, opens a page, names the process that holds it, and waits to be let go.

python -m tests.sources.archiving.kept_open PROGRAM on|off
"""

import sys
import time
from pathlib import Path

from sources.archiving.browser.program import Browser


def renderer_of(pid: int) -> int:
    """The one that runs pages, among all that the browser started."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        family = [pid]
        for each in family:
            for task in Path(f"/proc/{each}/task").glob("*/children"):
                family += map(int, task.read_text().split())
            if b"--type=renderer" in Path(f"/proc/{each}/cmdline").read_bytes():
                return each
        time.sleep(0.1)
    raise TimeoutError("no renderer came up")


def main(program: str, sandbox: str) -> None:
    browser = Browser(Path(program), pin="", sandbox=sandbox == "on", most_bytes=1 << 30)
    try:
        browser.pipe.ask("Target.createTarget", {"url": "about:blank"})
        sys.stdout.write(f"{renderer_of(browser.pid)}\n")
        sys.stdout.flush()
        sys.stdin.read()
    finally:
        browser.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
