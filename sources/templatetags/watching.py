"""`{{ watch|rhythm }}`, `{{ watch|standing }}`, `{{ watch|latest_look }}`; `{% for said in sightings|story %}`."""

from django import template

from sources.models import Look, Sighting
from sources.wording.watching import Said, latest_look, not_read, rhythm, standing, story

register = template.Library()
register.filter("rhythm", rhythm)
register.filter("standing", standing)
register.filter("latest_look", latest_look)
register.filter("story", story)


@register.filter
def why_not_read(look: Look) -> str:
    return not_read(look.capture)


@register.filter
def latest_sighting(sighting: Sighting) -> Said:
    [said] = story([sighting])
    return said
