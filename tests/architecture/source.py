"""The committed files, as the architecture tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.settings import ROOT

ROOMS = ("newsroom", "audit", "sources", "verification", "publishing", "config")


def committed(*patterns: str) -> list[Path]:
    """Paths of the files git knows or would take, relative to the checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [Path(line) for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def modules() -> list[Path]:
    """Python files of the rooms, migrations left out."""
    return [path for path in committed("*.py") if path.parts[0] in ROOMS and "migrations" not in path.parts]


def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module a file imports, absolute, with its line."""
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = list(path.parts[: len(path.parts) - node.level]) if node.level else []
            module = ".".join([*package, *([node.module] if node.module else [])])
            yield from ((f"{module}.{alias.name}", node.lineno) for alias in node.names)
