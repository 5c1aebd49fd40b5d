"""What the engine did to a page beside opening it, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sources.domain.captures import Handling

WORDS: dict[Handling, Any] = {
    Handling.NO_BROWSER: _("There was no browser, so it was asked for without one: scripts did not run."),
    Handling.TAKEN_AS_FILE: _("It is no page, so it was kept as it came."),
    Handling.WAITED_QUIET: _("It was waited for until nothing more was loaded."),
    Handling.STOPPED_WAITING: _("It never fell silent, so waiting was broken off."),
    Handling.FOLLOWED_SCRIPT: _("The page led on to another address by itself, and was followed."),
    Handling.SCROLLED: _("It was scrolled once to its end and back."),
    Handling.SCROLLED_IN_PART: _("It was scrolled, though not to its end."),
    Handling.DIALOG_DISMISSED: _("A dialogue it opened was closed."),
    Handling.WINDOW_CLOSED: _("A window it opened was closed."),
    Handling.DOWNLOAD_REFUSED: _("A download it started was refused."),
    Handling.SCRIPT_STOPPED: _("A script that did not end was stopped."),
    Handling.PICTURE_CUT: _("The page is higher than its picture."),
}


def handled(codes: list[str]) -> list[Any]:
    return [WORDS[Handling(code)] for code in codes]
