"""Processor time of a process and all that it started."""

import os
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def seconds_of(pid: int) -> float:
    """Those that live and those that were waited for; what was killed and never waited for is lost to the count."""
    ticks, family = 0, [pid]
    for each in family:
        with suppress(OSError):
            for task in Path(f"/proc/{each}/task").iterdir():
                family += map(int, (task / "children").read_text().split())
            ticks += sum(map(int, Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return ticks / _TICKS
