"""A source as it stood at a moment, alone or beside another one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from newsroom.loading import load
from newsroom.requests import DeskRequest
from newsroom.views.moments import beside, look
from sources.models import Source
from sources.queries.record import acts_on
from sources.queries.source_then import read_then


@require_GET
def as_it_stood(request: DeskRequest, ref: str) -> HttpResponse:
    user = request.user
    source = load(Source.objects.by_reference(ref).select_related("case"), user)
    acts = acts_on(source, user).all()
    looked = look(request, acts)
    context = {"section": "sources", "source": source, **looked.context}
    if looked.at is not None:
        then = read_then(source, looked.at, user)
        if then is None:
            looked.form.add_error("at", _("This source was not yet registered then."))
        else:
            other = read_then(source, looked.against, user) if looked.against is not None else None
            earlier, later = (then, other) if looked.span and looked.span[0] == looked.at else (other, then)
            context |= {"then": then, "nothing_to_compare": looked.against is not None and other is None}
            if earlier and later:
                history = reverse("source-history", args=[source.reference])
                context |= beside(looked, acts, user, history, about=source, shown=(earlier.rows, later.rows))
    return render(request, "sources/source_as_it_stood.html", context)
