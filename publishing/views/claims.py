"""Publish a claim, and what was published of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from newsroom import permits
from newsroom.attempts import attempt
from newsroom.loading import load
from newsroom.requests import DeskRequest
from publishing.actions import publishing
from publishing.forms.publish import PublishForm
from publishing.models import Publication
from publishing.queries import leaving, releases
from publishing.queries.leaving import RELEASABLE
from publishing.wording.releases import release_name, standing_since
from verification.domain.workflow import Event
from verification.loading import load_claim, load_claim_for
from verification.wording.shown import show
from verification.wording.workflow import refusal_of

PER_PAGE = 20


@require_http_methods(["GET", "POST"])
def publish(request: DeskRequest, reference: str) -> HttpResponse:
    """Also where it cannot be published as it stands: then the page says why, and what was typed is kept."""
    claim = load_claim_for("claim.publish", request.user, reference)
    verdict = leaving.standing_verdict(claim)
    found = leaving.of_claim(claim, verdict) if verdict else None
    form = PublishForm(request.POST or None, corrects=found is not None and found.corrects)
    if form.is_valid() and (
        released := attempt(form, publishing.publish_claim, actor=request.user, claim_id=claim.pk, **form.cleaned_data)
    ):
        messages.success(request, _("Published. It stays as it is; what changes later is a correction."))
        return redirect(released)
    context = {
        "section": "cases",
        "face": "releases",
        "claim": claim,
        "form": form,
        "leaving": found,
        "shown": show(claim, found.weighed) if found else None,
        "refusal": refusal_of(claim, Event.PUBLISHED),
        "alerts": claim.alerts.open().count(),
    }
    return render(request, "publishing/claim_publish.html", context)


@require_GET
def listing(request: DeskRequest, reference: str) -> HttpResponse:
    claim = load_claim(request.user, reference)
    page = Paginator(releases.of_claim(claim), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "cases",
        "face": "releases",
        "claim": claim,
        "page": page,
        "shown": releases.shown(page.object_list),
        "since": standing_since(claim),
        "may_publish": claim.state in RELEASABLE and permits.allows(request.user, "claim.publish", claim),
    }
    return render(request, "publishing/claim_releases.html", context)


@require_GET
def release(request: DeskRequest, reference: str, number: int) -> HttpResponse:
    claim = load_claim(request.user, reference)
    released: Publication = load(releases.of_claim(claim), request.user, number=number)
    latest = claim.publications.order_by("-number").values_list("number", flat=True)[0]
    context = {
        "section": "cases",
        "face": "releases",
        "claim": claim,
        "release": released,
        "name": release_name(released),
        "shown": releases.shown([released])[0],
        "latest": latest,
        "since": standing_since(claim) if released.number == latest else "",
        "holding": releases.holding(released)[:PER_PAGE],
    }
    return render(request, "publishing/claim_release.html", context)
