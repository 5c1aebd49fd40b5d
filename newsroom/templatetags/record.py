"""What of the record is written out so often on a page that a template for it would take most of the page's time."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.domain.worddiff import Change, Piece
from newsroom.templatetags.text import shown_block

register = template.Library()


@register.simple_tag
def diff(pieces: Iterable[Piece], language: str = "") -> SafeString:
    """A word diff that reads well in both directions: each change has a sign, a line, a colour and a hidden word.

    ``{% diff field.pieces field.language %}``
    """
    # In a <bdi>, which the browser passes over when it looks for the direction of the paragraph.
    hidden = '<bdi class="visually-hidden">{} </bdi>'
    signs = {
        Change.ADDED: ("ins", format_html(hidden, _("added:"))),
        Change.REMOVED: ("del", format_html(hidden, _("removed:"))),
    }
    words = SafeString("").join(_printed(piece, signs) for piece in pieces)
    lang = format_html(' lang="{}"', language) if language else ""
    return format_html('<p class="diff" dir="auto"{}>{}</p>', lang, SafeString(words))


def _printed(piece: Piece, signs: Mapping[Change, tuple[str, SafeString]]) -> str:
    if piece.change is Change.FOLDED:
        number = piece.words
        folded = ngettext("… %(words)s word …", "… %(words)s words …", number) % {"words": number}
        return format_html(' <bdi class="folded">{}</bdi> ', folded)
    text = shown_block(piece.text)
    if piece.change is Change.KEPT:
        return text
    tag, sign = signs[piece.change]
    return f"<{tag}>{sign}{text}</{tag}>"
