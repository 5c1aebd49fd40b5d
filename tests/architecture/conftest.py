"""One world for all tests of a module that only ask: what a request writes is undone at once (`status`, `answer`)."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import transaction

from tests.cast import assemble
from tests.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with ExitStack() as around:
        around.enter_context(django_db_blocker.unblock())
        around.enter_context(transaction.atomic())
        yield build(assemble())
        transaction.set_rollback(True)
