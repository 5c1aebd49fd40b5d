"""The documents are held to the code."""

import re
from pathlib import Path

from tests.architecture.source import committed, read

SETTING = re.compile(r"""env\.(?:text|flag|number|words|choice)\(\s*"(\w+)\"""")


def test_every_command_of_the_documents_is_in_the_makefile() -> None:
    known = set(re.findall(r"^([a-z]+):", read(Path("Makefile")), flags=re.MULTILINE))
    named = {command for path in committed("*.md") for command in re.findall(r"`make ([a-z]+)", read(path))}
    assert {"run", "test"} <= named <= known


def test_every_setting_is_documented_and_no_other() -> None:
    read_by_code = {name for path in committed("config/*.py") for name in SETTING.findall(read(path))}
    table = re.findall(r"^\| `(\w+)`", read(Path("docs/deployment.md")), flags=re.MULTILINE)
    assert set(table) == read_by_code


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{path}: {target}"
        for path in committed("*.md")
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", read(path))
        if not (path.parent / target).exists()
    ]
    assert not broken
