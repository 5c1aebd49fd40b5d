"""Which browser is there: the one that is named, one of the system, or one that Playwright installed."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Where Playwright puts what it downloads, newest last.
INSTALLED = ("chromium_headless_shell-*/*/*headless*shell", "chromium_headless_shell-*/*/headless_shell",
             "chromium-*/chrome-linux*/chrome")  # fmt: skip


def find(named: str = "") -> Path | None:
    """The program, or None where no browser is."""
    if named:
        found = shutil.which(named)
        return Path(found) if found else None
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    for pattern in INSTALLED:
        if candidates := sorted(path for path in folder.glob(pattern) if os.access(path, os.X_OK)):
            return candidates[-1]
    return None
