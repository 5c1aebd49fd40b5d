"""What was done to a page while it was captured, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from sources.domain.captures import Handling

WORDS: dict[Handling, Any] = {
    Handling.NO_BROWSER: _("no browser was there or started, so it was asked for without one"),
    Handling.TAKEN_AS_FILE: _("it is no page, so it was kept as it came"),
    Handling.WAITED_QUIET: _("waited until nothing more was loading"),
    Handling.STOPPED_WAITING: _("stopped waiting while it was still loading"),
    Handling.FOLLOWED_SCRIPT: _("followed the page to another address"),
    Handling.SCROLLED: _("scrolled to its end and back"),
    Handling.SCROLLED_IN_PART: _("scrolled as far as is allowed and back"),
    Handling.DIALOG_DISMISSED: _("closed its dialogs without an answer"),
    Handling.WINDOW_CLOSED: _("closed windows that it opened"),
    Handling.DOWNLOAD_REFUSED: _("refused a download"),
    Handling.SCRIPT_STOPPED: _("stopped a script that did not end"),
    Handling.PICTURE_CUT: _("pictured from its top as far as is allowed"),
}


def in_words(codes: Iterable[str]) -> list[str]:
    return [str(WORDS[Handling(code)]) for code in codes]
