"""The passages of a watched page; and to start, change and stop a watch, each with a reason."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from newsroom.attempts import attempt
from newsroom.loading import load, load_for
from newsroom.requests import DeskRequest
from sources.actions import watches
from sources.forms.watches import ChangeForm, StartForm, StopForm
from sources.models import Source, Watch
from sources.queries.watched import passages_of
from sources.views.archive import PER_PAGE, with_story


@require_GET
def passages(request: DeskRequest, pk: int) -> HttpResponse:
    watch = load(Watch.objects.select_related("source__case"), request.user, pk=pk)
    page = Paginator(passages_of(request.user, watch), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "source": watch.source,
        "watch": watch,
        "page": page,
        "told": with_story(list(page)),
        "section": "sources",
    }
    return render(request, "sources/watch_passages.html", context)


@require_http_methods(["GET", "POST"])
def start(request: DeskRequest, ref: str) -> HttpResponse:
    """`url` names another address of the source than its own."""
    source = load_for("watch.start", Source.objects.by_reference(ref).select_related("case"), request.user)
    form = StartForm(request.POST or None)
    url = (request.POST.get("url") or request.GET.get("url") or "")[:2_048]
    if form.is_valid() and attempt(
        form, watches.start, actor=request.user, source_id=source.pk, url=url, **form.cleaned_data
    ):
        return _done(request, source, _("The page is watched."))
    return _page(request, source, form, _("Watch this page"), _("Watch it"), url or source.url)


@require_http_methods(["GET", "POST"])
def change(request: DeskRequest, pk: int) -> HttpResponse:
    watch = _watch("watch.change", request, pk)
    form = ChangeForm(request.POST or None, initial={"every": watch.every, "version": watch.version})
    if form.is_valid() and attempt(form, watches.change, actor=request.user, watch_id=watch.pk, **form.cleaned_data):
        return _done(request, watch.source, _("Saved."))
    return _page(request, watch.source, form, _("How often it is looked at"), _("Save"), watch.url)


@require_http_methods(["GET", "POST"])
def stop(request: DeskRequest, pk: int) -> HttpResponse:
    watch = _watch("watch.stop", request, pk)
    form = StopForm(request.POST or None, initial={"version": watch.version})
    if form.is_valid() and attempt(form, watches.stop, actor=request.user, watch_id=watch.pk, **form.cleaned_data):
        return _done(request, watch.source, _("The page is not watched any more."))
    return _page(request, watch.source, form, _("Stop watching this page"), _("Stop watching"), watch.url)


def _watch(act: str, request: DeskRequest, pk: int) -> Watch:
    return load_for(act, Watch.objects.select_related("source__case"), request.user, pk=pk)


def _page(request: DeskRequest, source: Source, form: Any, title: str, submit: str, url: str) -> HttpResponse:
    context = {"source": source, "form": form, "title": title, "submit": submit, "url": url, "section": "sources"}
    return render(request, "sources/watch_act.html", context)


def _done(request: DeskRequest, source: Source, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect(f"{source.get_absolute_url()}#watches")
