"""A source as it stood at a moment, alone or beside another one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit.queries.between import between
from newsroom.loading import load
from newsroom.requests import DeskRequest
from newsroom.views.moments import look
from sources.models import Source
from sources.queries.record import acts_on
from sources.queries.source_then import read_then


@require_GET
def as_it_stood(request: DeskRequest, ref: str) -> HttpResponse:
    user = request.user
    source = load(Source.objects.by_reference(ref).select_related("case"), user)
    looked = look(request, acts_on(source, user).all())
    context = {"section": "sources", "source": source, **looked.context}
    if looked.at is not None:
        then = read_then(source, looked.at, user)
        if then is None:
            looked.form.add_error("at", _("This source was not yet registered then."))
        else:
            other = read_then(source, looked.against, user) if looked.against is not None else None
            earlier, later = (then, other) if looked.span and looked.span[0] == looked.at else (other, then)
            changes = between(earlier.rows, later.rows, reader=user, composed={}) if earlier and later else None
            nothing = looked.against is not None and other is None
            context |= {"then": then, "changes": changes, "nothing_to_compare": nothing}
    return render(request, "sources/source_as_it_stood.html", context)
