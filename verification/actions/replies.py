"""Ask somebody to respond before a claim is published, and note what came back."""

from datetime import datetime

from audit.acts import act
from newsroom import permits, versions
from newsroom.models import User
from verification.models import Claim, ReplyRequest


def ask(*, actor: User, claim_id: int, addressee: str, means: str, due_at: datetime | None = None) -> ReplyRequest:
    with act("reply.ask", actor=actor) as done:
        claim = Claim.objects.select_related("case").get(pk=claim_id)
        permits.require(actor, "reply.ask", claim)
        done.case = claim.case
        request = ReplyRequest(claim=claim, addressee=addressee, means=means, due_at=due_at, asked_by=actor)
        request.full_clean()
        request.save()
    return request


def note_outcome(*, actor: User, request_id: int, version: int, outcome: str) -> ReplyRequest:
    with act("reply.note", actor=actor) as done:
        request = ReplyRequest.objects.select_for_update(of=("self",)).select_related("claim__case").get(pk=request_id)
        permits.require(actor, "reply.ask", request)
        versions.check(request, version)
        done.case = request.case
        request.outcome = outcome
        request.version += 1
        request.full_clean()
        request.save()
    return request
