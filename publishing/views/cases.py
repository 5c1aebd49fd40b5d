"""Publish a case, and what was published of it and of its claims."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from newsroom import permits
from newsroom.attempts import attempt
from newsroom.loading import load, load_for
from newsroom.models import Case
from newsroom.requests import DeskRequest
from publishing.actions import publishing
from publishing.forms.publish import PublishForm
from publishing.models import Publication
from publishing.queries import leaving, releases
from publishing.wording.releases import release_name

PER_PAGE = 20
CLAIMS = 50
CASES = Case.objects.select_related("policy").prefetch_related("memberships")


@require_http_methods(["GET", "POST"])
def publish(request: DeskRequest, slug: str) -> HttpResponse:
    case = load_for("case.publish", CASES.all(), request.user, slug=slug)
    found = leaving.of_case(case)
    form = PublishForm(request.POST or None, corrects=found.corrects)
    if form.is_valid() and (
        released := attempt(form, publishing.publish_case, actor=request.user, case_id=case.pk, **form.cleaned_data)
    ):
        messages.success(request, _("Published. It stays as it is; what changes later is a correction."))
        return redirect(released)
    context = {"section": "cases", "face": "releases", "case": case, "form": form, "leaving": found}
    context |= {"may_edit": permits.allows(request.user, "case.edit", case)}
    return render(request, "publishing/case_publish.html", context)


@require_GET
def listing(request: DeskRequest, slug: str) -> HttpResponse:
    case = load(CASES.all(), request.user, slug=slug)
    page = Paginator(releases.in_case(case), PER_PAGE).get_page(request.GET.get("page"))
    may = permits.allows(request.user, "case.publish", case)
    context = {
        "section": "cases",
        "face": "releases",
        "case": case,
        "page": page,
        "shown": releases.shown(page.object_list),
        "may_publish": may and leaving.releasable(case).exists(),
        "may_edit": permits.allows(request.user, "case.edit", case),
    }
    return render(request, "publishing/case_releases.html", context)


@require_GET
def release(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    case = load(CASES.all(), request.user, slug=slug)
    released: Publication = load(releases.of_case(case), request.user, number=number)
    page = Paginator(releases.held_by(released), CLAIMS).get_page(request.GET.get("page"))
    context = {
        "section": "cases",
        "face": "releases",
        "case": case,
        "release": released,
        "name": release_name(released),
        "shown": releases.shown([released])[0],
        "latest": releases.of_case(case).values_list("number", flat=True)[0],
        "page": page,
        "may_edit": permits.allows(request.user, "case.edit", case),
    }
    return render(request, "publishing/case_release.html", context)
