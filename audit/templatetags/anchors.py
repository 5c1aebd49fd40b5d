"""`{% for shown in checkpoint|anchors %}`, and `{{ checkpoint|holders }}` as part of a sentence."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from audit.models import Checkpoint
from audit.queries.anchors import anchors_of, holders_of

register = template.Library()
register.filter("anchors", anchors_of)


@register.filter
def holders(checkpoint: Checkpoint) -> SafeString:
    names = holders_of(checkpoint)
    return format_html_join(_(", "), '<bdi dir="ltr">{}</bdi>', ((name,) for name in names))
