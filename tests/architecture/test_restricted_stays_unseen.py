"""What is written in a restricted case is read by its members alone, whichever door a stranger tries."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.actions import cases
from newsroom.models import Case
from sources import looking
from sources.actions import watches
from sources.models import Source, SourceKind
from tests.architecture.test_matrix import TABLE
from tests.cast import Cast, open_case
from tests.publishing import make as releases
from tests.sources import make as sources
from tests.verification import make
from verification.actions import comments, replies
from verification.actions.chain import Step
from verification.models import Duty

TOKEN = "zanzibar"


@pytest.fixture
def secret(cast: Cast) -> Case:
    """A restricted case with the token in whatever can be written there; Dana is no member of it."""
    case = cases.create(actor=cast.chadi, slug=TOKEN, title=f"The {TOKEN} file", language="en", restricted=True)
    for person in (cast.amal, cast.basim, cast.omar):
        cases.add_member(actor=cast.chadi, case_id=case.pk, user_id=person.pk, role=person.role)
    source = sources.source(cast, case, f"{TOKEN} daily", url=f"https://{TOKEN}.example/", language="en")
    owner = sources.source(cast, case, f"{TOKEN} holding", kind=SourceKind.ORGANISATION, language="en")
    sources.assessment(cast, source, topic=f"{TOKEN} affairs", reason=f"The {TOKEN} was right before.")
    sources.affiliation(cast, source, owner, basis=f"The masthead of the {TOKEN}.")
    sources.derivation(cast, source, owner, basis=f"The last line of the {TOKEN}.")
    capture = sources.capture(
        cast, source, f"text of the {TOKEN}", url=f"https://{TOKEN}.example/1", title=f"{TOKEN} page"
    )
    sources.excerpt(cast, case, capture, TOKEN)
    sources.upload(cast, source, file_name=f"{TOKEN}.png", origin=f"The {TOKEN} sent it.", why=f"The {TOKEN} is shut.")
    passage_that_turned(cast, case, source)
    claim = make.claim(
        cast, case, f"The {TOKEN} fell.", language="en", place=TOKEN, translations={"ar": f"سقطت {TOKEN}"}
    )
    told = Step(make.person(f"{TOKEN} commander"), "TOLD_BY")
    account = make.account(
        cast, claim, told, source=source.pk, quotation=f"A quotation of the {TOKEN}", basis="WITNESSED"
    )
    comments.comment(actor=cast.basim, claim_id=claim.pk, text=f"About the {TOKEN}, @Amal")
    asked = replies.ask(actor=cast.amal, claim_id=claim.pk, addressee=f"{TOKEN} command", means=f"{TOKEN} letter")
    replies.note_outcome(
        actor=cast.amal, request_id=asked.pk, version=asked.version, outcome=f"The {TOKEN} would not say."
    )
    make.review(make.assignment(cast, claim, cast.basim, Duty.REVIEW), rationale=f"The {TOKEN} is one line.")
    make.verdict(cast, claim, rationale=f"The {TOKEN} rests on one page.")
    released = {"address": f"https://{TOKEN}.example/out", "note": f"In the {TOKEN} briefing."}
    releases.released(cast, claim, **released)
    releases.released_case(cast, case, **released)
    make.withdrawn(cast, account, f"The {TOKEN} was another.")
    return case


def passage_that_turned(cast: Cast, case: Case, source: Source) -> None:
    """Marked in the page of the case and in one of the newsroom, both watched and both without it since."""
    shared = sources.source(cast, None, "A shared page", url="https://shared.example/", language="en")
    for page, url in ((source, source.url), (shared, shared.url)):
        marked = sources.capture(cast, page, f"The {TOKEN} was quoted here.", url=url)
        sources.excerpt(cast, case, marked, f"The {TOKEN} was quoted")
        watches.start(
            actor=cast.amal, source_id=page.pk, reason=f"The {TOKEN} is edited." if page is source else "Edited."
        )
        sources.capture(cast, page, "Another text altogether.", url=url)
    looking.write_what_is_due()


@pytest.fixture
def doors(cast: Cast, secret: Case) -> list[str]:
    """Every page that is the newsroom's as a whole, and the pages of an open case beside the secret one."""
    case = open_case(cast)
    source, claim = sources.source(cast, case), make.claim(cast, case)
    beside: dict[str, list[Any]] = {
        **{
            name: [case.slug]
            for name in (
                "case-detail",
                "case-sources",
                "case-history",
                "case-as-it-stood",
                "case-picture",
                "case-releases",
                "capture-list",
            )
        },
        **{
            name: [claim.reference]
            for name in ("claim-detail", "claim-history", "evidence-add", "claim-as-it-stood", "claim-releases")
        },
        **{
            name: [source.reference]
            for name in ("source-detail", "source-history", "source-as-it-stood", "source-derive", "source-assess")
        },
        "person-history": [cast.amal.pk],
    }
    wide = [name for name, row in TABLE.items() if row.get and not row.in_case and not row.path.__code__.co_names]
    shared = Source.objects.get(name="A shared page")
    marked = [reverse(name, args=[shared.reference]) for name in ("source-detail", "source-history")]
    return [reverse(name) for name in wide] + [reverse(name, args=given) for name, given in beside.items()] + marked


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("name", ["dana", "hana"])
def test_no_page_of_a_stranger_holds_it(cast: Cast, doors: list[str], name: str) -> None:
    stranger, seen = signed_in(getattr(cast, name)), []
    for url in doors:
        # What is typed comes back in the page, so what is asked for is only the beginning of the token.
        for asked in (
            {},
            {"q": TOKEN[:5]},
            {"case": TOKEN[:5]},
            {"page": "2"},
            {"before": "999999"},
        ):
            if TOKEN in stranger.get(url, asked).content.decode():
                seen.append((url, asked))
    assert not seen


def test_a_member_finds_it_at_those_doors(cast: Cast, doors: list[str]) -> None:
    """Or the test above would prove nothing."""
    member = signed_in(cast.amal)
    archive = ("archive", "archive-captures", "archive-passages", "watch-list")
    wide = ("case-list", "find", "source-list", "audit-list", "assignment-list", "desk", "notification-list")
    for name in (*wide, *archive):
        assert reverse(name) in doors
    for name in ("case-list", "source-list", "audit-list", *archive):
        assert TOKEN in member.get(reverse(name)).content.decode()
    for name in ("find", "source-list"):
        assert TOKEN in member.get(reverse(name), {"q": TOKEN[:5]}).content.decode()


def test_a_filter_by_its_case_answers_like_one_by_no_case(cast: Cast, secret: Case) -> None:
    dana = signed_in(cast.dana)
    for name in ("source-list", "audit-list", "source-pick", "assignment-list", "archive", "watch-list"):
        url = reverse(name)
        taken, none = dana.get(url, {"case": TOKEN}), dana.get(url, {"case": "nowhere1"})
        assert taken.status_code == none.status_code
        assert taken.content.decode().count(TOKEN) == none.content.decode().count("nowhere1")


def test_a_taken_short_name_is_answered_like_one_a_page_has(cast: Cast, secret: Case) -> None:
    """That it cannot be used has to be said; whose it is, and whether it is a case at all, does not."""
    client, said = signed_in(cast.hana), []
    for slug in (TOKEN, TOKEN.upper(), "new"):
        typed = {"title": "Another", "slug": slug, "language": "en", "preset": "STANDARD"}
        page = client.post(reverse("case-create"), typed)
        said.append(page.context["form"].errors.get("slug"))
        assert f"The {TOKEN} file" not in page.content.decode()
    assert said[0] == said[1] == said[2] is not None
