"""Text in sentences: names kept in their own direction, and what is said when the text policy refuses something."""

import unicodedata

from django.utils.translation import gettext as _

from newsroom.domain.text import LONGEST_RUN_OF_MARKS, Reason, TextRefused


def isolated(name: str) -> str:
    """A name for inside a sentence that is plain text: its direction is its own (U+2068, U+2069). Pages use `shown`."""
    return f"\u2068{name}\u2069"


def sentence(refused: TextRefused) -> str:
    """What is wrong, at which character, and what to do, in the active language."""
    values = {"position": refused.position, "character": _described(refused.detail), "length": refused.detail}
    match refused.reason:
        case Reason.EMPTY:
            return _("Nothing can be read here. Write something, or leave the field empty.")
        case Reason.TOO_LONG:
            values["limit"] = (refused.position or 1) - 1
            return _("This is %(length)s characters long. At most %(limit)s are allowed: shorten it.") % values
        case Reason.CONTROL:
            return _("Character %(position)s is a control character (%(character)s). Remove it.") % values
        case Reason.SURROGATE:
            return _("Character %(position)s is half a character (%(character)s). Type it again.") % values
        case Reason.DIRECTION:
            return (
                _(
                    "Character %(position)s is invisible and changes the direction of the text (%(character)s). "
                    "Names may not hold one: remove it."
                )
                % values
            )
        case Reason.INVISIBLE:
            return _("Character %(position)s is invisible (%(character)s). Names may not hold one: remove it.") % values
        case Reason.MARKS:
            values["limit"] = LONGEST_RUN_OF_MARKS
            return (
                _("From character %(position)s on, more than %(limit)s combining marks follow each other. Remove some.")
                % values
            )


def _described(detail: str) -> str:
    """The code point with its name where Unicode gives it one: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    if not detail.startswith("U+"):
        return detail
    return f"{detail} {unicodedata.name(chr(int(detail[2:], 16)), '')}".rstrip()
