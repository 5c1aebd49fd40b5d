"""A claim, a case and a source as they stood, and two moments of them compared."""

import re
from datetime import datetime
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.template.defaultfilters import date
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.translation import gettext

from audit.acts import act
from audit.domain.worddiff import Change as Word
from audit.models import Entry
from audit.queries.moments import now
from newsroom.actions import cases, people
from newsroom.forms import moments
from newsroom.models import Case, Role
from newsroom.templatetags.moments import to_the_second
from sources.actions import relations
from sources.actions import sources as source_actions
from sources.models import Source
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification import make
from tests.verification.test_history_pages import edited
from verification.actions import assignments, evidence
from verification.actions.chain import Step
from verification.models import Claim, Duty
from verification.views import case_as_it_stood


def read(reader: Any, route: str, *args: Any, **query: Any) -> Any:
    client = Client()
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(reverse(route, args=args), query)


def by_name(answer: Any) -> dict[str, Any]:
    return {f"{change.what} {change.name}": change for change in answer.context["compared"].changes}


def between_tags(answer: Any) -> str:
    """The page without white space between its tags."""
    return re.sub(r">\s+<", "><", answer.content.decode())


def minute(place: int) -> str:
    return f"{Entry.objects.get(index=place).recorded_at:%H:%M}"


class TestTheOrderOfTwo:
    """What came later is what was added, whichever of the two the address names first."""

    @pytest.fixture
    def later(self, cast: Cast, case: Case) -> tuple[Claim, int, int]:
        claim = make.claim(cast, case, "قتل العميد.")
        first = now()
        make.account(cast, claim, basis="WITNESSED")
        edited(cast, claim, statement="قتل العقيد.")
        return claim, first, now()

    @pytest.mark.parametrize("backwards", [False, True])
    @pytest.mark.parametrize("route", ["claim-as-it-stood", "case-as-it-stood"])
    def test_the_older_comes_first(
        self, cast: Cast, case: Case, later: tuple[Claim, int, int], route: str, backwards: bool
    ) -> None:
        claim, first, last = later
        at, against = (first, last) if backwards else (last, first)
        thing = {"claim-as-it-stood": claim.reference}.get(route, case.slug)
        answer = read(cast.omar, route, thing, at=at, against=against)
        statement = by_name(answer)[f"claim {claim.reference}"].fields[0]
        assert [piece.text for piece in statement.pieces if piece.change is Word.ADDED] == ["العقيد"]
        assert (answer.context["since"], answer.context["until"], answer.context["at"]) == (first, last, at)
        if route == "claim-as-it-stood":
            sides = answer.context["earlier"].shown.supports, answer.context["later"].shown.supports
            assert [side.established for side in sides] == ["0", "1"]
            assert ("قتل العميد." in str(answer.context["then"].claim.statement)) is backwards

    @pytest.mark.parametrize("backwards", [False, True])
    def test_of_a_source(self, cast: Cast, case: Case, backwards: bool) -> None:
        source = sources.source(cast, case, "وكالة")
        first = now()
        sources.assessment(cast, source, "B")
        at, against = (first, now()) if backwards else (now(), first)
        answer = read(cast.omar, "source-as-it-stood", source.reference, at=at, against=against)
        assert [change.kind for change in answer.context["compared"].changes] == ["created"]


class TestMomentsOfOneMinute:
    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_they_are_told_apart(self, cast: Cast, case: Case, language: str) -> None:
        claim = make.claim(cast, case)
        edited(cast, claim, statement="قتل العقيد.")
        if minute(now() - 1) != minute(now()):  # it was the last moment of one
            claim.refresh_from_db()
            edited(cast, claim, statement="قتل اللواء.")
        places = [now() - 1, now()]
        client = Client(headers={"accept-language": language})
        client.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
        people.set_language(actor=cast.omar, language=language)
        url = reverse("claim-as-it-stood", args=[claim.reference])
        page = between_tags(client.get(url, {"at": places[1], "against": places[0]}))
        listed = page[page.index('id="moments"') :]
        with translation.override(language):
            for entry in Entry.objects.filter(index__in=places):
                assert to_the_second(entry.recorded_at) in page[: page.index('id="moments"')]
                assert (
                    f">{to_the_second(entry.recorded_at)}</time></a>"
                    f'<span class="moment-place">{gettext("place %(place)s") % {"place": entry.index}}</span>' in listed
                )
                assert re.search(r":\d\d:\d\d$", to_the_second(entry.recorded_at))

    def test_alone_in_its_minute_a_moment_has_no_seconds(self, cast: Cast, case: Case) -> None:
        claim = make.claim(cast, case)
        page = between_tags(read(cast.omar, "claim-as-it-stood", claim.reference))
        listed = page[page.index('id="moments"') :]
        at = Entry.objects.get(index=now()).recorded_at
        assert f">{date(at, 'DATETIME_FORMAT')}</time></a>" in listed


class TestAClaim:
    def test_everything_of_it_is_as_it_was(self, cast: Cast, case: Case) -> None:
        claim = make.claim(cast, case, "قتل العميد.", place="Aleppo")
        account = make.account(cast, claim, Step(make.person("An officer"), "QUOTES"), quotation="He fell.")
        sources.assessment(cast, account.source, "B")
        sources.capture(cast, account.source, "نص")
        then = now()
        edited(cast, claim, statement="قتل العقيد.", place="Homs")
        make.withdrawn(cast, account)
        sources.assessment(cast, account.source, "E")
        make.account(cast, claim, basis="WITNESSED")
        answer = read(cast.omar, "claim-as-it-stood", claim.reference, at=then)
        shown = answer.context["then"]
        (told,) = shown.accounts
        assert (shown.claim.statement, shown.claim.place) == ("قتل العميد.", "Aleppo")
        assert (told.evidence.withdrawn_at, told.evidence.quotation) == (None, "He fell.")
        assert told.assessments[account.source_id][0].reliability == "B"
        assert told.capture is not None
        assert str(told.sentence).startswith("Read in Middle East Eye, which quotes An officer")
        assert shown.shown.supports.established == "0"
        page = answer.content.decode()
        assert "قتل العميد." in page
        assert "قتل العقيد." not in page

    def test_a_verdict_and_its_reviews_stand_from_their_moment_on(self, cast: Cast, case: Case) -> None:
        claim = make.claim(cast, case)
        make.account(cast, claim, basis="WITNESSED")
        bare = now()
        make.review(make.assignment(cast, claim, cast.basim), rationale="One line.")
        claim.refresh_from_db()
        make.verdict(cast, claim, rationale="It rests on one page.", override_reason="")
        for moment, said in ((bare, False), (now(), True)):
            answer = read(cast.omar, "claim-as-it-stood", claim.reference, at=moment)
            assert ("It rests on one page." in answer.content.decode()) is said
            assert bool(answer.context["then"].reviews) is said

    def test_what_is_blind_stays_blind_at_every_moment(self, cast: Cast, case: Case) -> None:
        second = people.create(
            actor="tests", email="lina@example.org", name="Lina", role=Role.REVIEWER, language="en", password=None
        )
        claim = make.claim(cast, case)
        before = now()
        make.assignment(cast, claim, second)
        make.review(make.assignment(cast, claim, cast.basim), rationale="The recording is older.")
        for query in ({"at": now()}, {"at": now(), "against": before}):
            answer = read(second, "claim-as-it-stood", claim.reference, **query)
            assert answer.context["then"].blind
            assert "The recording is older." not in answer.content.decode()
            assert (
                "The recording is older."
                in read(cast.chadi, "claim-as-it-stood", claim.reference, **query).content.decode()
            )

    def test_two_moments_compared(self, cast: Cast, case: Case) -> None:
        claim = make.claim(cast, case, "قتل العميد في حلب.")
        one = make.account(cast, claim, Step(make.person("An officer"), "QUOTES"))
        before = now()
        edited(cast, claim, statement="قتل العقيد في حلب.")
        evidence.edit(
            actor=cast.amal,
            evidence_id=one.pk,
            version=one.version,
            reason="He was there.",
            stance="SUPPORTS",
            source=one.source_id,
            hops=[],
            basis="WITNESSED",
        )
        added = make.account(cast, claim, source=make.article("AFP"))
        answer = read(cast.omar, "claim-as-it-stood", claim.reference, at=now(), against=before)
        changed = by_name(answer)
        statement = changed[f"claim {claim.reference}"].fields[0]
        assert [piece.text for piece in statement.pieces if piece.change is Word.REMOVED] == ["العميد"]
        chain = next(field for field in changed[f"evidence {one.reference}"].fields if field.label == "Chain")
        assert strip_tags(chain.before).startswith("Read in Middle East Eye, which quotes An officer")
        assert strip_tags(chain.after) == "Read in Middle East Eye, which witnessed it."
        assert changed[f"evidence {added.reference}"].kind == "created"
        assert (
            answer.context["earlier"].shown.supports.established,
            answer.context["later"].shown.supports.established,
        ) == (
            "0",
            "1",
        )

    def test_with_a_moment_before_it_was_written(self, cast: Cast, case: Case) -> None:
        before = now()
        claim = make.claim(cast, case)
        answer = read(cast.omar, "claim-as-it-stood", claim.reference, against=before)
        assert "there was nothing of it yet" in answer.content.decode()

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("yesterday", "“yesterday” is no moment."),
            ("2024-02-31", "“2024-02-31” is no moment."),
            ("999999", "does not reach to “999999” yet"),
            ("9" * 40, "does not reach to"),
            ("-1", "“-1” is no moment."),
            ("0001-01-01T00:00+14:00", "This claim was not yet written then."),
        ],
    )
    def test_what_is_no_moment_is_said_and_kept(self, cast: Cast, case: Case, typed: str, said: str) -> None:
        claim = make.claim(cast, case)
        page = read(cast.omar, "claim-as-it-stood", claim.reference, at=typed).content.decode()
        assert said in page
        assert f'value="{typed}"' in page

    def test_a_day_stands_for_its_end(self, cast: Cast, case: Case) -> None:
        claim = make.claim(cast, case)
        today = claim.created_at.date().isoformat()
        assert read(cast.omar, "claim-as-it-stood", claim.reference, at=today).context["at"] == now()

    def test_a_minute_and_a_second_stand_for_their_ends(self, cast: Cast, case: Case) -> None:
        """A moment typed as it is shown is that moment, though it came somewhere within its second."""
        claim = make.claim(cast, case)
        for number in range(3):
            claim.refresh_from_db()
            edited(cast, claim, statement=f"قتل العقيد {number}.")
        entries = list(Entry.objects.filter(index__gte=now() - 3))
        for unit, shape in (
            ("minute", "%Y-%m-%d %H:%M"),
            ("second", "%Y-%m-%d %H:%M:%S"),
            ("", "%Y-%m-%d %H:%M:%S.%f"),
        ):
            for entry in entries:
                at = timezone.localtime(entry.recorded_at)
                within = [each for each in entries if f"{each.recorded_at:{shape}}" == f"{entry.recorded_at:{shape}}"]
                answer = read(cast.omar, "claim-as-it-stood", claim.reference, at=f"{at:{shape}}")
                assert answer.context["at"] == within[-1].index, unit
                assert answer.context["then"] is not None

    @pytest.mark.parametrize(
        ("typed", "end"),
        [
            ("2026-11-28", "2026-11-28T23:59:59.999999"),
            ("2026-11-28 09", "2026-11-28T09:59:59.999999"),
            ("2026-11-28 09:10", "2026-11-28T09:10:59.999999"),
            ("2026-11-28T0910", "2026-11-28T09:10:59.999999"),
            ("2026-11-28 09:10:41", "2026-11-28T09:10:41.999999"),
            ("٢٠٢٦-١١-٢٨ ٠٩:١٠:٤١", "2026-11-28T09:10:41.999999"),
            ("2026-11-28 09:10:41.25", "2026-11-28T09:10:41.259999"),
            ("2026-11-28 09:10:41.123456", "2026-11-28T09:10:41.123456"),
            ("2026-11-28 09:10:41+02:00", "2026-11-28T09:10:41.999999+02:00"),
            ("2026-11-28 09:10Z", "2026-11-28T09:10:59.999999+00:00"),
            ("9999-12-31 23:59", "9999-12-31T23:59:59.999999"),
        ],
    )
    def test_what_is_left_unsaid_is_the_latest_it_can_be(self, typed: str, end: str) -> None:
        wanted = datetime.fromisoformat(end)
        assert moments._time(typed) == (wanted if wanted.tzinfo else timezone.make_aware(wanted))

    def test_more_evidence_takes_no_more_queries(self, cast: Cast, case: Case) -> None:
        claim = make.claim(cast, case)
        taken = []
        for number in (1, 4):
            for each in range(number):
                make.account(cast, claim, Step(make.person(), "QUOTES"), source=make.article(f"A{number}{each}"))
            with CaptureQueriesContext(connection) as seen:
                read(cast.omar, "claim-as-it-stood", claim.reference, at=now())
            taken.append(len(seen))
        assert taken[0] == taken[1]


class TestACase:
    def test_its_claims_are_those_of_then(self, cast: Cast, case: Case) -> None:
        claim = make.claim(cast, case, "قتل العميد.")
        make.account(cast, claim, basis="WITNESSED")
        then = now()
        edited(cast, claim, statement="قتل العقيد.")
        make.claim(cast, case, "سقطت حمص.")
        answer = read(cast.omar, "case-as-it-stood", case.slug, at=then)
        (row,) = answer.context["rows"]
        assert (row.claim.statement, row.sides[0]) == ("قتل العميد.", (1, 1, 1))
        assert f"/claims/{claim.reference}/as-it-stood/?at={then}" in answer.content.decode()
        compared = by_name(read(cast.omar, "case-as-it-stood", case.slug, at=now(), against=then))
        assert [change.kind for change in compared.values()] == ["changed", "created"]

    def test_every_part_of_it_is_as_it_was(self, cast: Cast, case: Case) -> None:
        claim = make.claim(cast, case, "قتل العميد.")
        owner = sources.source(cast, case, "مالك")
        source = sources.source(cast, case, "وكالة", publisher_id=owner.pk)
        sources.assessment(cast, source, "B")
        sources.capture(cast, source, "نص", title="صفحة أولى")
        given = make.assignment(cast, claim, cast.basim)
        cases.add_member(actor=cast.chadi, case_id=case.pk, user_id=cast.omar.pk, role=Role.OBSERVER)
        then = now()
        sources.assessment(cast, source, "E")
        sources.capture(cast, source, "نص آخر", title="صفحة ثانية")
        shared = source_actions.share(actor=cast.chadi, source_id=owner.pk, version=owner.version)
        source_actions.share(actor=cast.chadi, source_id=source.pk, version=source.version)
        sources.source(cast, case, "قناة")
        assignments.cancel(actor=cast.chadi, assignment_id=given.pk)
        make.assignment(cast, claim, cast.dana, Duty.CHECK)
        cases.remove_member(actor=cast.chadi, case_id=case.pk, user_id=cast.omar.pk)
        asks = {"least_reviews": 7, "override_allowed": False}
        cases.set_policy(actor=cast.chadi, case_id=case.pk, preset="STANDARD", asks=asks)
        assert shared.case is None

        def rows(part: str, at: int) -> list[Any]:
            return list(read(cast.chadi, "case-as-it-stood", case.slug, at=at, show=part).context["rows"])

        (first, second) = rows("sources", then)
        assert (first.name, second.name, second.publisher.name) == ("مالك", "وكالة", "مالك")
        assert [grade.reliability for grade in second.standing_grades] == ["B"]
        assert [each.name for each in rows("sources", now())] == ["قناة"]
        assert [each.title for each in rows("captures", then)] == ["صفحة أولى"]
        assert [each.title for each in rows("captures", now())] == ["صفحة ثانية", "صفحة أولى"]
        assert [(each.person.name, each.state) for each in rows("assignments", then)] == [("Basim", "OPEN")]
        assert [(each.person.name, each.state) for each in rows("assignments", now())] == [
            ("Basim", "CANCELLED"),
            ("Dana", "OPEN"),
        ]
        assert [(each.user.name, each.role) for each in rows("members", then)] == [("Omar", "OBSERVER")]
        assert rows("members", now()) == []
        for at, reviews, override in ((then, "1", "yes"), (now(), "7", "no")):
            said = dict(read(cast.chadi, "case-as-it-stood", case.slug, at=at, show="policy").context["rules"])
            assert (said["Least reviews by others"], said["Override with a reason"]) == (reviews, override)
        changed = by_name(read(cast.chadi, "case-as-it-stood", case.slug, at=now(), against=then))
        kinds = {name.partition(" ")[0] for name in changed}
        assert kinds >= {"source", "capture", "assignment", "verification", "membership"}

    def test_a_copy_made_elsewhere_is_marked(self, cast: Cast, case: Case) -> None:
        sources.upload(cast, sources.source(cast, case, url="https://news.example/1"))
        page = read(cast.omar, "case-as-it-stood", case.slug, show="captures").content.decode()
        assert "Made elsewhere: uploaded by" in page

    def test_a_part_is_kept_from_moment_to_moment(self, cast: Cast, case: Case) -> None:
        sources.source(cast, case)
        page = read(cast.omar, "case-as-it-stood", case.slug, show="sources").content.decode()
        assert f'href="?at={now()}&amp;show=sources" data-moment' in page
        assert '<input type="hidden" name="show" value="sources">' in page
        assert read(cast.omar, "case-as-it-stood", case.slug, show="nothing").context["part"] == "claims"

    @pytest.mark.parametrize("part", case_as_it_stood.PARTS)
    def test_no_part_is_for_a_stranger(self, cast: Cast, restricted: Case, part: str) -> None:
        for person, status in ((cast.dana, HTTPStatus.NOT_FOUND), (cast.omar, HTTPStatus.OK)):
            assert read(person, "case-as-it-stood", restricted.slug, show=part).status_code == status

    def test_a_publisher_one_may_not_know_of_has_no_name(self, cast: Cast, case: Case, restricted: Case) -> None:
        """None can be chosen; whatever else wrote one, its name stays in its case."""
        owner = sources.source(cast, restricted, "سر مكتوم")
        source = sources.source(cast, case, "وكالة")
        with act("source.edit", actor=cast.amal, case=case):
            held = Source.objects.select_for_update().get(pk=source.pk)
            held.publisher = owner
            held.save()
        for person, named in ((cast.dana, False), (cast.omar, True)):
            page = read(person, "case-as-it-stood", case.slug, show="sources").content.decode()
            assert ("سر مكتوم" in page) is named

    @pytest.mark.parametrize("part", ["sources", "captures", "assignments", "members"])
    def test_a_part_is_paged_and_takes_no_more_queries(
        self, cast: Cast, case: Case, part: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        claim, source = make.claim(cast, case), sources.source(cast, case, "وكالة")
        people_here = [cast.amal, cast.basim, cast.dana, cast.chadi]

        def grow(number: int) -> None:
            match part:
                case "sources":
                    added = sources.source(cast, case, f"Source {number}", publisher_id=source.pk)
                    sources.assessment(cast, added, "B")
                case "captures":
                    sources.capture(cast, source, f"Text {number}", title=f"Page {number}")
                case "assignments":
                    make.assignment(cast, claim, people_here[number], Duty.CHECK)
                case _:
                    person, role = people_here[number], people_here[number].role
                    cases.add_member(actor=cast.chadi, case_id=case.pk, user_id=person.pk, role=role)

        taken = []
        for numbers in ([0], [1, 2, 3]):
            for number in numbers:
                grow(number)
            with CaptureQueriesContext(connection) as seen:
                read(cast.chadi, "case-as-it-stood", case.slug, show=part)
            taken.append(len(seen))
        assert taken[0] == taken[1]
        monkeypatch.setattr(case_as_it_stood, "PER_PAGE", 3)
        second = read(cast.chadi, "case-as-it-stood", case.slug, show=part, page=2, at=now())
        assert (len(second.context["rows"]), second.context["page"].has_next()) == (
            2 if part == "sources" else 1,
            False,
        )
        (back,) = set(re.findall(r'rel="prev" href="([^"]*page=1[^"]*)"', second.content.decode()))
        assert f"show={part}" in back
        assert f"at={now()}" in back


class TestASource:
    def test_everything_of_it_is_as_it_was(self, cast: Cast, case: Case) -> None:
        source, owner = sources.source(cast, case, "وكالة"), sources.source(cast, case, "مالك")
        sources.assessment(cast, source, "B", reason="It was right.")
        relation = sources.derivation(cast, source, owner)
        sources.capture(cast, source, "نص", title="صفحة")
        then = now()
        facts = {name: getattr(source, name) for name in ("kind", "language", "translations", "protected")}
        facts |= {"publisher_id": None, "url": "", "published_at": "", "note": ""}
        source_actions.edit(actor=cast.amal, source_id=source.pk, version=1, name="وكالة أخرى", **facts)
        relations.set_derivation_standing(
            actor=cast.amal, derivation_id=relation.pk, version=1, standing="WITHDRAWN", reason="A mistake."
        )
        sources.assessment(cast, source, "E", reason="It was wrong.")
        answer = read(cast.omar, "source-as-it-stood", source.reference, at=then)
        shown = answer.context["then"]
        assert shown.source.name == "وكالة"
        assert [grade.reliability for grade in shown.grades] == ["B"]
        assert [each.standing for each in shown.derivations] == ["STANDING"]
        assert len(shown.captures) == 1
        page = answer.content.decode()
        assert "It was wrong." not in page
        compared = by_name(read(cast.omar, "source-as-it-stood", source.reference, at=now(), against=then))
        assert any(change.kind == "created" for change in compared.values())
        assert any(field.after == "withdrawn" for change in compared.values() for field in change.fields)

    def test_a_newsroom_source_does_not_tell_of_a_restricted_case(self, cast: Cast, restricted: Case) -> None:
        public, secret = sources.source(cast, None, "An agency"), sources.source(cast, restricted, "سر مكتوم")
        before = now()
        sources.derivation(cast, secret, public)
        for query in ({}, {"at": now()}, {"at": now(), "against": before}):
            assert "سر مكتوم" not in read(cast.dana, "source-as-it-stood", public.reference, **query).content.decode()
        assert "سر مكتوم" in read(cast.amal, "source-as-it-stood", public.reference).content.decode()


@pytest.mark.parametrize("typed", ["999999", "yesterday"])
@pytest.mark.parametrize("route", ["claim-as-it-stood", "case-as-it-stood", "source-as-it-stood"])
def test_what_cannot_be_compared_with_is_said_and_the_moment_shown(
    cast: Cast, case: Case, route: str, typed: str
) -> None:
    claim, source = make.claim(cast, case), sources.source(cast, case)
    thing = {"claim-as-it-stood": claim.reference, "case-as-it-stood": case.slug}.get(route, source.reference)
    at = now()
    edited(cast, claim, statement="قتل العقيد.")
    answer = read(cast.omar, route, thing, at=at, against=typed)
    assert (answer.context["at"], [*answer.context["form"].errors]) == (at, ["against"])
    assert answer.context["then"] is not None
    page = answer.content.decode()
    assert f"place {at} of the ledger" in page
    assert f'value="{typed}"' in page
    assert 'id="compared"' not in page


@pytest.mark.parametrize("route", ["claim-as-it-stood", "case-as-it-stood", "source-as-it-stood"])
def test_refusals(cast: Cast, restricted: Case, route: str) -> None:
    claim: Claim = make.claim(cast, restricted)
    source = sources.source(cast, restricted)
    thing = {"claim-as-it-stood": claim.reference, "case-as-it-stood": restricted.slug}.get(route, source.reference)
    assert read(cast.omar, route, thing).status_code == HTTPStatus.OK
    for person in (cast.dana, cast.hana):
        assert read(person, route, thing).status_code == HTTPStatus.NOT_FOUND
    for nothing in ("C-999999", "S-999999", "nothing"):
        assert read(cast.omar, route, nothing).status_code == HTTPStatus.NOT_FOUND
