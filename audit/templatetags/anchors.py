"""`{% for shown in checkpoint|anchors:named %}`, and `{{ vouch|holders }}` as the end of a sentence."""

from collections.abc import Collection, Iterable

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.models import Checkpoint
from audit.models.anchor import HOLDS
from audit.queries.anchors import Shown, anchors_of
from audit.queries.vouched import Held, Proof, Vouch
from audit.wording.anchors import called

register = template.Library()


@register.filter
def anchors(checkpoint: Checkpoint, named: bool) -> list[Shown]:
    return anchors_of(checkpoint, named=named)


@register.filter
def how_many(places: Collection[Shown]) -> str:
    """In how many of the places it is held; where it is not yet, or was refused, is told apart."""
    held, number = sum(shown.state in HOLDS for shown in places), len(places)
    if held == number:
        return ngettext("%(number)d place", "%(number)d places", number) % {"number": number}
    return _("in %(held)d of %(number)d places") % {"held": held, "number": number}


@register.filter
def holders(vouch: Vouch | Proof) -> SafeString:
    """Who holds a checkpoint that covers it, with the moment of that checkpoint where it is not the first."""
    return _listed(_names(held, vouch) for held in vouch.anchored)


def _names(held: Held, vouch: Vouch | Proof) -> SafeString:
    names = _listed(dict.fromkeys(called(anchor.kind, anchor.who, named=False) for anchor in held.by))
    if held.checkpoint == vouch.checkpoint:
        return names
    later = _("with the checkpoint of %(at)s") % {
        "at": date_format(localtime(held.checkpoint.made_at), "DATETIME_FORMAT")
    }
    return format_html("{} ({})", names, later)


def _listed(names: Iterable[SafeString]) -> SafeString:
    return format_html_join(_(", "), "{}", ((name,) for name in names))
