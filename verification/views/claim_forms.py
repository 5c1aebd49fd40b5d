"""Write a claim and edit it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom.attempts import attempt
from newsroom.domain import text
from newsroom.domain.languages import language_tag
from newsroom.loading import load_for
from newsroom.models import Case
from newsroom.requests import DeskRequest
from sources.formfields import clean_date
from verification.actions import claims
from verification.forms.claim import ClaimForm, EditClaimForm
from verification.loading import load_claim_for
from verification.models import Claim
from verification.passages import Passage, passage_in
from verification.queries.similar import similar

FORM = "verification/claim_form.html"
HINTS = {"similar", "when"}


@require_http_methods(["GET", "POST"])
def create(request: DeskRequest, slug: str) -> HttpResponse:
    """Claims much like the one being written are shown while it is typed, and at the latest before it is saved.

    One that is written from a passage leads back to it, to make the passage its first evidence.
    """
    case = load_for("claim.create", Case.objects.prefetch_related("memberships"), request.user, slug=slug)
    if (hint := _hint(request, case)) is not None:
        return hint
    passage = passage_in(request.POST or request.GET, request.user)
    form = ClaimForm(request.POST or None, user=request.user, case=case, initial=beginning(case, passage))
    alike: list[Claim] = []
    if form.is_valid():
        alike = similar(case, form.cleaned_data["statement"])
        if not alike or "similar_seen" in request.POST:
            claim = attempt(form, claims.create, actor=request.user, case_id=case.pk, **form.values())
            if claim is not None:
                messages.success(request, _("The claim is written. Next comes evidence."))
                return redirect(_to_the_passage(passage, claim) if passage else claim_page(claim))
    context = {"case": case, "form": form, "similar": alike, "stopped": bool(alike), "passage": passage}
    context["action"] = request.path
    return render(request, FORM, {"section": "cases", **context, **_echo(form)})


@require_http_methods(["GET", "POST"])
def edit(request: DeskRequest, reference: str) -> HttpResponse:
    claim = load_claim_for("claim.edit", request.user, reference)
    if (hint := _hint(request, claim.case, claim)) is not None:
        return hint
    form = EditClaimForm(request.POST or None, user=request.user, claim=claim)
    if form.is_valid():
        edited = attempt(form, claims.edit, actor=request.user, claim_id=claim.pk, **form.values())
        if edited is not None:
            reopened = edited.state != claim.state
            message = _("Saved. The statement is another one, so the claim is open again.") if reopened else _("Saved.")
            messages.success(request, message)
            return redirect(claim_page(claim))
    context = {"section": "cases", "case": claim.case, "claim": claim, "form": form, "action": request.path}
    return render(request, FORM, {**context, **_echo(form)})


def beginning(case: Case, passage: Passage | None) -> dict[str, str]:
    """How the form of a new claim begins: with the words of the passage, where it is written from one."""
    if passage is None:
        return {"language": case.language}
    return {
        "statement": passage.selected.text[: text.NOTE],
        "language": language_tag(passage.capture.language) or case.language,
    }


def claim_page(claim: Claim) -> str:
    return reverse("claim-detail", args=[claim.reference])


def _to_the_passage(passage: Passage, claim: Claim) -> str:
    query = urlencode({**passage.carried, "claim": claim.reference})
    return f"{reverse('capture-read', args=[passage.capture.pk])}?{query}#making"


def _hint(request: DeskRequest, case: Case, claim: Claim | None = None) -> HttpResponse | None:
    """What htmx asks for while the form is filled in: the date in words, or the claims that say much the same."""
    wanted = request.headers.get("HX-Target", "")
    if request.method != "POST" or wanted not in HINTS:
        return None
    if wanted == "when":
        return render(request, f"{FORM}#when", _read_as(request.POST.get("happened", "")))
    alike = similar(case, request.POST.get("statement", "")[: text.NOTE])
    return render(request, f"{FORM}#similar", {"similar": [each for each in alike if each != claim]})


def _echo(form: ClaimForm) -> dict[str, str]:
    """What the date in the form reads as; what is wrong with it stands above its field already."""
    return {"happened": form["happened"].value() or ""} if not form["happened"].errors else {}


def _read_as(typed: str) -> dict[str, str]:
    try:
        return {"happened": clean_date(typed)}
    except ValidationError as refused:
        return {"refused": " ".join(refused.messages)}
