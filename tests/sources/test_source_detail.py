"""The page of one source."""

from typing import Any

from django.test import Client

from newsroom.models import Case
from sources.actions import relations
from sources.models import SourceKind, Standing
from tests.cast import Cast
from tests.sources import make


def shown(client: Client, person: Any, reference: str) -> str:
    client.force_login(person)
    answer = client.get(f"/sources/{reference}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_works(client: Client, cast: Cast, case: Case) -> None:
    outlet = make.source(cast, name="تسنيم", kind=SourceKind.OUTLET, translations={"en": "Tasnim"})
    guard = make.source(cast, name="IRGC", kind=SourceKind.ORGANISATION)
    make.affiliation(cast, outlet, guard, basis="Its statutes.")
    original = make.source(cast, case, "The original", url="https://example.org/a", published_at="2024-11-28")
    article = make.source(cast, case, "Its translation", publisher_id=outlet.pk, note="Seen <b>twice</b>.")
    make.derivation(cast, article, original)
    make.assessment(cast, article, "B", reason="It was right before.")
    page = shown(client, cast.amal, article.reference)
    for words in ("Its translation", "Tasnim", "translates", "The original", "not checked against it", "right before"):
        assert words in page
    assert "Seen &lt;b&gt;twice&lt;/b&gt;." in page
    assert "28 November 2024" in shown(client, cast.amal, original.reference)
    page = shown(client, cast.amal, outlet.reference)
    for words in ("is controlled by", "IRGC", "Its statutes.", "Its translation", "تسنيم"):
        assert words in page


def test_of_a_protected_source_it_says_that_nothing_is_stored(client: Client, cast: Cast, case: Case) -> None:
    source = make.source(cast, case, kind=SourceKind.PERSON, protected=True)
    assert "The identity of this source is not stored here." in shown(client, cast.amal, source.reference)


def test_only_works_are_made_from_works(client: Client, cast: Cast, case: Case) -> None:
    for kind in SourceKind:
        page = shown(client, cast.amal, make.source(cast, case, kind=kind).reference)
        assert ("Record what it was made from" in page) is (kind not in ("PERSON", "ORGANISATION", "OUTLET"))


def test_hidden_characters_are_shown(client: Client, cast: Cast, case: Case) -> None:
    source = make.source(cast, case, note="a\u202eb")
    assert ">RLO</span>" in shown(client, cast.amal, source.reference)


def test_withdrawn_ones_stay_on_record(client: Client, cast: Cast, case: Case) -> None:
    derivation = make.derivation(cast, make.source(cast, case), make.source(cast, case))
    relations.set_derivation_standing(
        actor=cast.amal, derivation_id=derivation.pk, version=1, standing=Standing.WITHDRAWN, reason="Another work."
    )
    page = shown(client, cast.amal, derivation.downstream.reference)
    assert "Another work." in page
    assert "withdrawn" in page
    assert f"/derivations/{derivation.pk}/" not in page


def test_strangers_meet_nothing(client: Client, cast: Cast, restricted: Case) -> None:
    source = make.source(cast, restricted)
    client.force_login(cast.dana)
    for ref in (source.reference, "S-999999", "C-000001", "x", "S-99999999999999999999"):
        for face in ("", "edit/", "share/", "assess/", "affiliate/", "derive/"):
            assert client.get(f"/sources/{ref}/{face}").status_code == 404
    assert client.get("/derivations/99999999999999999999999/relay/").status_code == 404


def test_a_newsroom_source_says_nothing_of_a_hidden_one(client: Client, cast: Cast, restricted: Case) -> None:
    outlet = make.source(cast, name="Tasnim")
    work = make.source(cast, restricted, "Hidden work", publisher_id=outlet.pk)
    derivation, affiliation = make.derivation(cast, work, outlet), make.affiliation(cast, work, outlet)
    page = shown(client, cast.dana, outlet.reference)
    assert "Hidden work" not in page
    assert "Hidden work" in shown(client, cast.omar, outlet.reference)
    client.force_login(cast.dana)
    for url in (f"/derivations/{derivation.pk}/relay/", f"/affiliations/{affiliation.pk}/standing/"):
        assert client.get(url).status_code == 404


def test_who_may_only_read_is_offered_nothing_else(client: Client, cast: Cast, case: Case) -> None:
    source = make.source(cast, case)
    page = shown(client, cast.omar, source.reference)
    for face in ("edit", "share", "assess", "affiliate", "derive"):
        assert f"/{face}/" not in page
        assert client.get(f"/sources/{source.reference}/{face}/").status_code == 403
    assert "/share/" in shown(client, cast.chadi, source.reference)
    assert "/share/" not in shown(client, cast.amal, source.reference)


def test_a_fixed_number_of_queries(client: Client, cast: Cast, case: Case, django_assert_num_queries: Any) -> None:
    source = make.source(cast, case)

    def fill() -> None:
        other = make.source(cast, case, publisher_id=source.pk)
        for relate in (make.derivation, make.affiliation):
            relate(cast, source, other)
            relate(cast, other, source)
        make.assessment(cast, source, topic=str(other.pk))

    fill()
    client.force_login(cast.amal)
    client.get(source.get_absolute_url())
    with django_assert_num_queries(14):
        client.get(source.get_absolute_url())
    fill()
    with django_assert_num_queries(14):
        client.get(source.get_absolute_url())
    assert client.post(source.get_absolute_url()).status_code == 405
