"""The demo: loaded once, only where it may be, and telling what the facts of the first case say."""

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from jsonschema import Draft202012Validator
from pytest_django import Settings

from audit.models import Act
from newsroom.models import Case, User
from publishing.casefile.checking import check, schema
from publishing.casefile.exporting import export_case
from publishing.casefile.importing import import_case
from publishing.demo import people
from publishing.demo.loading import FILE, case_file
from publishing.demo.server import PAGES
from sources.models import Capture
from tests.settings import ROOT
from verification.models import Assignment, Evidence, Stance
from verification.queries.corroboration import Weighed, weigh

ARTICLE = Path("../shared/seed/article.ar.txt")
SHINGLE = 5


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo takes seconds to load, so the tests of this file share one."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEBUG=True):
        call_command("demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(told: None) -> Iterator[Case]:
    with transaction.atomic():
        yield Case.objects.get(slug="aleppo-homs-2024")
        transaction.set_rollback(True)


def weighed(case: Case, key: str) -> Weighed:
    return weigh(case.claims.get(key=key))


def test_it_works(demo: Case) -> None:
    """Counted as in the facts: twenty claims, thirteen sources with their two houses, and the date of the papers."""
    assert demo.claims.count() == 20
    assert set(demo.sources.values_list("key", flat=True)) == {
        *(f"S{number}" for number in range(1, 14)),
        "MEE",
        "IRGC",
        "press",
    }
    standing = Evidence.objects.standing().filter(claim__case=demo)
    assert [standing.filter(stance=stance).count() for stance in Stance] == [34, 3, 1]


def test_every_statement_and_every_quotation_is_in_both_languages(demo: Case) -> None:
    for claim in demo.claims.all():
        assert (claim.language, set(claim.translations)) == ("ar", {"en"})
    for account in Evidence.objects.standing().filter(claim__case=demo):
        assert {account.quotation_language, *account.quotation_translations} == {"ar", "en"}
    for source in demo.sources.all():
        assert {source.language, *source.translations} == {"ar", "en"}


def test_the_engine_counts_as_the_facts_say(demo: Case) -> None:
    found = weighed(demo, "2").result
    assert (found.supports.established.lower, found.supports.possible.upper) == (1, 1)
    assert (len(found.supports.lines), found.supports.origins) == (3, ("S1",))
    assert (found.supports.bottlenecks, found.supports.smallest_cut) == (("S11", "S12"), ("S11",))
    assert (found.contradicts.established.lower, found.contradicts.origins) == (1, ("S4",))
    assert found.contested
    assert found.single_source

    for key, established, possible in (("1", 1, 1), ("7", 0, 1), ("15", 1, 1), ("20", 1, 1)):
        one = weighed(demo, key).result.supports
        assert (key, one.established.lower, one.possible.upper) == (key, established, possible)


def test_what_was_ruled(demo: Case) -> None:
    verdict = demo.claims.get(key="2").verdicts.get()
    assert (verdict.value, verdict.override_reason) == ("DISPUTED", "")
    verdict = demo.claims.get(key="15").verdicts.get()
    assert verdict.value == "CONFIRMED"
    assert verdict.override_reason  # one line, where the policy asks for two


def test_everybody_who_can_has_work_waiting(demo: Case) -> None:
    waiting = Assignment.objects.waiting().values_list("person__email", flat=True)
    assert set(waiting) == {people.email(name) for name in people.CAST} - {people.email("omar")}


def test_a_second_time_changes_nothing(demo: Case) -> None:
    acts, persons = Act.objects.count(), User.objects.count()
    said = StringIO()
    call_command("demo", stdout=said)
    assert people.PASSWORD in said.getvalue()
    assert (Act.objects.count(), User.objects.count()) == (acts, persons)


def test_the_people_can_sign_in(demo: Case) -> None:
    for name in people.CAST:
        assert User.objects.get(email=people.email(name)).check_password(people.PASSWORD)


def test_one_case_does_not_exist_for_dana(demo: Case) -> None:
    hidden = Case.objects.get(restricted=True)
    assert Case.objects.visible_to(User.objects.get(email=people.email("amal"))).contains(hidden)
    assert not Case.objects.visible_to(User.objects.get(email=people.email("dana"))).contains(hidden)


def test_it_is_refused_where_debug_is_off(db: None, settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")
    assert not User.objects.exists()


def test_pages_elsewhere_are_asked_for_there(db: None, settings: Settings) -> None:
    settings.DEBUG, settings.ISNAD_DEMO_PAGES = True, "127.0.0.1:21850"
    call_command("demo", stdout=StringIO())
    assert Capture.objects.count() == len(list(PAGES.glob("*.html")))
    assert all(
        url.startswith("http://127.0.0.1:21850/") for url in Capture.objects.values_list("requested_url", flat=True)
    )


def test_the_case_file_is_one() -> None:
    document = case_file()
    Draft202012Validator.check_schema(schema())
    check(document)


def test_out_and_in_again_is_the_same_case(demo: Case) -> None:
    """The whole first case: what leaves one installation and enters another leaves that one the same."""
    chadi = User.objects.get(email=people.email("chadi"))
    first = stripped(export_case(actor=chadi, case_id=demo.pk))
    other, _written = import_case(actor=chadi, document=first | {"case": first["case"] | {"slug": "elsewhere"}})
    second = stripped(export_case(actor=chadi, case_id=other.pk))
    assert second == first | {"case": first["case"] | {"slug": "elsewhere"}}


def test_every_quotation_stands_in_a_page_that_the_desk_can_capture() -> None:
    """Word for word, in the page of the source that carries it."""
    document = case_file()
    urls = {source["key"]: source.get("url", "") for source in document["sources"]}
    for claim in document["claims"]:
        for account in claim["evidence"]:
            page = (PAGES / Path(urls[account["source"]]).name).read_text("utf-8")
            assert account["quote"]["exact"] in page, account["key"]


def test_no_sentence_of_the_article_is_in_it() -> None:
    article = ROOT / ARTICLE
    if not article.exists():
        pytest.skip("the article is not here")
    files = [FILE, *PAGES.glob("*.html"), *FILE.parent.glob("*.py")]
    ours = set().union(*(shingles(file.read_text("utf-8")) for file in files))
    assert not ours & shingles(article.read_text("utf-8"))


def shingles(text: str) -> set[str]:
    words = re.findall(r"\w+", text)
    return {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def stripped(value: Any) -> Any:
    """Without what belongs to one installation, or to the people who judged there."""
    ignored = {"ref", "history", "verdicts", "reviews", "captures", "excerpt"}
    if isinstance(value, dict):
        return {name: stripped(inner) for name, inner in value.items() if name not in ignored}
    return [stripped(each) for each in value] if isinstance(value, list) else value
