"""Readers are told of everything that the verifier holds against nothing: none of it may be added unsaid."""

import re
from pathlib import Path

from django.apps import apps

from audit.models import Act, Entry, Head, Shape
from audit.tracked import history_models, tracked_tables
from tests.architecture.source import read

HELD_BY_THE_LEDGER = {model._meta.db_table for model in (Act, Entry, Head, Shape)}


def test_everything_that_is_not_compared_is_told() -> None:
    text = read(Path("docs/methods/audit.md"))
    section = text.partition("### What is not compared\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"`(\w+)`", section))
    tracked = {table.live: table for table in tracked_tables()}
    histories = {model._meta.db_table for model in history_models()}
    missing = set()
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in histories or table in HELD_BY_THE_LEDGER:
            continue
        if table in tracked:
            missing |= {field.column for field in model._meta.concrete_fields} - {*tracked[table].columns}
        else:
            missing.add(table)
    assert len(missing) > 30
    assert missing - told == set()
