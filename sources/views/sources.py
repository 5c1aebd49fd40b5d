"""Register a source, correct it, give it to the whole newsroom."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom import permits
from newsroom.attempts import attempt
from newsroom.loading import load, load_for
from newsroom.models import Case
from newsroom.requests import DeskRequest
from sources.actions import sources
from sources.forms.relations import ShareForm
from sources.forms.sources import EditSourceForm, NewSourceForm
from sources.models import Source
from sources.queries.picking import is_same, similar


@require_http_methods(["GET", "POST"])
def create(request: DeskRequest) -> HttpResponse:
    """`?case=` says where it belongs; asked for by htmx it is the form alone, for the dialog of a picker.

    What is on record already under that name or address is shown first, and has to be set aside.
    """
    slug = request.GET.get("case", "")
    case = load(Case.objects, request.user, slug=slug) if slug else None
    blank = Source(case=case)
    permits.require(request.user, "source.create", blank)
    given = {name: request.GET[name] for name in ("name", "url", "kind") if name in request.GET}
    ids = "new_%s" if request.htmx else "id_%s"  # the page below the dialog has ids of its own
    form = NewSourceForm(request.POST or None, initial=given, user=request.user, source=blank, auto_id=ids)
    typed = form.data if form.is_bound else request.GET
    alike = similar(request.user, case, typed.get("name", ""), typed.get("url", ""))
    context = {"form": form, "case": case, "alike": alike, "section": "sources"}
    if (request.htmx.target or "").endswith("_alike"):
        return render(request, "sources/source_create.html#alike", context)
    if form.is_valid():
        facts = form.facts
        if not facts.pop("another") and any(is_same(each, facts["name"], facts["url"]) for each in alike):
            form.add_error("another", _("It is on record already. Use that one, or say that it is another."))
        elif source := attempt(form, sources.create, actor=request.user, case_id=case.pk if case else None, **facts):
            if request.htmx:
                return render(request, "sources/source_create.html#made", {"source": source})
            messages.success(request, _("The source is on record."))
            return redirect("source-detail", source.reference)
    return render(request, f"sources/source_create.html{'#form' if request.htmx else ''}", context)


@require_http_methods(["GET", "POST"])
def edit(request: DeskRequest, ref: str) -> HttpResponse:
    found = Source.objects.by_reference(ref).select_related("case", "publisher")
    source = load_for("source.edit", found, request.user)
    values = {name: getattr(source, name) for name in EditSourceForm.base_fields}
    form = EditSourceForm(request.POST or None, initial=values, user=request.user, source=source)
    if form.is_valid() and attempt(form, sources.edit, actor=request.user, source_id=source.pk, **form.facts):
        messages.success(request, _("Saved."))
        return redirect("source-detail", source.reference)
    context = {"form": form, "source": source, "title": _("Edit the source"), "section": "sources"}
    return render(request, "sources/source_edit.html", context)


@require_http_methods(["GET", "POST"])
def share(request: DeskRequest, ref: str) -> HttpResponse:
    source = load_for("source.share", Source.objects.by_reference(ref).select_related("case"), request.user)
    form = ShareForm(request.POST or None, initial={"version": source.version})
    if form.is_valid() and attempt(form, sources.share, actor=request.user, source_id=source.pk, **form.cleaned_data):
        messages.success(request, _("The whole newsroom can use this source now."))
        return redirect("source-detail", source.reference)
    context = {"form": form, "source": source, "title": _("Share it with the newsroom"), "submit": _("Share it")}
    return render(request, "sources/source_share.html", {**context, "section": "sources"})
