"""`{{ source|named|shown }}`: a name in the reader's language. `{{ state|capture_state:engine }}`: a state in words."""

from django import template

from sources.models.kinds import state_word
from sources.wording.names import name_of

register = template.Library()
register.filter("named", name_of)
register.filter("capture_state", state_word)
