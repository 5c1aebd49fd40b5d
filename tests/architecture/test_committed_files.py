"""A clone works wherever it lies and whatever mirror its machine uses."""

import json

import pytest

from tests.architecture.source import committed, read
from tests.settings import ROOT

# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = ["pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "registry." + "yarnpkg"]
MACHINES = ["/work" + "/main", "/root" + "/", "/home" + "/"]
TEXT = [
    "*.py",
    "*.txt",
    "*.in",
    "*.toml",
    "*.json",
    "*.md",
    "*.yml",
    "*.yaml",
    "*.html",
    "Makefile",
    "Dockerfile",
    ".ci/*",
]


@pytest.mark.parametrize("words", [REGISTRIES, MACHINES], ids=["registry", "machine"])
def test_no_address_of_a_registry_or_a_machine(words: list[str]) -> None:
    found = [f"{path}: {word}" for path in committed(*TEXT) for word in words if word in read(path)]
    assert not found


def test_the_front_end_lock_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert not [name for name, entry in packages.items() if name and "integrity" not in entry]


def test_the_front_end_lock_names_what_is_used_and_nothing_behind_it() -> None:
    """Typefaces and the ready-built players need no other package, so none is fetched: see docs/development.md."""
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert {name.removeprefix("node_modules/") for name in packages if name} == set(wanted)


@pytest.mark.parametrize("kind", ["", "-dev", "-tools", "-node"])
def test_the_locks_are_hashed(kind: str) -> None:
    lines = (ROOT / f"requirements{kind}.txt").read_text().splitlines()
    pins = [number for number, line in enumerate(lines) if "==" in line and not line.startswith((" ", "#"))]
    assert pins
    assert all("--hash=sha256:" in lines[number + 1] for number in pins)
