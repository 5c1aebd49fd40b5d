"""What happened that concerns a person, in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from audit.queries import feed
from audit.queries.subjects import touched
from newsroom.models import Case, Notification, User, visible_cases


@dataclass(frozen=True)
class Notice:
    """For `components/feed.html`."""

    at: datetime
    text: SafeString
    url: str
    detail: str


def notices_of(person: User) -> QuerySet[Notification]:
    """Latest first. A restricted case that somebody was taken off since does not exist for them any more."""
    told = Notification.objects.filter(Q(case=None) | visible_cases(person, "case__"), person=person)
    return told.select_related("act", "case").order_by("-id")


def in_words(notifications: Collection[Notification]) -> list[Notice]:
    acts = [notification.act for notification in notifications]
    entries = feed.told(acts, touched([act.pk for act in acts]))
    return [
        Notice(notification.created_at, entry.text, notification.url, _title(notification.case))
        for notification, entry in zip(notifications, entries, strict=True)
    ]


def _title(case: Case | None) -> str:
    return case.title if case else ""
