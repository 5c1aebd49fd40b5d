from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from audit.domain.canonical import EXACT, canonical, digest

SAID = [
    # Names in the order of their UTF-16 units, where the surrogates of an emoji come before U+FB33.
    ({"\ufb33": 1, "😀": 2, "a": 3}, '{"a":3,"😀":2,"\ufb33":1}'),
    # Arabic as it is written, control characters as short as they can be.
    ("شاهد\n\x01", '"شاهد\\n\\u0001"'),
    # The same moment in whatever zone it was said.
    (datetime(2024, 11, 28, 12, tzinfo=UTC), '"2024-11-28T12:00:00.000000Z"'),
    (datetime(2024, 11, 28, 15, tzinfo=timezone(timedelta(hours=3))), '"2024-11-28T12:00:00.000000Z"'),
    (date(2024, 11, 28), '"2024-11-28"'),
    # As many digits as were kept, never an exponent.
    (Decimal("1E+2"), '"100"'),
    (Decimal("1.50"), '"1.50"'),
    ([True, None, 1, ()], "[true,null,1,[]]"),
]


@pytest.mark.parametrize(("value", "expected"), SAID)
def test_a_value_has_one_form(value: Any, expected: str) -> None:
    assert canonical(value).decode() == expected


REFUSED = [
    (0.1, TypeError),
    (object(), TypeError),
    ({1: "one"}, TypeError),
    (EXACT + 1, ValueError),
    (datetime(2024, 11, 28), ValueError),
    ("\ud800", ValueError),
]


@pytest.mark.parametrize(("value", "error"), REFUSED)
def test_what_cannot_be_said_exactly_is_refused(value: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        canonical(value)


letters = st.text(st.characters(exclude_categories=["Cs"]))
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-EXACT, EXACT) | letters,
    lambda inner: st.lists(inner) | st.dictionaries(letters, inner),
)


@given(plain)
def test_it_is_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


def test_a_digest_carries_its_algorithm() -> None:
    assert digest(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
