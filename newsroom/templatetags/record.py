"""What of the record is written out so often on a page that a template for it would take most of the page's time."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
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
    lang = format_html(' lang="{}"', language) if language else ""
    words = format_html_join("", "{}", ((_printed(piece),) for piece in pieces))
    return format_html('<p class="diff" dir="auto"{}>{}</p>', lang, words)


def _printed(piece: Piece) -> SafeString:
    if piece.change is Change.ADDED:
        return _marked("ins", _("added:"), piece)
    if piece.change is Change.REMOVED:
        return _marked("del", _("removed:"), piece)
    if piece.change is Change.FOLDED:
        number = piece.words
        folded = ngettext("… %(words)s word …", "… %(words)s words …", number) % {"words": number}
        return format_html(' <bdi class="folded">{}</bdi> ', folded)
    return shown_block(piece.text)


def _marked(tag: str, said: str, piece: Piece) -> SafeString:
    return format_html('<{0}><span class="visually-hidden">{1} </span>{2}</{0}>', tag, said, shown_block(piece.text))
