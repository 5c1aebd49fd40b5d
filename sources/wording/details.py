"""What was so in the instance of one capture, beside the reason that it shares with others."""

import re
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sources.domain.captures import Reason
from sources.wording.exchanges import lost

_COUNTED = re.compile(r"(\d+) of (\d+)", re.ASCII)  # as captures of before November 2026 have it


def in_detail(capture: Any) -> str:
    """What its engine said of it, which is plain English but for the numbers that say how much is missing."""
    if capture.reason == Reason.RESOURCES_MISSING:
        return _how_much(capture)
    return str(capture.detail)


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
    return str(capture.detail)
