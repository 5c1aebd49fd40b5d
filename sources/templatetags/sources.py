"""`{{ source|named|shown }}`: a name in the reader's language. `{{ state|capture_state }}`: the word of a state."""

from typing import Any

from django import template

from sources.models import CAPTURE_STATES
from sources.wording.names import name_of

register = template.Library()
register.filter("named", name_of)


@register.filter
def capture_state(state: str) -> Any:
    return dict(CAPTURE_STATES)[state]
