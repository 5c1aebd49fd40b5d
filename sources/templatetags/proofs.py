"""`{{ stamp|said }}`, `{{ copy|answered }}`: one sentence each. `{{ stamp|proof_sign }}` for the mark beside it."""

from django import template

from sources.wording.proofs import answered, said, sign

register = template.Library()
register.filter("said", said)
register.filter("answered", answered)
register.filter("proof_sign", sign)
