"""Bundles as they are exported, altered, and checked by an outsider: with the one file and nothing of the product."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from audit.signing import signing_keys
from tests.settings import ROOT

VERIFIER = ROOT / "audit" / "standalone" / "isnad_verify.py"


def outside(
    bundle: Path, *kept: Path, key: str = "", authorities: Iterable[Path] = (), as_json: bool = True
) -> tuple[int, dict[str, Any]]:
    program = [sys.executable, "-I", str(VERIFIER), str(bundle), "--key", key or signing_keys()[0].verifier]
    program += ["--json"] if as_json else []
    program += [word for path in kept for word in ("--checkpoint", str(path))]
    program += [word for path in authorities for word in ("--authority", str(path))]
    done = subprocess.run(program, capture_output=True, text=True, check=False, cwd=bundle.parent, env={})
    if not as_json:
        return done.returncode, {"said": done.stdout, "error": done.stderr}
    return done.returncode, json.loads(done.stdout) if done.stdout else {"error": done.stderr}


def lines(bundle: Path, name: str) -> list[dict[str, Any]]:
    with zipfile.ZipFile(bundle) as file:
        return [json.loads(line) for line in file.read(name).splitlines()]


def altered(bundle: Path, name: str, change: Callable[[str], str]) -> Path:
    """The same bundle with one of its files rewritten."""
    path = bundle.with_suffix(f".{name}.zip")
    path.unlink(missing_ok=True)
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(path, "w") as new:
        for each in old.namelist():
            said = old.read(each).decode()
            new.writestr(each, change(said) if each == name else said)
    return path
