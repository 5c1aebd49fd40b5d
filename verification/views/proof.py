"""The proof of one act: its entry in the ledger, the checkpoint that covers it, and how anybody checks the two."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from audit.models import Entry
from audit.queries import feed
from audit.queries.vouched import proof_of
from newsroom.queries.record import acts_known_to
from newsroom.requests import DeskRequest
from verification.queries.blindness import withheld_from


@require_GET
def proof(request: DeskRequest, index: int) -> HttpResponse:
    """The entry's own text is kept from who may not read the act yet, and where it names somebody who left."""
    acts = acts_known_to(request.user).select_related("case", "entry", "actor", "on_behalf_of")
    act = get_object_or_404(acts, entry__index=index)
    entry: Entry = act.entry
    withheld = bool(withheld_from(request.user, [act]))
    gone = act.actor is not None and act.actor.is_closed
    context = {
        "section": "history",
        "told": feed.in_words([act])[0],
        "entry": entry,
        "text": "" if withheld or gone else bytes(entry.content).decode(errors="replace"),
        "withheld": withheld,
        "gone": gone,
        "proof": proof_of(entry),
    }
    return render(request, "verification/proof.html", context)
