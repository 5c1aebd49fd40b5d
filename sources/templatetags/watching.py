"""`{{ watch|rhythm }}`, `{{ watch|standing }}`, `{{ watch|latest_look }}`; `{% for said in sightings|story %}`."""

from django import template

from sources.models import Sighting
from sources.wording.watching import Said, how_read, latest_look, rhythm, seen_as, standing, story

register = template.Library()
register.filter("rhythm", rhythm)
register.filter("standing", standing)
register.filter("latest_look", latest_look)
register.filter("story", story)
register.filter("how_read", how_read)
register.filter("seen_as", seen_as)


@register.filter
def latest_sighting(sighting: Sighting) -> Said:
    [said] = story([sighting])
    return said
