"""Model fields that hold the database to the text policy, whichever way a text comes in.

The policy is applied by ``full_clean()``, which every action calls, and by the form fields made from these.
"""

from typing import Any

from django.db import models

from newsroom import formfields
from newsroom.domain import languages, text
from newsroom.typed import clean_language, clean_name, clean_prose


class NameField(models.CharField):
    """A name on one line, stored in its normal form: NFC, trimmed, nothing in it that cannot be seen."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": text.NAME, **options})

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return super().clean(clean_name(value, self.max_length or text.NAME), model_instance)

    def formfield(self, **options: Any) -> Any:
        options = {"form_class": formfields.NameField, "limit": self.max_length, **options}
        return models.Field.formfield(self, **options)


class ProseField(models.TextField):
    """What somebody wrote or said, stored as typed, up to ``limit`` code points."""

    def __init__(self, *args: Any, limit: int = text.NOTE, **options: Any) -> None:
        self.limit = limit
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "limit": self.limit}

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return super().clean(clean_prose(value, self.limit), model_instance)

    def formfield(self, **options: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": formfields.ProseField, "limit": self.limit, **options})


class LanguageField(models.CharField):
    """The language of a text, as a BCP 47 tag: "ar", "en", "ku-Arab"."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": languages.LONGEST, **options})

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return super().clean(clean_language(value), model_instance)

    def formfield(self, **options: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": formfields.LanguageField, **options})
