"""Chromium's own sandbox holds the pages of whoever is no superuser, as a desk's workers are."""

import os
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from sources.archiving.browser import finding
from sources.archiving.browser.program import Browser, family_of

NOBODY = 65534
ROOM = 4 << 30
PATIENCE = 20.0
FILTERED = "2"  # Seccomp in proc_pid_status(5): every system call goes through a filter

AS_NOBODY = """#!/bin/sh
for word in "$@"; do
    case "$word" in --user-data-dir=*) chown -R {user}:{user} "${{word#--user-data-dir=}}" ;; esac
done
exec setpriv --reuid={user} --regid={user} --clear-groups {program} "$@"
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The browser, started by somebody ordinary whoever runs the tests."""
    found = finding.find()
    if found is None:
        pytest.skip("no Chromium on this machine")
    drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
    if shutil.which("unshare") is None or subprocess.run([*drop, "unshare", "--user", "true"], check=False).returncode:
        pytest.skip("this kernel gives nobody a user namespace, so no browser has a sandbox here")
    if not drop:
        return found
    wrapper = tmp_path / "browser"
    wrapper.write_text(AS_NOBODY.format(user=NOBODY, program=found))
    wrapper.chmod(0o755)
    return wrapper


@pytest.mark.parametrize("sandbox", [True, False])
def test_the_process_of_a_page_is_in_the_sandbox(program: Path, sandbox: bool) -> None:
    browser = Browser(program, pin="", sandbox=sandbox, most_bytes=ROOM)
    try:
        made = browser.pipe.ask("Target.createTarget", {"url": "data:text/html,<p>page"})
        session = browser.pipe.ask("Target.attachToTarget", {"targetId": made["targetId"], "flatten": True})
        # A process runs no script of a page before it is where it stays.
        browser.pipe.ask("Runtime.evaluate", {"expression": "1"}, session=session["sessionId"])
        page = _renderer_of(browser.pid)
        assert _said_of(page, "Seccomp") == ([FILTERED] if sandbox else ["0"])
        assert (len(_said_of(page, "NSpid")) > 1) is sandbox  # a number among all, another where it sees itself alone
    finally:
        browser.stop()


def _renderer_of(browser: int) -> Path:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for process in family_of(browser):
            with suppress(OSError):
                if b"--type=renderer" in (process / "cmdline").read_bytes():
                    return process
        time.sleep(0.05)
    raise AssertionError("no page came up")


def _said_of(process: Path, what: str) -> list[str]:
    return (process / "status").read_text().partition(f"\n{what}:")[2].partition("\n")[0].split()
