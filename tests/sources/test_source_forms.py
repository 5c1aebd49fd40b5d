"""Registering and correcting a source in the browser, and asserting things of it."""

from typing import Any

import pytest
from django.test import Client

from newsroom.models import Case
from sources.actions import sources
from sources.models import Source, SourceKind, Standing
from tests.cast import Cast
from tests.sources import make

FACTS = {"kind": "OUTLET", "name": "تسنيم", "language": "ar", "name_en": "Tasnim", "name_ar": ""}


@pytest.fixture
def amal(client: Client, cast: Cast) -> Client:
    client.force_login(cast.amal)
    return client


class TestCreate:
    def test_it_works(self, amal: Client, case: Case) -> None:
        answer = amal.post("/sources/new/?case=aleppo", {**FACTS, "url": "https://example.org/", "protected": "on"})
        source = Source.objects.get()
        assert answer["Location"] == source.get_absolute_url()
        assert (source.case, source.name, source.translations) == (case, "تسنيم", {"en": "Tasnim"})
        assert (source.protected, source.url) == (True, "https://example.org/")

    def test_without_a_case_it_is_the_newsrooms(self, amal: Client) -> None:
        amal.post("/sources/new/", FACTS)
        assert Source.objects.get().case is None

    def test_who_may_not(self, client: Client, cast: Cast, restricted: Case) -> None:
        client.force_login(cast.omar)
        assert client.post("/sources/new/", FACTS).status_code == 403
        client.force_login(cast.dana)
        assert client.post("/sources/new/?case=restricted", FACTS).status_code == 404
        assert not Source.objects.exists()

    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("name", "Tas\u202emin", "RIGHT-TO-LEFT OVERRIDE"),
            ("name", "Tas\x00min", "control character"),
            ("name", "x" * 301, "301 characters long"),
            ("name_en", "Tas\u202emin", "RIGHT-TO-LEFT OVERRIDE"),
            ("url", "https://desk:secret@example.org/", "a name or a password before the host"),
            ("url", "ftp://example.org/", "neither http nor https"),
            ("published_at", "2024-02-31", "2024-02-31"),
            ("publisher_words", "Nobody knows", "Choose a source from the list"),
            ("kind", "RUMOUR", "Select a valid choice"),
        ],
    )
    def test_bad_input_is_kept_and_explained(self, amal: Client, field: str, typed: str, said: str) -> None:
        page = amal.post("/sources/new/", {**FACTS, field: typed}).content.decode()
        assert said in page
        assert typed in page or field == "kind"
        assert "تسنيم" in page or field == "name"
        assert not Source.objects.exists()

    def test_a_publisher_of_another_case_is_refused(
        self, amal: Client, cast: Cast, case: Case, restricted: Case
    ) -> None:
        hidden = make.source(cast, restricted)
        page = amal.post("/sources/new/?case=aleppo", {**FACTS, "publisher": hidden.pk}).content.decode()
        assert "Choose a source from the list" in page

    def test_what_is_on_record_already_is_shown_first(self, amal: Client, cast: Cast, case: Case) -> None:
        make.source(cast, name="وكالة أخرى", translations={"en": "tasnim"})
        at_address = make.source(cast, case, "Other", url="https://example.org/a")
        for facts in ({**FACTS, "name": "TASNIM"}, {**FACTS, "url": "https://EXAMPLE.org/a#x"}):
            assert "on record already" in amal.post("/sources/new/?case=aleppo", facts).content.decode()
        assert Source.objects.latest("pk") == at_address
        amal.post("/sources/new/?case=aleppo", {**FACTS, "name": "TASNIM", "another": "on"})
        assert Source.objects.latest("pk").name == "TASNIM"

    def test_a_hidden_double_is_not_spoken_of(self, client: Client, cast: Cast, restricted: Case) -> None:
        make.source(cast, restricted, "تسنيم")
        client.force_login(cast.dana)
        client.post("/sources/new/", FACTS)
        assert Source.objects.visible_to(cast.dana).get().name == "تسنيم"

    def test_in_a_dialog_it_is_the_form_alone_and_answers_with_what_was_made(self, amal: Client, case: Case) -> None:
        htmx: Any = {"HX-Request": "true"}
        page = amal.get("/sources/new/?case=aleppo&name=Tasnim", headers=htmx).content.decode()
        assert "<html" not in page
        assert 'value="Tasnim"' in page
        page = amal.post("/sources/new/?case=aleppo", FACTS, headers=htmx).content.decode()
        assert f'data-source="{Source.objects.get().pk}" data-name="Tasnim"' in page
        page = amal.get("/sources/new/", {"name": "tasni"}, headers={**htmx, "HX-Target": "new_alike"}).content.decode()
        assert "Tasnim" not in page
        page = amal.get(
            "/sources/new/?case=aleppo&name=tasni", headers={**htmx, "HX-Target": "new_alike"}
        ).content.decode()
        assert "Tasnim" in page


class TestEdit:
    def test_it_works(self, amal: Client, cast: Cast, case: Case) -> None:
        outlet = make.source(cast, name="Outlet")
        source = make.source(cast, case, "تسنيم", translations={"fa": "تسنیم"}, publisher_id=outlet.pk)
        url = f"{source.get_absolute_url()}edit/"
        assert f'name="publisher" value="{outlet.pk}"' in amal.get(url).content.decode()
        facts = {**FACTS, "name_fa": "تسنیم", "publisher": outlet.pk, "version": 1}
        assert amal.post(url, facts)["Location"] == source.get_absolute_url()
        source.refresh_from_db()
        assert source.translations == {"en": "Tasnim", "fa": "تسنیم"}
        assert (source.kind, source.publisher, source.version) == (SourceKind.OUTLET, outlet, 2)

    def test_the_second_of_two_sees_both_and_decides(self, amal: Client, cast: Cast, case: Case) -> None:
        source = make.source(cast, case, "تسنيم")
        outlet = make.source(cast, case, "Outlet")
        sources.edit(
            actor=cast.basim,
            source_id=source.pk,
            version=1,
            kind="ARTICLE",
            name="وكالة تسنيم",
            language="ar",
            translations={"en": "Agency"},
            protected=False,
            publisher_id=outlet.pk,
            url="",
            published_at="",
            note="",
        )
        url = f"{source.get_absolute_url()}edit/"
        page = amal.post(url, {**FACTS, "version": 1}).content.decode()
        for words in ("<bdi>Basim</bdi> changed this", "وكالة تسنيم", "Agency", "Outlet", "Tasnim"):
            assert words in page
        assert 'name="version" value="2"' in page
        amal.post(url, {**FACTS, "version": 2})
        source.refresh_from_db()
        assert (source.name, source.version) == ("تسنيم", 3)


def test_sharing(client: Client, cast: Cast, restricted: Case) -> None:
    source = make.source(cast, restricted)
    client.force_login(cast.chadi)
    url = f"{source.get_absolute_url()}share/"
    assert "This case is restricted" in client.get(url).content.decode()
    assert "Say why that is right" in client.post(url, {"version": 1}).content.decode()
    assert client.post(url, {"version": 1, "reason": "A public outlet."}).status_code == 302
    source.refresh_from_db()
    assert source.case is None


class TestAssertions:
    def test_a_grade(self, amal: Client, cast: Cast, case: Case) -> None:
        source = make.source(cast, case)
        url = f"{source.get_absolute_url()}assess/"
        page = amal.post(url, {"reliability": "B", "topic": "losses", "reason": ""}).content.decode()
        assert 'value="losses"' in page
        assert amal.post(url, {"reliability": "B", "topic": "losses", "reason": "Right."}).status_code == 302
        assert source.assessments.get().topic == "losses"

    def test_an_affiliation(self, amal: Client, cast: Cast, case: Case) -> None:
        source, guard = make.source(cast, case), make.source(cast, name="IRGC")
        url = f"{source.get_absolute_url()}affiliate/"
        facts = {"affiliate-kind": "BELONGS_TO", "affiliate-controller": guard.pk}
        assert amal.post(url, facts).status_code == 302
        page = amal.post(url, facts).content.decode()
        assert "on record already" in page
        assert 'value="IRGC"' in page
        facts = {"affiliate-kind": "BELONGS_TO", "affiliate-controller": source.pk}
        assert "cannot stand behind itself" in amal.post(url, facts).content.decode()

    def test_a_derivation_and_what_becomes_of_it(self, amal: Client, cast: Cast, case: Case) -> None:
        work, original = make.source(cast, case), make.source(cast, case, "The original")
        url = f"{work.get_absolute_url()}derive/"
        facts = {"derive-kind": "TRANSLATES", "derive-upstream_words": original.reference}
        assert amal.post(url, facts).status_code == 302
        derivation = work.derived_from.get()
        url = f"/derivations/{derivation.pk}/relay/"
        assert "The original" in amal.get(url).content.decode()
        assert amal.post(url, {"version": 1, "verified": "on", "reason": "Compared."}).status_code == 302
        url = f"/derivations/{derivation.pk}/standing/"
        page = amal.post(url, {"version": 1, "standing": "DISPUTED", "reason": "Too free."}).content.decode()
        assert "changed this" in page
        assert "Too free." in page
        assert amal.post(url, {"version": 2, "standing": "DISPUTED", "reason": "Too free."}).status_code == 302
        derivation.refresh_from_db()
        assert (derivation.verified_relay, derivation.standing) == (True, Standing.DISPUTED)

    def test_an_affiliation_is_disputed(self, amal: Client, cast: Cast, case: Case) -> None:
        affiliation = make.affiliation(cast, make.source(cast, case), make.source(cast, case))
        url = f"/affiliations/{affiliation.pk}/standing/"
        assert amal.post(url, {"version": 1, "standing": "DISPUTED", "reason": "Sold."}).status_code == 302
        affiliation.refresh_from_db()
        assert affiliation.standing == Standing.DISPUTED
