"""docs/methods/watching.md is held to the code."""

import re
from datetime import timedelta
from pathlib import Path

from sources import looking
from sources.domain import passages, rhythm
from sources.domain.watching import Sighted
from tests.settings import ROOT

TEXT = (Path(ROOT) / "docs" / "methods" / "watching.md").read_text()
WORDS = {"a week": 7 * 24, "two weeks": 14 * 24, "four weeks": 28 * 24, "a day": 24, "a year": 365 * 24}


def hours(words: str) -> int:
    if words in WORDS:
        return WORDS[words]
    number, unit = words.split()
    return int(number) * {"hours": 1, "days": 24}[unit]


def test_the_table_of_intervals() -> None:
    rows = re.findall(r"^\| (?:less than )?([\w ]+?) \| ([\w ]+?) \|$", TEXT.split("## How often")[1], re.M)
    told = [(timedelta(hours=hours(age)), timedelta(hours=hours(wait))) for age, wait in rows if age != "longer"]
    assert told == list(rhythm.STEPS)
    assert f"| longer | {'four weeks' if timedelta(weeks=4) == rhythm.SELDOMEST else ''} |" in TEXT


def test_the_numbers_in_its_sentences() -> None:
    assert f"at least {rhythm.LONG_LOOKS} looks in a row" in TEXT
    assert re.search(rf"at least\s+{rhythm.LONG.days} days", TEXT)
    assert f"at most {looking.PER_SWEEP} pages in all and {looking.PER_HOST} of one host" in TEXT
    assert re.search(rf"at least\s+{passages.SHORTEST_NEARLY}\s+letters", TEXT)


def test_every_state_is_there_and_no_other() -> None:
    assert set(re.findall(r"^\| `([A-Z]+)` \|", TEXT, re.M)) == {state.value for state in Sighted}
