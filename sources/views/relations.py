"""What is asserted of a source, each on a page of its own that keeps what was typed; the source's page holds the same
forms in place."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom.attempts import attempt
from newsroom.loading import load_for
from newsroom.requests import DeskRequest
from sources.actions import assessments, relations
from sources.forms.relations import AffiliateForm, AssessForm, DeriveForm, RelayForm, StandingForm
from sources.models import Affiliation, Derivation, Source


@require_http_methods(["GET", "POST"])
def assess(request: DeskRequest, ref: str) -> HttpResponse:
    source = _source("source.assess", request, ref)
    form = AssessForm(request.POST or None)
    if form.is_valid() and attempt(
        form, assessments.assess, actor=request.user, source_id=source.pk, **form.cleaned_data
    ):
        return _done(request, source, _("Graded. Earlier grades stay on record."))
    return _page(request, source, form, _("Grade this source"), _("Grade it"))


@require_http_methods(["GET", "POST"])
def affiliate(request: DeskRequest, ref: str) -> HttpResponse:
    source = _source("source.relate", request, ref)
    form = AffiliateForm(request.POST or None, user=request.user, source=source, prefix="affiliate")
    if form.is_valid():
        facts = dict(form.cleaned_data)
        controller = facts.pop("controller")
        if attempt(
            form, relations.affiliate, actor=request.user, source_id=source.pk, controller_id=controller, **facts
        ):
            return _done(request, source, _("The affiliation is on record."))
    return _page(request, source, form, _("Who stands behind it"), _("Record it"))


@require_http_methods(["GET", "POST"])
def derive(request: DeskRequest, ref: str) -> HttpResponse:
    source = _source("source.relate", request, ref)
    form = DeriveForm(request.POST or None, user=request.user, source=source, prefix="derive")
    if form.is_valid():
        facts = dict(form.cleaned_data)
        upstream = facts.pop("upstream")
        if attempt(form, relations.derive, actor=request.user, downstream_id=source.pk, upstream_id=upstream, **facts):
            return _done(request, source, _("The derivation is on record."))
    return _page(request, source, form, _("What it was made from"), _("Record it"))


@require_http_methods(["GET", "POST"])
def relay(request: DeskRequest, pk: int) -> HttpResponse:
    derivation = _derivation(request, pk)
    given = {"verified": derivation.verified_relay, "version": derivation.version}
    form = RelayForm(request.POST or None, initial=given)
    if form.is_valid() and attempt(
        form, relations.mark_relay, actor=request.user, derivation_id=derivation.pk, **form.cleaned_data
    ):
        return _done(request, derivation.downstream, _("Saved."))
    return _page(
        request, derivation.downstream, form, _("Check it against the original"), _("Save"), derivation=derivation
    )


@require_http_methods(["GET", "POST"])
def derivation_standing(request: DeskRequest, pk: int) -> HttpResponse:
    derivation = _derivation(request, pk)
    form = StandingForm(request.POST or None, initial=_standing(derivation))
    if form.is_valid() and attempt(
        form, relations.set_derivation_standing, actor=request.user, derivation_id=derivation.pk, **form.cleaned_data
    ):
        return _done(request, derivation.downstream, _("Saved."))
    return _page(request, derivation.downstream, form, _("Dispute or withdraw"), _("Save"), derivation=derivation)


@require_http_methods(["GET", "POST"])
def affiliation_standing(request: DeskRequest, pk: int) -> HttpResponse:
    related = Affiliation.objects.select_related("source__case", "controller__case")
    affiliation = load_for("source.relate", related, request.user, pk=pk)
    form = StandingForm(request.POST or None, initial=_standing(affiliation))
    if form.is_valid() and attempt(
        form, relations.set_affiliation_standing, actor=request.user, affiliation_id=pk, **form.cleaned_data
    ):
        return _done(request, affiliation.source, _("Saved."))
    return _page(request, affiliation.source, form, _("Dispute or withdraw"), _("Save"), affiliation=affiliation)


def _source(act: str, request: DeskRequest, ref: str) -> Source:
    return load_for(act, Source.objects.by_reference(ref).select_related("case"), request.user)


def _derivation(request: DeskRequest, pk: int) -> Derivation:
    related = Derivation.objects.select_related("downstream__case", "upstream__case")
    return load_for("source.relate", related, request.user, pk=pk)


def _standing(relation: Affiliation | Derivation) -> dict[str, Any]:
    return {"standing": relation.standing, "version": relation.version}


def _done(request: DeskRequest, source: Source, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("source-detail", source.reference)


def _page(
    request: DeskRequest, source: Source, form: forms.Form, title: str, submit: str, **about: Any
) -> HttpResponse:
    context = {"source": source, "form": form, "title": title, "submit": submit, "section": "sources", **about}
    return render(request, "sources/source_act.html", context)
