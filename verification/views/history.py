"""The history of a claim, of evidence, of a case, of a person, and the whole record as far as one may know of it."""

from functools import partial

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from audit.queries.trail import Trail
from newsroom import permits
from newsroom.loading import load
from newsroom.models import Case, User
from newsroom.queries.record import acts_known_to, acts_of
from newsroom.requests import DeskRequest
from newsroom.views.record import Record, answer
from verification.models import Claim, Evidence
from verification.queries.blindness import withheld_from
from verification.queries.record import acts_in, acts_on, acts_on_evidence, acts_on_what

reading = require_http_methods(["GET", "POST"])


@reading
def of_claim(request: DeskRequest, reference: str) -> HttpResponseBase:
    user = request.user
    claim = load(Claim.objects.by_reference(reference).select_related("case"), user)
    record = Record(acts_on(claim, user), claim.reference, claim, claim.case, partial(withheld_from, user))
    context = {"claim": claim, "face": "history", "section": "cases"}
    return answer(request, "verification/claim_history.html", record, context)


@reading
def of_evidence(request: DeskRequest, reference: str) -> HttpResponseBase:
    user = request.user
    evidence = load(Evidence.objects.by_reference(reference).select_related("claim__case"), user)
    acts = acts_on_evidence(evidence, user)
    record = Record(acts, evidence.reference, evidence, evidence.case, partial(withheld_from, user))
    context = {"evidence": evidence, "claim": evidence.claim, "section": "cases"}
    return answer(request, "verification/evidence_history.html", record, context)


@reading
def of_case(request: DeskRequest, slug: str) -> HttpResponseBase:
    user = request.user
    case = load(Case.objects.prefetch_related("memberships"), user, slug=slug)
    find = partial(acts_on_what, user=user)
    record = Record(acts_in(case, user), case.slug, case=case, withheld=partial(withheld_from, user), find=find)
    context = {"case": case, "face": "history", "section": "cases"}
    context |= {"may_edit": permits.allows(user, "case.edit", case)}
    return answer(request, "verification/case_history.html", record, context)


@reading
def of_person(request: DeskRequest, user_id: int) -> HttpResponseBase:
    user = request.user
    person = User.objects.filter(pk=user_id).first()
    if person is None:
        raise Http404
    find = partial(acts_on_what, user=user)
    record = Record(acts_of(person, user), f"person-{person.pk}", withheld=partial(withheld_from, user), find=find)
    context = {"person": person, "section": "history"}
    return answer(request, "verification/person_history.html", record, context)


@reading
def whole_record(request: DeskRequest) -> HttpResponseBase:
    user = request.user
    find = partial(acts_on_what, user=user)
    record = Record(Trail(acts_known_to(user)), "record", withheld=partial(withheld_from, user), find=find)
    return answer(request, "verification/audit_list.html", record, {"section": "history"})
