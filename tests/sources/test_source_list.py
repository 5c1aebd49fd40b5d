"""The tables of sources: everything one may see, and one case's."""

from typing import Any

import pytest
from django.test import Client

from newsroom.models import Case
from sources.models import SourceKind
from tests.cast import Cast
from tests.sources import make


def shown(client: Client, person: Any, url: str = "/sources/", **query: str) -> str:
    client.force_login(person)
    answer = client.get(url, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_works(client: Client, cast: Cast, case: Case) -> None:
    outlet = make.source(cast, name="تسنيم", kind=SourceKind.OUTLET, translations={"en": "Tasnim"})
    make.assessment(cast, outlet, "B")
    make.assessment(cast, outlet, "D", topic="losses")
    make.source(cast, case, "An article", publisher_id=outlet.pk, url="https://example.org/a")
    page = shown(client, cast.omar)
    assert page.count("Tasnim") == 2
    for words in ("An article", "not captured yet", "losses", ">B</abbr>", ">D</abbr>", "the newsroom", case.title):
        assert words in page
    assert "Register a source" not in page
    assert "Register a source" in shown(client, cast.amal)


def test_a_copy_made_elsewhere_is_told_from_one_of_ours(client: Client, cast: Cast, case: Case) -> None:
    source = make.source(cast, case, url="https://news.example/page")
    make.upload(cast, source)
    assert "made elsewhere" in shown(client, cast.omar)
    make.capture(cast, source, "text")
    assert "made elsewhere" not in shown(client, cast.omar)


def test_of_a_case_only_its_own(client: Client, cast: Cast, case: Case) -> None:
    make.source(cast, name="The newsroom’s")
    make.source(cast, case, "The case’s")
    page = shown(client, cast.amal, "/cases/aleppo/sources/")
    assert "The case’s" in page
    assert "The newsroom’s" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "abc"),
        ({"q": "وكاله"}, "a"),
        ({"q": "commander syrian"}, "b"),
        ({"q": "S-0"}, ""),
        ({"kind": "PERSON"}, "b"),
        ({"protected": "yes"}, "b"),
        ({"protected": "no"}, "ac"),
        # the latest on each topic: an earlier B is no B any more
        ({"grade": "B"}, ""),
        ({"grade": "C"}, "a"),
        ({"grade": "E"}, "a"),
        ({"grade": "none"}, "bc"),
        ({"case": "newsroom"}, "a"),
        ({"case": "aleppo"}, "bc"),
        # an address somebody made up still opens the table
        ({"kind": "RUMOUR", "grade": "Z", "case": "none", "page": "x", "q": ""}, "abc"),
        ({"q": "\x00"}, "abc"),
    ],
)
def test_filters_live_in_the_address(client: Client, cast: Cast, case: Case, query: dict[str, str], found: str) -> None:
    sources = {
        "a": make.source(cast, name="وكالة تسنيم", kind=SourceKind.OUTLET),
        "b": make.source(cast, case, "Syrian commander", kind=SourceKind.PERSON, protected=True),
        "c": make.source(cast, case, "An article"),
    }
    for grade, topic in (("B", ""), ("C", ""), ("E", "losses")):
        make.assessment(cast, sources["a"], grade, topic=topic)
    page = shown(client, cast.amal, **query)
    assert "".join(letter for letter, each in sources.items() if f">{each.reference}<" in page) == found


def test_works_of_one_publisher(client: Client, cast: Cast, case: Case) -> None:
    outlet = make.source(cast, name="Tasnim")
    work, other = make.source(cast, case, "Work", publisher_id=outlet.pk), make.source(cast, case, "Other")
    page = shown(client, cast.amal, publisher=outlet.reference)
    assert f">{work.reference}<" in page
    assert f">{other.reference}<" not in page


def test_a_restricted_case_is_not_there(client: Client, cast: Cast, restricted: Case) -> None:
    make.source(cast, restricted, "Hidden")
    page = shown(client, cast.dana)
    assert "Hidden" not in page
    assert restricted.title not in page
    assert "No sources yet" in page
    assert client.get("/cases/restricted/sources/").status_code == 404
    assert "Hidden" in shown(client, cast.omar)


def test_pages(client: Client, cast: Cast, case: Case) -> None:
    for number in range(51):
        make.source(cast, case, f"Source {number}")
    assert "1 to 50 of 51" in shown(client, cast.amal)
    assert "51 to 51 of 51" in shown(client, cast.amal, page="2")


def test_a_fixed_number_of_queries(client: Client, cast: Cast, case: Case, django_assert_num_queries: Any) -> None:
    def fill() -> None:
        outlet = make.source(cast, case)
        for grade in "AB":
            make.assessment(cast, make.source(cast, case, publisher_id=outlet.pk), grade)

    fill()
    client.force_login(cast.amal)
    client.get("/sources/")
    with django_assert_num_queries(6):
        client.get("/sources/")
    fill()
    with django_assert_num_queries(6):
        client.get("/sources/")
    assert client.post("/sources/").status_code == 405
