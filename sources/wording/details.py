"""What was so in the instance of one capture, beside the reason that it shares with others."""

import re
from typing import Any

from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from newsroom.templatetags.text import shown
from sources.domain import details
from sources.domain.captures import Reason
from sources.wording.exchanges import lost

_COUNTED = re.compile(r"(\d+) of (\d+)", re.ASCII)  # as captures of before the end of November 2026 have it


def in_detail(capture: Any) -> SafeString:
    """What its engine said of it, for a page. Empty where there is nothing to say beside the reason."""
    if capture.reason == Reason.RESOURCES_MISSING:
        return shown(_how_much(capture)) if capture.missing or capture.detail else SafeString("")
    return in_words(capture.detail)


def in_words(kept: str) -> SafeString:
    """A stored detail for a page, each of its values isolated. What other programs said stands as they said it."""
    if (said := details.read(kept)) is None:
        return shown(kept) if kept else SafeString("")
    values = {name: shown(_number(value)) for name, value in said.values.items()}
    return SafeString(escape(_(details.SENTENCES[said.code])) % values)


def in_plain_words(kept: str) -> str:
    if (said := details.read(kept)) is None:
        return kept
    return _(details.SENTENCES[said.code]) % {name: _number(value) for name, value in said.values.items()}


def _number(value: str | int) -> str:
    return number_format(value, force_grouping=True) if isinstance(value, int) else value


def _how_much(capture: Any) -> str:
    """Out of the lists themselves, so that it is the same in every place; out of the words where these are missing."""
    if capture.missing:
        count = lost(capture)
        numbers = {"gone": count.gone, "refused": count.refused, "asked": count.asked}
        said = {name: number_format(number) for name, number in numbers.items()}
        if not count.refused:
            return _("Of %(asked)s addresses it asked for, %(gone)s did not come.") % said
        if not count.gone:
            return _("Of %(asked)s addresses it asked for, %(refused)s answered with an error.") % said
        return (
            _("Of %(asked)s addresses it asked for, %(gone)s did not come and %(refused)s answered with an error.")
            % said
        )
    if counted := _COUNTED.fullmatch(capture.detail):
        lacking, number = (number_format(int(each)) for each in counted.groups())
        return _("%(lacking)s of %(number)s did not come") % {"lacking": lacking, "number": number}
    return in_plain_words(capture.detail)
