"""My desk: what waits for me, what was sent back, what waits for a verdict, and what moved since I last looked."""

from functools import partial

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from audit.queries import feed
from audit.queries.trail import Trail
from newsroom.models import Notification, User
from newsroom.requests import DeskRequest
from sources.queries.archive import needs_a_look
from verification.models import Alert
from verification.places import on_desks
from verification.queries import work
from verification.queries.blindness import withheld_from
from verification.queries.notices import in_words, notices_of
from verification.wording.alerts import tell

SHOWN = 30
BESIDE = 10
PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def desk(request: DeskRequest) -> HttpResponse:
    """POST says that everything that moved has been seen."""
    person = request.user
    if request.method == "POST":
        User.objects.filter(pk=person.pk).update(desk_seen_at=Now())
        Notification.objects.filter(person=person, read_at=None).update(read_at=Now())
        return redirect("desk")
    needs_another_look = (
        Alert.objects.open().visible_to(person).gravest_first().select_related("because_of", "claim__case")
    )
    moved = work.moved_since_last_look(person)
    context = {
        "waiting": work.waiting_for(person)[:SHOWN],
        "alerts": tell(needs_another_look[:SHOWN]),
        "alert_count": needs_another_look.count(),
        "sent_back": work.sent_back_to(person)[:SHOWN],
        "to_rule": work.awaiting_verdict_of(person)[:SHOWN],
        "archive": needs_a_look(person),
        "panels": on_desks.of(person, person),
        "told": in_words(_unread(person)[:BESIDE]),
        "moved": feed.latest(Trail(moved), BESIDE, withheld=partial(withheld_from, person)),
        "moved_count": moved.count(),
        "section": "desk",
    }
    return render(request, "verification/desk.html", context)


@require_GET
def notifications(request: DeskRequest) -> HttpResponse:
    page = Paginator(notices_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "told": in_words(list(page)), "section": "desk"}
    return render(request, "verification/notification_list.html", context)


def _unread(person: User) -> QuerySet[Notification]:
    return notices_of(person).filter(read_at=None)
