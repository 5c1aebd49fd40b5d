"""The record as pages: who did what, when, why, from where, and each field before and after."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.timezone import localtime

from audit.acts import act, coming_from
from audit.domain.worddiff import Change as Word
from newsroom.actions import cases, people
from newsroom.models import Case, Role
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification import make
from verification.actions import claims, comments, evidence
from verification.actions.chain import Step
from verification.models import Claim, Evidence

PAGES = ("claim-history", "evidence-history", "source-history", "case-history")


@pytest.fixture
def read() -> Callable[..., Any]:
    def get(reader: Any, route: str, *args: Any, **query: Any) -> Any:
        browser = Client()
        browser.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser.get(reverse(route, args=args), query)

    return get


def edited(cast: Cast, claim: Claim, **values: Any) -> Claim:
    facts = {
        name: getattr(claim, name)
        for name in ("statement", "language", "translations", "claimant_id", "happened", "place", "risk")
    }
    return claims.edit(
        **{"actor": cast.basim, "claim_id": claim.pk, "version": claim.version, "reason": "", **facts, **values}
    )


def acts(answer: Any) -> list[Any]:
    return list(answer.context["story"].acts)


def fields(told: Any) -> dict[str, dict[str, Any]]:
    """By "what name" and then by label."""
    return {f"{each.what} {each.name}": {field.label: field for field in each.fields} for each in told.changes}


def test_it_works(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    claim = make.claim(cast, case, "قتل ضابط العميد في حلب.", risk="LOW")
    with coming_from("page 4f1c"):
        edited(cast, claim, statement="قتل ضابط العقيد في حلب.", risk="HIGH", reason="الرتبة كانت خطأ")
    answer = read(cast.omar, "claim-history", claim.reference)
    assert answer.status_code == HTTPStatus.OK
    latest, first = acts(answer)
    assert latest.entry.text == f'<bdi>Basim</bdi> edited claim <bdi class="ref">{claim.reference}</bdi>'
    assert latest.entry.origin == "on a page"
    changed = fields(latest)[f"claim {claim.reference}"]
    assert (changed["Risk"].before, changed["Risk"].after) == ("low", "high")
    assert [(piece.change, piece.text) for piece in changed["Statement"].pieces] == [
        (Word.KEPT, "قتل ضابط "),
        (Word.REMOVED, "العميد"),
        (Word.ADDED, "العقيد"),
        (Word.KEPT, " في حلب."),
    ]
    assert set(changed) == {"Statement", "Risk"}
    page = answer.content.decode()
    assert "الرتبة كانت خطأ" in page
    assert '<p class="diff" dir="auto" lang="ar">' in page
    assert "العقيد</ins>" in page
    assert [change.kind for change in first.changes] == ["created"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_acts_of_one_minute_are_told_apart(cast: Cast, case: Case, read: Callable[..., Any], language: str) -> None:
    people.set_language(actor=cast.omar, language=language)
    claim = make.claim(cast, case)
    alone = read(cast.omar, "claim-history", claim.reference).content.decode()
    assert f"<bdi>{localtime(claim.created_at):%H:%M}</bdi>" in alone
    for word in ("العقيد", "اللواء"):  # where a minute ended before the one, it did not before the other
        claim = edited(cast, claim, statement=f"قتل {word}.")
    answer = read(cast.omar, "claim-history", claim.reference)
    page, told = answer.content.decode(), acts(answer)
    minutes = [f"{localtime(each.act.at):%H:%M}" for each in told]
    assert len({*minutes}) < len(minutes)
    for each, minute in zip(told, minutes, strict=True):
        shown = f"{localtime(each.act.at):%H:%M:%S}" if minutes.count(minute) > 1 else minute
        card = page[page.index(f'id="act-{each.act.pk}"') :]
        assert re.search(rf"<time datetime=[^>]*><bdi>{shown}</bdi>", card[: card.index("</header>")])
        assert each.shares_its_minute is (minutes.count(minute) > 1)


def test_a_chain_is_told_as_one_sentence(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    claim = make.claim(cast, case)
    account = make.account(cast, claim)
    evidence.edit(
        actor=cast.amal,
        evidence_id=account.pk,
        version=account.version,
        reason="The officer is named.",
        stance="SUPPORTS",
        source=account.source_id,
        hops=[Step(make.person("An officer"), "QUOTES")],
        basis="WITNESSED",
    )
    latest, _added = acts(read(cast.omar, "evidence-history", account.reference))
    chain = fields(latest)[f"evidence {account.reference}"]["Chain"]
    assert strip_tags(chain.before) == "Read in Middle East Eye. How this source knows is not said."
    assert strip_tags(chain.after) == "Read in Middle East Eye, which quotes An officer, who witnessed it."
    assert "<bdi>An officer</bdi>" in chain.after
    assert not any("step" in name for name in fields(latest))


def test_numbers_of_people_and_sources_are_read_as_names(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    speaker = sources.source(cast, case, "ناطق عسكري")
    claim = make.claim(cast, case)
    edited(cast, claim, claimant_id=speaker.pk, happened="2024-11-28", translations={"en": "A claim."})
    changed = fields(acts(read(cast.omar, "claim-history", claim.reference))[0])[f"claim {claim.reference}"]
    assert changed["Claimant"].after == "ناطق عسكري"
    assert changed["When"].after == "28 November 2024"
    assert [piece.text for piece in changed["Translation (English)"].pieces] == ["A claim."]


def test_in_arabic(cast: Cast, case: Case) -> None:
    people.set_language(actor=cast.omar, language="ar")
    claim = make.claim(cast, case)
    browser = Client(headers={"accept-language": "ar"})
    browser.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = browser.get(reverse("claim-history", args=[claim.reference])).content.decode()
    assert 'dir="rtl"' in page


def test_a_long_text_is_folded_and_can_be_read_whole(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    claim = make.claim(cast, case, " ".join(f"word{number}" for number in range(300)))
    answer = read(cast.omar, "claim-history", claim.reference)
    (told,) = acts(answer)
    statement = fields(told)[f"claim {claim.reference}"]["Statement"]
    assert [piece.change for piece in statement.pieces] == [Word.KEPT, Word.FOLDED]
    assert "word299" in statement.whole[0].text
    assert "220 words" in answer.content.decode()


def test_text_cannot_become_markup(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    claim = make.claim(cast, case, "<script>alert(1)</script>")
    page = read(cast.omar, "claim-history", claim.reference).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_history_of_a_source_holds_what_is_asserted_of_it(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    outlet, owner = sources.source(cast, case, "وكالة"), sources.source(cast, case, "مالك")
    sources.assessment(cast, outlet, "B", reason="It was right before.")
    sources.affiliation(cast, outlet, owner)
    told = acts(read(cast.omar, "source-history", outlet.reference))
    assert [each.act.name for each in told] == ["source.affiliate", "source.assess", "source.create"]
    (grade,) = told[1].changes
    assert grade.fields[0].after == "B: usually reliable"
    assert "It was right before." not in [field.after for field in grade.fields]


def test_a_member_who_left_is_told_by_name(cast: Cast, restricted: Case, read: Callable[..., Any]) -> None:
    cases.remove_member(actor=cast.chadi, case_id=restricted.pk, user_id=cast.omar.pk)
    (change,) = acts(read(cast.amal, "case-history", restricted.slug))[0].changes
    assert (change.kind, change.name) == ("removed", "Omar")


class TestStrangers:
    @pytest.fixture
    def hidden(self, cast: Cast, restricted: Case) -> dict[str, Any]:
        claim = make.claim(cast, restricted)
        account = make.account(cast, claim)
        return {
            "claim-history": claim.reference,
            "evidence-history": account.reference,
            "source-history": account.source.reference,
            "case-history": restricted.slug,
        }

    @pytest.mark.parametrize("route", PAGES)
    def test_a_restricted_history_does_not_exist(
        self, cast: Cast, read: Callable[..., Any], hidden: dict[str, Any], route: str
    ) -> None:
        assert read(cast.dana, route, hidden[route]).status_code == HTTPStatus.NOT_FOUND
        assert read(cast.omar, route, hidden[route]).status_code == HTTPStatus.OK

    @pytest.mark.parametrize("route", PAGES)
    def test_neither_does_what_never_was(self, cast: Cast, read: Callable[..., Any], route: str) -> None:
        for nothing in ("C-999999", "E-999999", "S-999999", "nothing"):
            assert read(cast.omar, route, nothing).status_code == HTTPStatus.NOT_FOUND

    def test_it_is_absent_from_the_record(
        self, cast: Cast, restricted: Case, read: Callable[..., Any], hidden: dict[str, Any]
    ) -> None:
        own = read(cast.omar, "audit-list")
        assert restricted.title in own.content.decode()
        others = read(cast.dana, "audit-list")
        assert not [told for told in acts(others) if told.act.case_id]
        assert restricted.title not in others.content.decode()

    def test_a_newsroom_source_does_not_tell_of_a_restricted_case(
        self, cast: Cast, restricted: Case, read: Callable[..., Any]
    ) -> None:
        public, secret = sources.source(cast, None, "An agency"), sources.source(cast, restricted, "سر مكتوم")
        sources.derivation(cast, secret, public)
        assert "سر مكتوم" in read(cast.amal, "source-history", public.reference).content.decode()
        assert "سر مكتوم" not in read(cast.dana, "source-history", public.reference).content.decode()


def test_acts_on_people_are_for_administrators(cast: Cast, read: Callable[..., Any]) -> None:
    assert any(told.act.name == "person.create" for told in acts(read(cast.hana, "audit-list")))
    assert not [told for told in acts(read(cast.chadi, "audit-list")) if told.act.name.startswith("person.")]


def test_a_blind_review_opens_once_the_readers_own_is_in(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    second = people.create(
        actor="tests", email="lina@example.org", name="Lina", role=Role.REVIEWER, language="en", password=None
    )
    claim = make.claim(cast, case)
    cases.add_member(actor=cast.chadi, case_id=case.pk, user_id=second.pk, role=Role.REVIEWER)
    theirs = make.assignment(cast, claim, second)
    make.review(make.assignment(cast, claim, cast.basim), rationale="The recording is older.")
    for route, thing in (("claim-detail", claim.reference), ("desk", "")):
        assert "The recording is older." not in read(second, route, *filter(None, [thing])).content.decode()
        assert "sent a review of" in read(second, route, *filter(None, [thing])).content.decode()
    for route, thing in (("claim-history", claim.reference), ("case-history", case.slug)):
        answer = read(second, route, thing)
        assert next(told for told in acts(answer) if told.act.name == "claim.review").withheld
        assert "The recording is older." not in answer.content.decode()
        assert "The recording is older." in read(cast.chadi, route, thing).content.decode()
    make.review(theirs)
    assert "The recording is older." in read(second, "claim-history", claim.reference).content.decode()


class TestNarrowing:
    @pytest.fixture
    def claim(self, cast: Cast, case: Case) -> Claim:
        claim = make.claim(cast, case)
        comments.comment(actor=cast.basim, claim_id=claim.pk, text="Look again.")
        return claim

    def test_by_person_act_and_day(self, cast: Cast, case: Case, claim: Claim, read: Callable[..., Any]) -> None:
        def names(**query: Any) -> list[str]:
            return [told.act.name for told in acts(read(cast.omar, "case-history", case.slug, **query))]

        today = claim.created_at.date().isoformat()
        assert names(person=cast.basim.pk) == ["claim.comment"]
        assert names(act="claim.create") == ["claim.create"]
        assert len(names(since=today, until=today)) == 3
        assert names(until="2020-01-01") == []
        arabic = today.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
        assert len(names(since=arabic, until=f"\u200f{arabic}\u200f")) == 3

    @pytest.mark.parametrize("digits", ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
    def test_by_number_in_any_digits_or_by_the_name_in_a_case_s_address(
        self, cast: Cast, case: Case, claim: Claim, read: Callable[..., Any], digits: str
    ) -> None:
        number = claim.reference.translate(str.maketrans("0123456789", digits))
        assert len(acts(read(cast.omar, "audit-list", thing=number))) == 2
        assert len(acts(read(cast.omar, "audit-list", thing=case.slug.upper()))) == 3

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ({"since": "2024-02-31"}, "“2024-02-31” is no day of the calendar."),
            ({"until": "yesterday"}, "“yesterday” is no day of the calendar."),
            ({"since": "9999-12-31"}, "“9999-12-31” is no day of the calendar."),
            ({"since": "2024-12-01", "until": "2024-11-01"}, "This is before the first day."),
            ({"act": "claim.mislay"}, "No act is called “claim.mislay”."),
            ({"person": "999999"}, "Nobody on the desk has the number in this address."),
            ({"person": "nobody"}, "Nobody on the desk has the number in this address."),
            ({"before": "soon"}, "This address is not complete"),
            ({"before": "9" * 30}, "This address is not complete"),
        ],
    )
    def test_what_cannot_be_is_said_and_kept(
        self, cast: Cast, case: Case, read: Callable[..., Any], query: dict[str, str], sentence: str
    ) -> None:
        answer = read(cast.omar, "case-history", case.slug, **query)
        assert answer.status_code == HTTPStatus.OK
        assert answer.context["story"] is None
        page = answer.content.decode()
        assert sentence in page
        for name, typed in query.items():
            assert name == "before" or f'value="{typed}"' in page


def test_pages_go_by_key(cast: Cast, case: Case, read: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    claim = make.claim(cast, case)
    for number in range(60):
        comments.comment(actor=cast.basim, claim_id=claim.pk, text=f"Remark {number}.")
    first = read(cast.omar, "claim-history", claim.reference)
    older = first.context["story"].older
    assert len(acts(first)) == 50
    assert f"before={older}" in first.content.decode()
    comments.comment(actor=cast.basim, claim_id=claim.pk, text="Meanwhile.")
    second = read(cast.omar, "claim-history", claim.reference, before=older)
    assert len(acts(second)) == 11
    assert second.context["story"].older is None
    assert not {told.act.pk for told in acts(first)} & {told.act.pk for told in acts(second)}


def test_an_act_that_writes_one_row_twice_is_told_once(cast: Cast, case: Case, read: Callable[..., Any]) -> None:
    claim = make.claim(cast, case, "One.")
    with act("claim.edit", actor=cast.amal, case=case):
        claim.statement = "Two."
        claim.save()
        claim.statement = "Three."
        claim.save()
    (change,) = acts(read(cast.omar, "claim-history", claim.reference))[0].changes
    words = {piece.change: piece.text for piece in change.fields[0].pieces}
    assert words[Word.REMOVED] == "One"
    assert words[Word.ADDED] == "Three"


@pytest.mark.parametrize("route", [*PAGES, "audit-list"])
def test_the_number_of_queries_is_fixed(cast: Cast, case: Case, read: Callable[..., Any], route: str) -> None:
    claim = make.claim(cast, case)

    def grow(times: int) -> Evidence:
        for number in range(times):
            account = make.account(cast, claim, Step(make.person(f"Witness {number}"), "QUOTES"))
            sources.assessment(cast, account.source)
            comments.comment(actor=cast.amal, claim_id=claim.pk, text="Look.")
            make.review(make.assignment(cast, claim, cast.basim))
            claim.refresh_from_db()
            edited(cast, claim, place=f"Aleppo {claim.version}")
        return account

    def count(account: Evidence) -> int:
        args = {
            "claim-history": [claim.reference],
            "evidence-history": [account.reference],
            "source-history": [account.source.reference],
            "case-history": [case.slug],
        }
        with CaptureQueriesContext(connection) as seen:
            assert acts(read(cast.omar, route, *args.get(route, [])))
        return len(seen)

    with translation.override("en"):
        assert count(grow(1)) == count(grow(4))


def test_of_an_act_on_many_things_a_claim_tells_its_own(cast: Cast, case: Case) -> None:
    with act("case.import", actor=cast.amal, case=case):
        written = [write_claim(cast, case, f"Statement {number}") for number in range(30)]
    client = Client()
    client.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    own = client.get(reverse("claim-history", args=[written[0].reference])).context["story"].acts[0]
    assert ([change.name for change in own.changes], own.left_out) == ([written[0].reference], 0)
    whole = client.get(reverse("case-history", args=[case.slug])).context["story"].acts[0]
    assert (len(whole.changes), whole.left_out) == (20, 10)


def write_claim(cast: Cast, case: Case, statement: str) -> Claim:
    values: Any = {
        "language": "en",
        "translations": {},
        "claimant_id": None,
        "happened": "",
        "place": "",
        "risk": "LOW",
    }
    return claims.write(Claim(case=case, created_by=cast.amal), actor=cast.amal, statement=statement, **values)
