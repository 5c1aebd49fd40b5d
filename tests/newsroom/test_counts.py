"""What Django miscounts in Arabic is counted as Arabic counts, and fractions have a point."""

import pytest
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import override

from newsroom.wording import counts


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "بايت واحد"), (2, "بايتان"), (6, "6 بايتات"), (11, "11 بايتا"), (806, "806 بايتات"), (900, "900 بايت")],
)
def test_bytes_are_counted_as_arabic_counts(size: int, said: str) -> None:
    with override("ar"):
        assert counts.BYTES % {"size": size} == said
        assert filesizeformat(size).replace("\xa0", " ") == said


def test_the_shortest_password_is_counted_as_arabic_counts() -> None:
    with override("ar"):
        assert "12 حرفا" in MinimumLengthValidator(12).get_help_text()


def test_a_fraction_has_a_point() -> None:
    with override("ar"):
        assert filesizeformat(4198).startswith("4.1")
