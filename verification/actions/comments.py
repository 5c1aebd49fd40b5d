"""Say something about a claim, and call on people."""

from django.db.models import QuerySet
from django.urls import reverse

from audit.acts import act, create_many
from newsroom import permits
from newsroom.models import Case, Notification, User
from verification.domain.mentions import mentioned
from verification.models import Claim, Comment, Mention


def comment(*, actor: User, claim_id: int, text: str) -> Comment:
    """Who is mentioned with @ and their name is told of it, where they may know of the case at all."""
    with act("claim.comment", actor=actor) as done:
        claim = Claim.objects.select_related("case").get(pk=claim_id)
        done.case = claim.case
        permits.require(actor, "claim.comment", claim)
        said = Comment(claim=claim, author=actor, text=text)
        said.full_clean()
        said.save()
        called = _called_on(said.text, claim.case)
        create_many([Mention(comment=said, person=person) for person in called])
        url = reverse("claim-detail", args=[claim.reference]) + f"#comment-{said.pk}"
        for person in called:
            if person != actor:
                Notification.objects.create(person=person, act=done.numbered(), case=claim.case, url=url)
    return said


def _called_on(text: str, case: Case) -> list[User]:
    if "@" not in text:
        return []
    readers = list(readers_of(case))
    names = mentioned(text, (reader.name for reader in readers))
    return [reader for reader in readers if reader.name in names]


def readers_of(case: Case) -> QuerySet[User]:
    """The people who may know of `case`."""
    people = User.objects.active()
    return people.filter(memberships__case=case) if case.restricted else people
