"""What django-simple-history brings to clean or invent history is refused."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command, get_commands
from pytest_django import Settings

from audit.models import Act
from audit.refused import COMMANDS
from newsroom.models import Case


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_is_refused(case: Case, name: str) -> None:
    rows = Case.history.count(), Act.objects.count()
    with pytest.raises(CommandError, match="neither deleted nor made up"):
        call_command(name)
    assert (Case.history.count(), Act.objects.count()) == rows


def test_every_command_of_the_library_is_known() -> None:
    """One that a new version brings is looked at before it comes in."""
    assert not [name for name, app in get_commands().items() if app == "simple_history"]


def test_the_order_that_makes_it_so_is_checked(settings: Settings) -> None:
    settings.INSTALLED_APPS = ["simple_history", *(app for app in settings.INSTALLED_APPS if app != "simple_history")]
    forget: Any = get_commands
    forget.cache_clear()
    try:
        assert "isnad.E008" in {found.id for found in run_checks()}
    finally:
        forget.cache_clear()
