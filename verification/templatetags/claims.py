"""`{% load claims %}`: a claim and its evidence in the reader's language."""

from typing import Any

from django import template

from sources.wording.names import name_of
from verification.queries.evidence import Account
from verification.wording import captures, claims

register = template.Library()
register.filter("name_of", name_of)
register.filter("said", claims.said)
register.filter("translation", claims.translation)
register.filter("quotation_translation", claims.quotation_translation)


@register.filter
def place_note(account: Account) -> Any:
    """Of the copy behind it: `.sign`, `.text`, `.href`; None where there is nothing to capture."""
    return captures.place_note(account.evidence, account.lookup, account.capture)
