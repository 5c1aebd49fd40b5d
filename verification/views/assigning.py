"""Give claims to people, see who carries how much, and answer what one was given."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from newsroom import permits
from newsroom.attempts import attempt
from newsroom.loading import load, load_for
from newsroom.models import User
from newsroom.requests import DeskRequest
from verification.actions import assignments
from verification.actions.comments import readers_of
from verification.forms.work import AssignForm
from verification.models import Assignment, Claim, Duty
from verification.queries.work import load_per_person, waiting_in_view

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def assign(request: DeskRequest, reference: str) -> HttpResponse:
    claims = Claim.objects.by_reference(reference).select_related("case__policy")
    claim = load_for("claim.assign", claims, request.user)
    people = readers_of(claim.case)
    form = AssignForm(request.POST or None, people=people)
    if form.is_valid():
        values = {"person_id": form.cleaned_data["person"].pk, **form.cleaned_data}
        del values["person"]
        if attempt(form, assignments.assign, actor=request.user, claim_id=claim.pk, **values):
            messages.success(request, _("%(name)s has it now.") % {"name": form.cleaned_data["person"].name})
            return redirect("claim-detail", claim.reference)
    context = {"form": form, "claim": claim, "barred": _barred(claim, people), "section": "cases"}
    return render(request, "verification/assign.html", context)


def _barred(claim: Claim, people: Iterable[User]) -> list[dict[str, str]]:
    """Who cannot be asked to review, and why: said before anybody tries."""
    reasons = [(person, assignments.why_not(person, claim, Duty.REVIEW)) for person in people]
    return [{"name": person.name, "why": why} for person, why in reasons if why]


@require_GET
def listing(request: DeskRequest) -> HttpResponse:
    """Load per person, and everything that is out, soonest due first."""
    waiting = waiting_in_view(request.user)
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    may_cancel = {each.pk for each in page if permits.allows(request.user, "assignment.cancel", each)}
    context = {"page": page, "may_cancel": may_cancel, "load": load_per_person(request.user), "section": "desk"}
    return render(request, "verification/assignment_list.html", context)


def _assignment(request: DeskRequest, pk: int) -> Assignment:
    return load(Assignment.objects.select_related("claim__case"), request.user, pk=pk)


@require_POST
def accept(request: DeskRequest, pk: int) -> HttpResponse:
    assignment = _assignment(request, pk)
    assignments.accept(actor=request.user, assignment_id=assignment.pk)
    messages.success(request, _("It is yours."))
    return redirect("claim-detail", assignment.claim.reference)


@require_POST
def finish(request: DeskRequest, pk: int) -> HttpResponse:
    assignment = _assignment(request, pk)
    assignments.finish_check(actor=request.user, assignment_id=assignment.pk)
    messages.success(request, _("Checked."))
    return redirect("desk")


@require_http_methods(["GET", "POST"])
def decline(request: DeskRequest, pk: int) -> HttpResponse:
    return _with_a_reason(request, pk, "decline")


@require_http_methods(["GET", "POST"])
def cancel(request: DeskRequest, pk: int) -> HttpResponse:
    return _with_a_reason(request, pk, "cancel")


def _with_a_reason(request: DeskRequest, pk: int, verb: str) -> HttpResponse:
    assignment = _assignment(request, pk)
    act, name = (
        (assignments.decline, "assignment.answer") if verb == "decline" else (assignments.cancel, "assignment.cancel")
    )
    load_for(name, Assignment.objects.select_related("claim__case"), request.user, pk=pk)
    typed, error = request.POST.get("reason", ""), ""
    if request.method == "POST":
        try:
            act(actor=request.user, assignment_id=assignment.pk, reason=typed)
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            messages.success(request, _("Done."))
            return redirect("desk")
    context = {"assignment": assignment, "verb": verb, "typed": typed, "error": error, "section": "desk"}
    return render(request, "verification/assignment_reason.html", context)
