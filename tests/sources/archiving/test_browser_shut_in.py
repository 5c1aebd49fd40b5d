"""The browser's own sandbox is on where the worker is an ordinary user: asked of the kernel, not of the command line.

Tests that run as root become `nobody` for it. Where ordinary users may make no namespaces the browser does not start
with its sandbox, and no capture is made in it; so the test fails there and says what to mend.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sources.archiving.browser import finding
from tests.settings import ROOT

NOBODY = 65534
BECOME = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
FILTERED = "2"  # `Seccomp:` of a process whose system calls pass a filter (proc_pid_status(5))


def interpreter() -> str:
    """Ours may lie in root's home, where nobody else may start it. What is started here needs the standard library."""
    again = (
        "import subprocess, sys; assert sys.version_info >= (3, 11); subprocess.run([sys.executable, '-V'], check=True)"
    )
    for program in (sys.executable, *(f"/usr/{folder}/python3" for folder in ("bin", "local/bin"))):
        if not subprocess.run([*BECOME, program, "-c", again], check=False, capture_output=True).returncode:
            return program
    pytest.fail("No Python 3.11 on this machine can be started by an ordinary user.")


@contextmanager
def renderer(sandbox: str) -> Iterator[Path]:
    """`/proc/...` of the process that runs a page."""
    program = finding.find()
    if program is None:
        pytest.fail("There is no Chromium on this machine: whether its sandbox is on was not found out.")
    with tempfile.TemporaryDirectory() as home:
        if BECOME:
            os.chown(home, NOBODY, NOBODY)
        with subprocess.Popen(
            [*BECOME, interpreter(), "-m", "tests.sources.archiving.kept_open", program, sandbox],
            cwd=ROOT,
            env={"TMPDIR": home, "HOME": home, "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as keeper:
            assert keeper.stdin is not None
            assert keeper.stdout is not None
            try:
                said = keeper.stdout.readline()
                assert said, "the browser did not start; see what it said above"
                yield Path("/proc") / said.strip()
            finally:
                keeper.stdin.close()
                keeper.wait(30)


def status(process: Path) -> dict[str, list[str]]:
    lines = (process / "status").read_text().splitlines()
    return {name: value.split() for name, _, value in (line.partition(":") for line in lines)}


@pytest.fixture
def namespaces() -> None:
    probe = subprocess.run([*BECOME, "unshare", "--user", "true"], check=False, capture_output=True, text=True)
    if probe.returncode:
        pytest.fail(
            f"Ordinary users may make no namespaces here ({probe.stderr.strip()}), so Chromium cannot shut pages in. "
            "See kernel.unprivileged_userns_clone, user.max_user_namespaces, AppArmor, the container's seccomp profile."
        )


@pytest.mark.usefixtures("namespaces")
def test_a_page_runs_shut_in() -> None:
    with renderer("on") as process:
        said = status(process)
        assert said["Seccomp"] == [FILTERED]
        assert len(said["NSpid"]) > 1  # a number among all processes, another where it sees itself alone
        if BECOME:  # an ordinary user may not ask this of a process that is shut in
            assert (process / "ns/user").readlink() != Path("/proc/self/ns/user").readlink()
            assert said["Uid"] == [str(NOBODY)] * 4


def test_it_would_be_seen_if_it_did_not() -> None:
    with renderer("off") as process:
        said = status(process)
        assert said["Seccomp"] == ["0"]
        assert len(said["NSpid"]) == 1
