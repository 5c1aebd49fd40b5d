"""The picture as a file of its own."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from newsroom.requests import DeskRequest
from verification.domain.picture import Picture
from verification.loading import load_claim
from verification.queries.corroboration import weigh
from verification.wording.picture import picture_of


@require_GET
def of_claim(request: DeskRequest, reference: str) -> HttpResponse:
    claim = load_claim(request.user, reference)
    return svg(picture_of([(claim, weigh(claim))]), f"{claim.reference}-{get_language()}.svg")


def svg(picture: Picture, name: str) -> HttpResponse:
    """A file that needs nothing beside it; to be saved, since an SVG that is opened would be a page of ours."""
    written = render_to_string("verification/picture.svg", {"picture": picture})
    answer = HttpResponse(written, content_type="image/svg+xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
