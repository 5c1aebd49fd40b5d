"""The same text in other languages, beside the original and never instead of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from newsroom.domain import text
from newsroom.typed import clean_language, clean_prose


class TranslationsField(models.JSONField):
    """`{"en": "…", "ar": "…"}`: language tags to texts, each held to the text policy. Blank texts are dropped."""

    def __init__(self, *args: Any, limit: int = text.NOTE, **options: Any) -> None:
        self.limit = limit
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "limit": self.limit}

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        if not isinstance(value, dict):
            raise ValidationError(_("Translations are written as language and text."))
        cleaned = {clean_language(tag): self._text(tag, written) for tag, written in value.items()}
        return super().clean({tag: kept for tag, kept in cleaned.items() if kept}, model_instance)

    def _text(self, tag: str, written: Any) -> str:
        if not isinstance(written, str):
            raise ValidationError(_("The translation “%(tag)s” is not a text."), params={"tag": tag})
        try:
            return clean_prose(written, self.limit)
        except ValidationError as refused:
            raise ValidationError(f"{tag}: {refused.messages[0]}", code=refused.code) from refused
