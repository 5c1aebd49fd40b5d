"""A detail is a sentence in English that knows what it says, and comes out of a row as it went in."""

import re

import pytest

from sources.domain.details import SENTENCES, Detail, Said, Stored, read, stored

INSIDE = Detail(Said.HOST_INSIDE, host='a" %s.example', address="10.0.0.7")


def test_every_code_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Said)


def test_it_is_its_sentence() -> None:
    assert INSIDE == 'a" %s.example is 10.0.0.7, which is not a public address'


@pytest.mark.parametrize("code", list(Said))
def test_it_is_kept_as_code_and_values(code: Said) -> None:
    values = dict.fromkeys(re.findall(r"%\((\w+)\)s", SENTENCES[code]), 7)
    assert read(stored(Detail(code, **values))) == Stored(code, values)


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "No space left on device",  # of the operating system
        "4 of 8",  # of an engine before there were codes
        "inside.example is 10.0.0.7, which is not a public address",
        "404",
        '["said"]',
        '{"said": "NOTHING_KNOWN"}',
        '{"said": "HOST_INSIDE", "host": "no address beside it"}',
        '{"host": "no code"}',
    ],
)
def test_what_other_programs_said_stays_as_they_said_it(kept: str) -> None:
    assert stored(kept) == kept
    assert read(kept) is None
