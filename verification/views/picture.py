"""The picture of a whole case, and pictures as files of their own."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from newsroom import permits
from newsroom.loading import load
from newsroom.models import Case
from newsroom.requests import DeskRequest
from verification.domain.picture import Picture
from verification.loading import load_claim
from verification.queries.case_lines import part_of
from verification.queries.corroboration import weigh
from verification.wording.picture import picture_of


@require_GET
def of_claim(request: DeskRequest, reference: str) -> HttpResponse:
    claim = load_claim(request.user, reference)
    return svg(picture_of([(claim, weigh(claim))]), f"{claim.reference}-{get_language()}.svg")


@require_GET
def of_case(request: DeskRequest, slug: str) -> HttpResponse:
    case = load(Case.objects.select_related("policy").prefetch_related("memberships"), request.user, slug=slug)
    part = part_of(case, request.GET.get("after", ""))
    context = {
        "section": "cases",
        "face": "picture",
        "case": case,
        "part": part,
        "picture": picture_of(part.weighed) if part.claims else None,
        "may_edit": permits.allows(request.user, "case.edit", case),
    }
    return render(request, "verification/case_picture.html", context)


@require_GET
def of_case_as_file(request: DeskRequest, slug: str) -> HttpResponse:
    case = load(Case.objects.all(), request.user, slug=slug)
    part = part_of(case, request.GET.get("after", ""))
    if not part.claims:
        raise Http404
    return svg(picture_of(part.weighed), f"{case.slug}-{get_language()}.svg")


def svg(picture: Picture, name: str) -> HttpResponse:
    """A file that needs nothing beside it; to be saved, since an SVG that is opened would be a page of ours."""
    written = render_to_string("verification/picture.svg", {"picture": picture})
    answer = HttpResponse(written, content_type="image/svg+xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
