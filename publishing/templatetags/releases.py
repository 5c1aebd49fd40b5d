"""`{% load releases %}`: a release in the reader's language."""

from django import template

from publishing.wording import releases

register = template.Library()
register.filter("release_name", releases.release_name)
register.filter("name_in_full", releases.name_in_full)
register.filter("claim_of", releases.claim_of)
register.filter("ruled", releases.ruled)
register.filter("counted", releases.counted)
