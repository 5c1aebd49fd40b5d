"""What has history is withdrawn or superseded; it is never deleted, and never changed past its history."""

import ast
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group

from tests.architecture.source import modules, read

# Queue state and what a person chose to forget may go; each entry says which.
MAY_DELETE = {
    "newsroom/actions/cases.py": "a membership that ends; the rows of its history stay",
    "verification/actions/chain.py": "a hop taken out of a chain that was corrected; the rows of its history stay",
    "newsroom/actions/closing.py": "addresses, second factors and sign-ins of a closed account: no part of the record",
    "sources/actions/looks.py": "a queue: a look that was written down is no longer due",
    "verification/passage_alerts.py": "a queue: a look that was weighed is no longer due",
    "verification/recount.py": "a queue: what was counted again is no longer due",
}


def test_nothing_is_deleted() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path in modules()
        if str(path) not in MAY_DELETE
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "delete"
    ]
    assert not found, "withdraw it with a reason, or add the file to MAY_DELETE with yours"


def many_to_many(about: set[Any]) -> list[str]:
    """Tables that Django makes by itself, with a foreign key to one of these models."""
    return [
        made._meta.label
        for made in apps.get_models(include_auto_created=True)
        if made._meta.auto_created and any(each.related_model in about for each in made._meta.fields)
    ]


def test_no_many_to_many_of_what_has_history() -> None:
    """Django writes its rows without a signal, so none of them would leave a row of history."""
    assert many_to_many({Group}), "there is one that is found"
    tracked = {model for model in apps.get_models() if hasattr(model, "history")}
    assert not many_to_many(tracked), "write a tracked model of its own, as verification.Mention is"
