"""A claim as it stood at a moment: what its page showed then, to whoever may read it now.

    then = read_then(claim, moment, reader)      # None where it was not yet written

What is judged blind stays so: reviews are kept from who has yet to write their own, whatever the moment.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from audit.queries.between import Key
from audit.queries.then import stood
from audit.telling import Composition
from newsroom.models import User
from newsroom.queries.people import name_people
from sources.models import Capture, Excerpt, Source, SourceAssessment
from sources.queries.captures import name_uploads
from verification.models import Assignment, Claim, Evidence, Review, Stance, Verdict
from verification.queries.blindness import claims_blind_to
from verification.queries.claim_page import Standing
from verification.queries.evidence import Account
from verification.queries.ground import Stated
from verification.queries.ground_then import claim_then, stated_then, weigh_then
from verification.wording.shown import Shown, show
from verification.wording.standing import where_it_stands


@dataclass(frozen=True)
class ClaimThen:
    """`reviews` is empty and `blind` true for who has yet to write a review that is to be their own.

    `leans_on` are the numbers of all sources its evidence led to, withdrawn or not.
    """

    claim: Claim
    accounts: tuple[Account, ...]
    verdicts: tuple[Verdict, ...]
    reviews: tuple[Review, ...]
    assignments: tuple[Assignment, ...]
    blind: bool
    leans_on: frozenset[int]
    shown: Shown

    @property
    def sides(self) -> Iterator[Standing]:
        """Of each stance what stood then."""
        for stance in (Stance.SUPPORTS, Stance.CONTRADICTS, Stance.CONTEXT):
            accounts = (each for each in self.accounts if each.evidence.stance == stance)
            yield Standing(stance, tuple(each for each in accounts if each.evidence.withdrawn_at is None))

    @property
    def withdrawn(self) -> list[Account]:
        return [each for each in self.accounts if each.evidence.withdrawn_at is not None]

    @property
    def verdict(self) -> Verdict | None:
        """The one that stood."""
        return self.verdicts[0] if self.verdicts else None

    @property
    def where_it_stood(self) -> str:
        return where_it_stands(self.claim, self.verdict, self.assignments, has_evidence=bool(self.accounts))

    @cached_property
    def rows(self) -> list[Any]:
        """What hangs on it, to compare with another moment."""
        evidence = (account.evidence for account in self.accounts)
        return [self.claim, *evidence, *self.reviews, *self.verdicts, *self.assignments]

    @property
    def chains(self) -> dict[int, str]:
        """The sentence of each chain, by the number of its evidence."""
        return {account.evidence.pk: account.sentence.html for account in self.accounts}


def read_then(claim: Claim, moment: int, reader: User) -> ClaimThen | None:
    """The number of queries grows with the length of its chains and with nothing else."""
    then = claim_then(claim, moment)
    if then is None:
        return None
    then.case = claim.case
    verdicts = stood(Verdict, moment, "claim_id", [claim.pk])
    assignments = stood(Assignment, moment, "claim_id", [claim.pk])
    blind = claims_blind_to(reader).filter(claim=claim.pk).exists()
    reviews = [] if blind else stood(Review, moment, "claim_id", [claim.pk])
    stated = stated_then([claim.pk], moment)
    accounts = _accounts(then, stated, moment)
    name_people([then, *verdicts, *assignments, *reviews, *(account.evidence for account in accounts)])
    if then.claimant_id:
        then.claimant = next(iter(stood(Source, moment, "id", [then.claimant_id])), None)
    weighed = weigh_then([then], moment)[then.pk]
    cited = {source for each in stated for source in each.sources}
    return ClaimThen(
        claim=then,
        accounts=tuple(accounts),
        verdicts=tuple(reversed(verdicts)),
        reviews=tuple(reviews),
        assignments=tuple(assignments),
        blind=blind,
        leans_on=frozenset(cited | {source.pk for source in weighed.sources.values()}),
        shown=show(then, weighed),
    )


def chains_between(one: ClaimThen, other: ClaimThen) -> Mapping[Key, Composition]:
    """How each chain read at the two moments."""
    before, after = one.chains, other.chains
    return {
        (Evidence, pk): Composition(_("Chain"), before.get(pk, ""), after.get(pk, ""))  # type: ignore[arg-type]
        for pk in {**before, **after}
    }


def _accounts(claim: Claim, stated: Iterable[Stated], moment: int) -> list[Account]:
    stated = list(stated)
    ids = {source for each in stated for source in each.sources}
    sources = {source.pk: source for source in stood(Source, moment, "id", ids)}
    grades: dict[int, dict[str, SourceAssessment]] = {}
    for grade in stood(SourceAssessment, moment, "source_id", ids):
        grades.setdefault(grade.source_id, {})[grade.topic] = grade
    captures: dict[int, Capture] = {}
    carriers = {each.evidence.source_id for each in stated}
    known = set(Capture.objects.known_in(claim.case_id).filter(source__in=carriers).values_list("pk", flat=True))
    for capture in sorted(stood(Capture, moment, "source_id", carriers), key=lambda each: each.requested_at):
        if capture.pk in known:
            captures[capture.source_id or 0] = capture
    name_uploads(captures.values())
    assessments = {pk: tuple(of[topic] for topic in sorted(of)) for pk, of in grades.items()}
    # An excerpt is never changed, so as it stands is as it stood.
    named = {each.evidence.excerpt_id for each in stated} - {None}
    marked = Excerpt.objects.select_related("capture__upload", "capture__requested_by")
    marked = marked.defer("capture__redirects", "capture__exchanges")
    excerpts = marked.in_bulk(named)
    found = []
    for each in stated:
        each.evidence.excerpt = excerpts.get(each.evidence.excerpt_id or 0)
        each.evidence.claim, each.evidence.source = claim, sources[each.evidence.source_id]
        for hop in each.hops:
            hop.source = sources[hop.source_id]
        # Where `chain_of` and the pages look for them.
        each.evidence._prefetched_objects_cache = {"hops": each.hops}  # type: ignore[attr-defined]
        found.append(Account(each.evidence, tuple(sources[pk] for pk in each.sources), assessments, captures, {}))
    return found
