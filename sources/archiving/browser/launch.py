"""Becomes the browser: puts the pipe where it looks for it, and asks the kernel to end it with its parent.

Run as a program with the two ends of the pipe, the parent's number and the browser's command. A program of its own,
because a fork of a process with threads may not run Python before it executes something else.
"""

import ctypes
import fcntl
import os
import resource
import signal
import sys


def main(to_browser: int, from_browser: int, parent: int, command: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:  # it died meanwhile
            return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Out of the way first: either may be the 3 or the 4 that is about to be replaced.
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (to_browser, from_browser)]
    os.close(to_browser)
    os.close(from_browser)
    for number, end in zip((3, 4), ends, strict=True):
        os.dup2(end, number)
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
