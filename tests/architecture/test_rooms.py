"""Six rooms, one direction; ideas need nothing but the standard library; models and migrations say the same."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.source import imports, modules
from tests.settings import ROOT


def test_the_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_ideas_need_only_the_standard_library_and_ideas() -> None:
    foreign = [
        f"{path}:{line} imports {name}"
        for path in modules()
        if "domain" in path.parts
        for name, line in imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not re.match(r"\w+\.domain\b", name)
    ]
    assert not foreign


@pytest.mark.django_db
def test_models_and_migrations_say_the_same() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
