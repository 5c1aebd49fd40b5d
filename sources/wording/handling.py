"""What was done to a page while it was captured, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sources.domain.captures import Handling

WORDS: dict[Handling, Any] = {
    Handling.NO_BROWSER: _("no browser was there or started, so it was asked for without one"),
    Handling.TAKEN_AS_FILE: _("it is no page, so it was kept as it came"),
    Handling.WAITED_QUIET: _("waited until nothing more was loading"),
    Handling.STOPPED_WAITING: _("stopped waiting while it was still loading"),
    Handling.FOLLOWED_SCRIPT: _("followed the page to another address"),
    Handling.SCROLLED: _("scrolled to its end and back"),
    Handling.SCROLLED_IN_PART: _("scrolled part of the way and back"),
    Handling.BANNERS_LEFT: _("left banners that ask for consent as they are, if there were any"),
    Handling.BANNER_NOT_FOUND: _("looked for a banner that asks for consent, and found none"),
    Handling.BANNER_DECLINED: _("declined what a banner asked consent for"),
    Handling.BANNER_HIDDEN: _("took away a banner that asks for consent, without an answer"),
    Handling.BANNER_FAILED: _("could neither decline nor take away the banner that asks for consent"),
    Handling.BANNER_LED_AWAY: _("was led elsewhere by that, so opened the page again and left its banner"),
    Handling.FRAMES_CUT: _("took the text of its frames as far as is allowed"),
    Handling.DIALOG_DISMISSED: _("closed its dialogs without an answer"),
    Handling.WINDOW_CLOSED: _("closed windows that it opened"),
    Handling.DOWNLOAD_REFUSED: _("refused a download"),
    Handling.SCRIPT_STOPPED: _("stopped a script that did not end"),
    Handling.PICTURE_CUT: _("pictured from its top, and not to its end"),
}


# What is said of a banner says by which rule it was known.
BY_A_RULE = (Handling.BANNER_DECLINED, Handling.BANNER_HIDDEN, Handling.BANNER_FAILED)
BY_ITS_WORDS = "words"  # where it was known by no rule


def in_words(codes: Iterable[str], banner: str = "") -> list[str]:
    """`banner` is the name of that rule, or BY_ITS_WORDS, or nothing where it is not known."""
    return [_said(Handling(code), banner) for code in codes]


def _said(code: Handling, banner: str) -> str:
    if code not in BY_A_RULE or not banner:
        return str(WORDS[code])
    if banner == BY_ITS_WORDS:
        return gettext("%(done)s (known by its words)") % {"done": WORDS[code]}
    return gettext("%(done)s (known by the rule “%(rule)s”)") % {"done": WORDS[code], "rule": banner}
