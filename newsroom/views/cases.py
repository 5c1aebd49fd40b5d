"""Open a case, change it, and say who is in it. Its own page, with its claims, is the verification room's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from newsroom import permits
from newsroom.actions import cases
from newsroom.attempts import attempt
from newsroom.forms.cases import EditCaseForm, MemberForm, NewCaseForm, PolicyForm
from newsroom.loading import load_for
from newsroom.models import Case
from newsroom.requests import DeskRequest


@require_http_methods(["GET", "POST"])
def create(request: DeskRequest) -> HttpResponse:
    permits.require(request.user, "case.create")
    form = NewCaseForm(request.POST or None)
    if form.is_valid() and (case := attempt(form, cases.create, actor=request.user, **form.cleaned_data)):
        messages.success(request, _("The case is open."))
        return redirect("case-detail", case.slug)
    return render(request, "newsroom/case_create.html", {"form": form, "section": "cases"})


@require_http_methods(["GET", "POST"])
def edit(request: DeskRequest, slug: str) -> HttpResponse:
    case = load_for("case.edit", Case.objects, request.user, slug=slug)
    values = {name: getattr(case, name) for name in EditCaseForm.base_fields}
    form = EditCaseForm(request.POST or None, initial=values)
    if form.is_valid() and attempt(form, cases.edit, actor=request.user, case_id=case.pk, **form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect("case-edit", case.slug)
    return render(request, "newsroom/case_edit.html", {"form": form, "case": case, "section": "cases"})


@require_http_methods(["GET", "POST"])
def policy(request: DeskRequest, slug: str) -> HttpResponse:
    case = load_for("case.edit", Case.objects.select_related("policy"), request.user, slug=slug)
    form = PolicyForm(request.POST or None, instance=case.policy)
    if form.is_valid():
        asks = dict(form.cleaned_data)
        if attempt(form, cases.set_policy, actor=request.user, case_id=case.pk, preset=asks.pop("preset"), asks=asks):
            messages.success(request, _("Saved. Rulings already made stay as they are."))
            return redirect("case-policy", case.slug)
    return render(request, "newsroom/case_policy.html", {"form": form, "case": case, "section": "cases"})


@require_http_methods(["GET", "POST"])
def members(request: DeskRequest, slug: str) -> HttpResponse:
    case = load_for("case.members", Case.objects, request.user, slug=slug)
    form = MemberForm(request.POST or None)
    if form.is_valid():
        person, role = form.cleaned_data["person"], form.cleaned_data["role"]
        if attempt(form, cases.add_member, actor=request.user, case_id=case.pk, user_id=person.pk, role=role):
            messages.success(request, _("%(name)s is a member now.") % {"name": person.name})
            return redirect("case-members", case.slug)
    everybody = case.memberships.select_related("user")
    context = {"form": form, "case": case, "memberships": everybody, "section": "cases"}
    return render(request, "newsroom/case_members.html", context)


@require_POST
def remove_member(request: DeskRequest, slug: str, user_id: int) -> HttpResponse:
    case = load_for("case.members", Case.objects, request.user, slug=slug)
    membership = get_object_or_404(case.memberships, user_id=user_id)
    cases.remove_member(actor=request.user, case_id=case.pk, user_id=membership.user_id)
    messages.success(request, _("They are no member any more."))
    return redirect("case-members", case.slug)
