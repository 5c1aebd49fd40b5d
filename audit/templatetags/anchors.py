"""`{% for shown in checkpoint|anchors:named %}`, and `{{ vouch|holders }}` as the end of a sentence."""

from collections.abc import Iterator

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit.models import Checkpoint
from audit.queries.anchors import Shown, anchors_of
from audit.queries.vouched import Held, Proof, Vouch
from audit.wording.anchors import called

register = template.Library()


@register.filter
def anchors(checkpoint: Checkpoint, named: bool) -> list[Shown]:
    return anchors_of(checkpoint, named=named)


@register.filter
def holders(vouch: Vouch | Proof) -> SafeString:
    """Who holds a checkpoint that covers it, with the moment of that checkpoint where it is not the first."""
    return format_html_join(_(", "), "{}", ((each,) for held in vouch.anchored for each in _names(held, vouch)))


def _names(held: Held, vouch: Vouch | Proof) -> Iterator[SafeString]:
    names = list(dict.fromkeys(called(anchor.kind, anchor.who, named=False) for anchor in held.by))
    yield from names[:-1]
    if held.checkpoint == vouch.checkpoint:
        yield names[-1]
    else:
        later = _("with the checkpoint of %(at)s") % {
            "at": date_format(localtime(held.checkpoint.made_at), "DATETIME_FORMAT")
        }
        yield format_html("{} ({})", names[-1], later)
