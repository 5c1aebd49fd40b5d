"""The model fields and form fields that hold people's text to the policy."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils.translation import override

from newsroom import formfields
from newsroom.models.fields import LanguageField, NameField, ProseField


def refusal(field: NameField | ProseField | LanguageField, typed: object) -> str:
    with override("en"), pytest.raises(ValidationError) as refused:
        field.clean(typed, None)
    return " ".join(refused.value.messages)


def test_a_name_is_normalised() -> None:
    assert NameField().clean("  Ame\u0301lie  B ", None) == "Am\u00e9lie B"


def test_prose_is_kept() -> None:
    assert ProseField(limit=50).clean(" a\r\nb \u202e", None) == " a\nb \u202e"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        # the number of the character, its code and its name
        (
            NameField(),
            "a\u202eb",
            "Character 2 is invisible and changes the direction of the text (U+202E RIGHT-TO-LEFT",
        ),
        (NameField(), "a\x00", "Character 2 is a control character (U+0000)"),
        (NameField(), "a\u200bb", "Character 2 is invisible (U+200B ZERO WIDTH SPACE)"),
        (ProseField(), "\ud800", "Character 1 is half a character (U+D800)"),
        (ProseField(), "b" + "\u064e" * 31, "From character 2 on, more than 30 combining marks follow each other"),
        # both the length and the limit, so that one knows how much to cut
        (NameField(max_length=5), "too long", "This is 8 characters long. At most 5 are allowed"),
        (ProseField(limit=5), "too long", "This is 8 characters long. At most 5 are allowed"),
        # what cannot be seen does not fill a field
        (NameField(), " \u200b ", "This field cannot be blank"),
        (ProseField(), "\n\n", "This field cannot be blank"),
        (LanguageField(), "Arabic", "“Arabic” is no language tag. Write one like ar, en or ku-Arab."),
    ],
)
def test_a_refusal_says_what_and_where(
    field: NameField | ProseField | LanguageField, typed: str, sentence: str
) -> None:
    assert sentence in refusal(field, typed)


def test_a_language_is_written_in_its_customary_case() -> None:
    assert LanguageField().clean("KU-arab", None) == "ku-Arab"


def test_a_migration_can_make_the_fields_again() -> None:
    for field in (NameField(max_length=80), ProseField(limit=70, blank=True), LanguageField()):
        _name, path, _args, options = field.deconstruct()
        assert path.startswith("newsroom.models.fields.")
        again = type(field)(**options)
        assert again.deconstruct()[1:] == field.deconstruct()[1:]


class Desk(forms.Form):
    name = formfields.NameField(limit=20)
    statement = formfields.ProseField(limit=100)
    note = formfields.ProseField(limit=100, required=False)
    language = formfields.LanguageField()


def test_a_form_cleans_to_the_stored_form() -> None:
    form = Desk({"name": " A  B ", "statement": "a\r\nb", "note": " \u200b", "language": "AR"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"name": "A B", "statement": "a\nb", "note": "", "language": "ar"}


def test_a_form_keeps_what_was_typed() -> None:
    form = Desk({"name": "a\u202eb", "statement": "x" * 200, "language": "Arabic"})
    assert set(form.errors) == {"name", "statement", "language"}
    page = form.as_p()
    assert 'value="a\u202eb"' in page
    assert "x" * 200 in page


def test_inputs_find_their_direction_and_cut_nothing() -> None:
    page = Desk().as_p()
    assert page.count('dir="auto"') == 3
    assert "maxlength" not in page


def test_a_model_field_brings_its_form_field() -> None:
    name, prose = NameField(max_length=20).formfield(), ProseField(limit=70).formfield()
    assert (type(name), name.limit) == (formfields.NameField, 20)
    assert (type(prose), prose.limit) == (formfields.ProseField, 70)
    assert type(LanguageField(blank=True).formfield()) is formfields.LanguageField


def test_an_unusual_language_stays_chosen() -> None:
    page = str(Desk(initial={"language": "so"})["language"])
    assert '<option value="so" selected>' in page


@pytest.mark.parametrize(("language", "name"), [("en", "Kurdish"), ("ar", "الكردية")])
def test_languages_are_named_in_the_readers_language(language: str, name: str) -> None:
    with override(language):
        assert name in str(Desk()["language"])


def shown(template: str, value: str) -> str:
    return Template("{% load text %}" + template).render(Context({"value": value}))


def test_shown_isolates_escapes_and_reveals() -> None:
    assert shown("{{ value|shown }}", "<b>\u202e") == (
        '<bdi>&lt;b&gt;<span class="hidden-character" dir="ltr" title="U+202E">RLO</span></bdi>'
    )
    assert shown("{{ value|shown_block }}", "می\u200cخواهم") == "می\u200cخواهم"
    assert shown("{{ value|shown }}", "") == "<bdi></bdi>"
