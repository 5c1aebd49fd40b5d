"""Dates in words, refusals in sentences, and the fields that use them."""

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils.translation import override

from sources.formfields import EdtfField as EdtfFormField
from sources.models.fields import EdtfField
from sources.wording.dates import spoken


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-11-28", "28 November 2024"),
        ("2024-12", "December 2024"),
        ("2024", "2024"),
        ("2024-12~", "about December 2024"),
        ("2024-12?", "perhaps December 2024"),
        ("2024-12%", "perhaps about December 2024"),
        # an interval does not say twice what its end says anyway
        ("2024-11-27/2024-11-30", "27 to 30 November 2024"),
        ("2024-11-27/2024-12-08", "27 November to 8 December 2024"),
        ("2023-11-27/2024-11-30", "27 November 2023 to 30 November 2024"),
        # unless one end is doubtful
        ("2024-11-27~/2024-11-30", "about 27 November 2024 to 30 November 2024"),
        ("2011/2024-12-08", "2011 to 8 December 2024"),
        ("2024-11-27/..", "from 27 November 2024 on"),
        ("2024-11-27/", "from 27 November 2024, end unknown"),
        ("../2024-11", "until November 2024"),
        ("/2024-11", "until November 2024, beginning unknown"),
        ("201X", "between 2010 and 2019"),
        ("2024-XX", "some month of 2024"),
        ("2024-XX-XX", "some day of 2024"),
        ("2024-11-XX", "some day of November 2024"),
        ("2024-23", "autumn 2024"),
        ("2024-24", "winter 2024 to 2025"),
        ("2024-11-28T09:30Z", "28 November 2024, 09:30 UTC"),
        ("2024-11-28T09:30:00+03:00", "28 November 2024, 09:30:00 +03:00"),
        # what cannot be read is shown as it stands
        ("last week", "last week"),
    ],
)
def test_dates_in_english(edtf: str, words: str) -> None:
    with override("en"):
        assert spoken(edtf) == words


def test_dates_in_arabic_have_the_months_of_the_levant_and_european_digits() -> None:
    with override("ar"):
        assert spoken("2024-11-28") == "28 تشرين الثاني 2024"
        assert spoken("2024-12") == "كانون الأول 2024"


def test_the_filter() -> None:
    with override("en"):
        assert (
            Template("{% load dates %}{{ when|spoken }}").render(Context({"when": "2024-12~"})) == "about December 2024"
        )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2024-02-31", "“2024-02-31” does not exist: February 2024 has 29 days."),
        ("2024-13", "“2024-13” names a month that does not exist. Months run from 01 to 12."),
        ("2024-11-30/2024-11-27", "“2024-11-30/2024-11-27” ends before it begins."),
        ("28.11.2024", "“28.11.2024” cannot be read as a date. Write 2024-11-28"),
        ("2024-11-28T25:00", "“2024-11-28T25:00” names a time of day that does not exist."),
        ("../..", "“../..” has neither a beginning nor an end. Give at least one date."),
        ("2" * 61, "A date has at most 60 characters."),
    ],
)
def test_a_refusal_says_why(typed: str, sentence: str) -> None:
    with override("en"), pytest.raises(ValidationError) as by_model:
        EdtfField().clean(typed, None)
    with override("en"), pytest.raises(ValidationError) as by_form:
        EdtfFormField().clean(typed)
    assert sentence in by_model.value.messages[0]
    assert by_form.value.messages == by_model.value.messages


def test_the_fields_keep_the_canonical_text() -> None:
    assert EdtfField().clean(" ٢٠٢٤-١١ ", None) == "2024-11"
    assert EdtfField(blank=True).clean("", None) == ""
    assert type(EdtfField().formfield()) is EdtfFormField
