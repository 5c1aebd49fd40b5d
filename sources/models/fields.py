"""Model fields of this room that hold the database to its policies, whichever way a value comes in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from sources import formfields
from sources.domain import dates, urls
from sources.domain.captures import UnableToFetch
from sources.formfields import clean_date
from sources.wording.captures import refusal_sentence


class SourceUrlField(models.TextField):
    """A public http(s) address, kept as typed; `sources.domain.urls` says what is refused and why."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        typed = str(value or "").strip()
        if typed:
            try:
                urls.parse(typed)
            except UnableToFetch as refused:
                raise ValidationError(refusal_sentence(refused), code=refused.reason.lower()) from refused
        return super().clean(typed, model_instance)


class DetailField(models.TextField):
    """What an engine or another archive said, as `sources.domain.details` stores it: words only where it is shown."""

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.TextField", args, options


class EdtfField(models.CharField):
    """A date, a time or an interval in EDTF (ISO 8601-2): `2024-11-28`, `2024-11-27/2024-11-30`, `2024-12~`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": dates.LONGEST, **options})

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return super().clean(clean_date(value), model_instance)

    def formfield(self, **options: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": formfields.EdtfField, **options})
