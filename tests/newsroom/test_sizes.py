"""Sizes in Arabic: counted as Arabic counts, with the point and the comma where the desk's other numbers have them."""

import pytest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import override

from newsroom.wording import sizes


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "بايت واحد"), (2, "بايتان"), (6, "6 بايتات"), (11, "11 بايتا"), (806, "806 بايتات"), (900, "900 بايت")],
)
def test_bytes_are_counted_as_arabic_counts(size: int, said: str) -> None:
    with override("ar"):
        assert sizes.BYTES % {"size": size} == said
        assert filesizeformat(size).replace("\xa0", " ") == said


def test_a_fraction_has_a_point() -> None:
    with override("ar"):
        assert filesizeformat(4198).startswith("4.1")
