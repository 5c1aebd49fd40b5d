"""The same text in other languages, beside the original and never instead of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from newsroom.domain import languages, text
from newsroom.wording.text import sentence


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
        kept = {self._tag(tag): self._text(tag, written) for tag, written in value.items() if not _is_blank(written)}
        return super().clean(kept, model_instance)

    def _tag(self, typed: str) -> str:
        tag = languages.language_tag(typed)
        if tag is None:
            raise ValidationError(
                _("“%(tag)s” is no language tag. Write one like ar, en or ku-Arab."), params={"tag": typed}
            )
        return tag

    def _text(self, tag: str, written: Any) -> str:
        if not isinstance(written, str):
            raise ValidationError(_("The translation “%(tag)s” is not a text."), params={"tag": tag})
        try:
            return text.prose(written, self.limit)
        except text.TextRefused as refused:
            raise ValidationError(f"{tag}: {sentence(refused)}", code=refused.reason.name.lower()) from refused


def _is_blank(written: Any) -> bool:
    return isinstance(written, str) and text.is_blank(written)
