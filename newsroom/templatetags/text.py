"""Filters for text that people and sources wrote: escaped, kept apart, and with nothing hidden in it.

Where a text stands in a line: ``{{ source.name|shown }}``. Where it fills a block and sets the block's direction:
``<p dir="auto">{{ claim.statement|shown_block }}</p>``; a browser does not look into a ``<bdi>`` to find it.
"""

from html import escape

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from newsroom.domain.text import Piece, code_point, visible_controls

register = template.Library()


@register.filter
def shown(value: object) -> SafeString:
    """The text for inside a line: isolated from its neighbours, each direction control replaced by a visible mark."""
    return format_html("<bdi>{}</bdi>", shown_block(value))


@register.filter
def shown_block(value: object) -> SafeString:
    """The text for a block that has ``dir="auto"``: each direction control replaced by a visible mark."""
    pieces = visible_controls(str(value or ""))
    if not any(piece.mark for piece in pieces):
        # Nearly always, and a page of history shows a thousand texts: `format_html` looks at each one several times.
        return SafeString("".join(escape(piece.text) for piece in pieces))
    return format_html_join("", "{}", ((_printed(piece),) for piece in pieces))


def _printed(piece: Piece) -> str | SafeString:
    if not piece.mark:
        return piece.text
    return format_html(
        '<span class="hidden-character" dir="ltr" title="{}">{}</span>', code_point(piece.text), piece.mark
    )
