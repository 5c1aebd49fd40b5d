"""Who works here, and what each of us says about themselves."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from newsroom import permits
from newsroom.actions import closing, people
from newsroom.attempts import attempt
from newsroom.forms.people import CloseForm, NewPersonForm, PersonForm, ProfileForm
from newsroom.models import User
from newsroom.queries.people import told_of
from newsroom.requests import DeskRequest

PER_PAGE = 50


@require_GET
def listing(request: DeskRequest) -> HttpResponse:
    permits.require(request.user, "person.change")
    page = Paginator(User.objects.colleagues().order_by("name", "id"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "newsroom/person_list.html", {"page": page, "section": "people"})


@require_http_methods(["GET", "POST"])
def create(request: DeskRequest) -> HttpResponse:
    permits.require(request.user, "person.create")
    form = NewPersonForm(request.POST or None)
    if form.is_valid() and (person := attempt(form, people.create, actor=request.user, **form.cleaned_data)):
        messages.success(
            request, _("%(name)s can set a password now through “Forgot your password?”.") % {"name": person.name}
        )
        return redirect("person-list")
    return render(request, "newsroom/person_form.html", {"form": form, "section": "people"})


@require_http_methods(["GET", "POST"])
def edit(request: DeskRequest, user_id: int) -> HttpResponse:
    permits.require(request.user, "person.change")
    person = _open_account(user_id)
    values = {name: getattr(person, name) for name in PersonForm.base_fields}
    form = PersonForm(request.POST or None, initial=values)
    if form.is_valid() and attempt(form, people.change, actor=request.user, user_id=person.pk, **form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect("person-list")
    return render(request, "newsroom/person_form.html", {"form": form, "person": person, "section": "people"})


@require_http_methods(["GET", "POST"])
def close(request: DeskRequest, user_id: int) -> HttpResponse:
    permits.require(request.user, "person.close")
    person = _open_account(user_id)
    begun = {"pseudonym": _("Former colleague %(number)s") % {"number": person.pk}}
    form = CloseForm(request.POST or None, initial=begun)
    shown: dict[str, Any] = {"form": form, "person": person, "section": "people"}
    if form.is_valid():
        asked: dict[str, Any] = {"actor": request.user, "user_id": person.pk, **form.typed}
        if not form.is_seen:
            shown |= _what_will_be_shown(form, request.user, asked)
        elif attempt(form, closing.close, **asked):
            messages.success(request, _("The account is closed."))
            return redirect("person-list")
    return render(request, "newsroom/person_close.html", shown)


def _what_will_be_shown(form: CloseForm, reader: User, asked: dict[str, Any]) -> dict[str, Any]:
    """It cannot be undone, so it is looked at before."""
    foreseen = attempt(form, closing.foreseen, **asked)
    if foreseen is None:
        return {}
    form.show()
    return {"foreseen": foreseen, "told": told_of(foreseen, reader), "reason": asked["reason"]}


def _open_account(user_id: int) -> User:
    person = User.objects.filter(pk=user_id, closed_at=None).first()
    if person is None:
        raise Http404
    return person


@require_http_methods(["GET", "POST"])
def profile(request: DeskRequest) -> HttpResponse:
    user = request.user
    form = ProfileForm(request.POST or None, initial={"language": user.language})
    if form.is_valid() and attempt(form, people.set_language, actor=user, **form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect("profile")
    return render(request, "newsroom/profile.html", {"form": form})
