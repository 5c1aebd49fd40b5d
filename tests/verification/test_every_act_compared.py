"""Whatever the moments of a page list, comparing the moment before with it tells it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.acts import act
from audit.models import Act
from audit.queries import between
from audit.queries.moments import now
from newsroom.actions import cases, people
from newsroom.models import Case, Role, User
from sources.actions import relations, watches
from tests.cast import Cast
from tests.publishing import make as releases
from tests.sources import make as sources
from tests.verification import make
from tests.verification.test_history_pages import edited
from tests.verification.test_then_pages import read
from tests.world import World, build
from verification.actions import alerts, assignments, comments, replies
from verification.actions.chain import Step
from verification.models import Assignment, Claim


@pytest.fixture
def world(cast: Cast) -> World:
    """One of everything, and of everything something that was changed."""
    world = build(cast)
    claim = Claim.objects.get(publications=world.release)
    sources.assessment(cast, world.source, "B")
    sources.excerpt(cast, world.case, world.capture, "نص")
    comments.comment(actor=cast.amal, claim_id=claim.pk, text="Ask the second witness.")
    lina = reviewer()
    cases.add_member(actor=cast.chadi, case_id=world.case.pk, user_id=lina.pk, role=lina.role)
    edited(cast, claim, statement="قتل العقيد.")
    make.withdrawn(cast, make.account(cast, claim, source=world.source.pk))
    make.review(Assignment.objects.get(pk=make.assignment(cast, claim, lina).pk))
    claim = Claim.objects.get(pk=claim.pk)
    make.verdict(cast, claim, "CONFIRMED", override_reason="All saw it.")
    releases.released(cast, claim, note="It was about another day.")
    relations.set_derivation_standing(
        actor=cast.amal, derivation_id=world.derivation.pk, version=1, standing="WITHDRAWN", reason="A mistake."
    )
    watches.stop(actor=cast.amal, watch_id=world.watch.pk, version=1, reason="It is gone.")
    alerts.close(actor=cast.chadi, alert_id=world.alert.pk, resolution="It stands on its own.")
    replies.note_outcome(actor=cast.amal, request_id=world.reply.pk, version=1, outcome="No answer.")
    assignments.accept(actor=cast.basim, assignment_id=world.review.pk)
    asks = {"least_reviews": 7, "override_allowed": False}
    cases.set_policy(actor=cast.chadi, case_id=world.case.pk, preset="STANDARD", asks=asks)
    cases.remove_member(actor=cast.chadi, case_id=world.case.pk, user_id=lina.pk)
    return world


def reviewer() -> User:
    return people.create(
        actor="tests", email="lina@example.org", name="Lina", role=Role.REVIEWER, language="en", password=None
    )


@pytest.mark.parametrize("kind", ["case", "claim", "source"])
def test_every_act_is_told(world: World, kind: str) -> None:
    """But for the first, before which there was nothing of it."""
    released = Claim.objects.get(publications=world.release)
    thing = {"case": world.case.slug, "claim": released.reference, "source": world.source.reference}[kind]
    route = f"{kind}-as-it-stood"
    first, *moments = read(world.cast.omar, route, thing).context["window"].moments
    assert len(moments) > {"case": 40, "claim": 10, "source": 11}[kind]
    for moment in moments:
        answer = read(world.cast.omar, route, thing, at=moment.index, against=moment.index - 1)
        found, name = answer.context["compared"], moment.told.act.name
        assert found.changes, name
        assert [done.told.act.pk for done in found.done] == [moment.told.act.pk], name
        page = answer.content.decode()
        page = page[page.index('id="then"') : page.index('id="moments"')]
        assert str(moment.told.text) in page, name
        assert "Nothing was done" not in page
    before = read(world.cast.omar, route, thing, at=first.index, against=first.index - 1)
    assert before.context["compared"].changes if kind == "case" else before.context["nothing_to_compare"]


def test_the_grade_of_a_source_of_a_claim(cast: Cast, case: Case) -> None:
    """The act is none of the claim's; what its page shows is another."""
    claim = make.claim(cast, case)
    account = make.account(cast, claim, Step(make.person("An officer"), "QUOTES"))
    owner = sources.source(cast, case, "مالك")
    before = now()
    sources.assessment(cast, account.source, "B", reason="It was right.")
    graded = now()
    sources.affiliation(cast, account.source, owner)
    for since, until, kind in ((before, graded, "assessment"), (graded, now(), "affiliation")):
        answer = read(cast.omar, "claim-as-it-stood", claim.reference, at=until, against=since)
        assert kind in {change.what for change in answer.context["compared"].changes}
        assert answer.context["compared"].acts == 0
    assert {change.kind for change in answer.context["compared"].changes} == {"created"}


def test_a_source_no_longer_leant_on_was_not_removed(cast: Cast, case: Case) -> None:
    claim, source = make.claim(cast, case), sources.source(cast, case, "وكالة")
    relation = sources.derivation(cast, source, sources.source(cast, case, "أصل"))
    make.account(cast, claim, source=source.pk)
    before = now()
    relations.set_derivation_standing(
        actor=cast.amal, derivation_id=relation.pk, version=1, standing="WITHDRAWN", reason="A mistake."
    )
    answer = read(cast.omar, "claim-as-it-stood", claim.reference, at=now(), against=before)
    assert [(change.what, change.kind) for change in answer.context["compared"].changes] == [("derivation", "changed")]


@pytest.mark.parametrize("done", [True, False])
def test_what_changed_nothing_is_named_all_the_same(cast: Cast, case: Case, done: bool) -> None:
    before = now()
    with act("case.edit", actor=cast.chadi, case=case if done else None):
        Case.objects.select_for_update().get(pk=case.pk).save()
    answer = read(cast.omar, "case-as-it-stood", case.slug, at=now(), against=before)
    page = answer.content.decode()
    assert answer.context["compared"].changes == []
    assert ("What was done between the two changed nothing that is told here." in page) is done
    assert ("Nothing was done to it between the two." in page) is not done
    history = f"{reverse('case-history', args=[case.slug])}?before={Act.objects.latest('pk').pk + 1}"
    assert (f'href="{history}"' in page) is done
    client = Client()
    client.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(history).context["story"].acts[0].act.name == ("case.edit" if done else "case.create")


@pytest.mark.parametrize("route", ["case-as-it-stood", "claim-as-it-stood"])
def test_what_is_judged_blind_is_named_and_withheld(cast: Cast, case: Case, route: str) -> None:
    lina = reviewer()
    claim = make.claim(cast, case)
    make.assignment(cast, claim, lina)
    given = make.assignment(cast, claim, cast.basim)
    before = now()
    make.review(given, rationale="The recording is older.")
    thing = case.slug if route == "case-as-it-stood" else claim.reference
    for person, withheld in ((lina, True), (cast.chadi, False)):
        answer = read(person, route, thing, at=now(), against=before)
        page = answer.content.decode()
        assert [done.withheld for done in answer.context["compared"].done] == [withheld]
        assert ("review" in {change.what for change in answer.context["compared"].changes}) is not withheld
        assert ("The recording is older." in page) is not withheld
        assert ("opens to you once your own review is in" in page) is withheld


def test_a_long_stretch_is_cut_and_says_so(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(between, "MOST_ACTS", 4)
    monkeypatch.setattr(between, "MOST_THINGS", 3)
    monkeypatch.setattr(between, "LISTED", 2)
    before = now()
    for number in range(4):
        sources.source(cast, case, f"Source {number}")
    claim = make.claim(cast, case)
    answer = read(cast.omar, "case-as-it-stood", case.slug, at=now(), against=before)
    names = [change.name for change in answer.context["compared"].changes]
    assert names == ["Source 2", "Source 3", claim.reference]  # the latest, and none of a kind keeps out another
    page = answer.content.decode()
    assert "1 more thing was written between the two and is not compared here." in page
    assert "Between the two lie 5 acts. Only what the latest 4 of them wrote is compared." in page
    assert "and 3 earlier acts" in page


@pytest.mark.parametrize("route", ["case-as-it-stood", "claim-as-it-stood", "source-as-it-stood"])
def test_more_acts_take_no_more_queries(cast: Cast, case: Case, route: str) -> None:
    claim, source = make.claim(cast, case), sources.source(cast, case)
    thing = {"case-as-it-stood": case.slug, "claim-as-it-stood": claim.reference}.get(route, source.reference)
    taken = []
    for number in (1, 2, 5):
        before = now()
        for each in range(number):
            make.account(cast, claim, Step(make.person(f"{number} {each}"), "QUOTES"), source=source.pk)
            make.withdrawn(cast, make.account(cast, claim, source=make.article(f"A{number}{each}")))
            sources.assessment(cast, source, "B", topic=f"{number} {each}")
        with CaptureQueriesContext(connection) as seen:
            read(cast.omar, route, thing, at=now(), against=before)
        taken.append(len(seen))
    assert taken[1] == taken[2]  # the first had nothing before it
