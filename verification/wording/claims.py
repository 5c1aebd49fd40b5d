"""A claim and what is quoted for it, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from verification.models import Claim, Evidence


@dataclass(frozen=True)
class Said:
    """A text and the language it is in."""

    text: str
    language: str


def said(claim: Claim) -> Said:
    """The statement in the active language where it was translated into it, or else as it was written."""
    reader = _primary(get_language() or "")
    if _primary(claim.language) == reader or reader not in claim.translations:
        return Said(claim.statement, claim.language)
    return Said(claim.translations[reader], reader)


def translation(claim: Claim) -> Said | None:
    """What stands beside the statement: the reader's language where it has that, or else the first there is."""
    return _beside(claim.language, claim.translations)


def quotation_translation(evidence: Evidence) -> Said | None:
    return _beside(evidence.quotation_language, evidence.quotation_translations)


def _beside(language: str, translations: Mapping[str, str]) -> Said | None:
    others = {tag: text for tag, text in translations.items() if _primary(tag) != _primary(language)}
    if not others:
        return None
    reader = _primary(get_language() or "")
    tag = reader if reader in others else min(others)
    return Said(others[tag], tag)


def _primary(tag: str) -> str:
    return tag.split("-")[0]
