"""What the record tells of an alert that was opened: what was another than before."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from audit.telling import Composition
from verification.models import Alert
from verification.wording.alerts import when_opened


def alerts_told(wanted: Collection[tuple[int, Any]]) -> Mapping[tuple[int, Any], Composition]:
    """By act and number of the alert, for the acts that opened one. A fixed number of queries for all."""
    if not wanted:
        return {}
    numbers = {number for _act, number in wanted}
    opened = set(Alert.history.filter(id__in=numbers, history_type="+").values_list("act_id", "id")) & {*wanted}
    if not opened:
        return {}
    alerts = Alert.objects.select_related("claim").in_bulk({number for _act, number in opened})
    said = when_opened(alerts.values())
    return {
        (act, number): Composition(_("What changed"), SafeString(""), _joined(said[number]))
        for act, number in opened
        if said.get(number)
    }


def _joined(sentences: Collection[str]) -> SafeString:
    return format_html_join(" ", "{}", ((each,) for each in sentences))
