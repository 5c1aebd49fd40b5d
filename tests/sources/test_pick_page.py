"""What a picker offers: only what may be known of and used there."""

from typing import Any

import pytest
from django import forms
from django.test import Client

from newsroom.models import Case
from sources.models import SourceKind
from sources.picking import SourceField
from tests.cast import Cast
from tests.sources import make


def picked(client: Client, person: Any, **query: str) -> str:
    client.force_login(person)
    answer = client.get("/sources/pick/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_works(client: Client, cast: Cast, case: Case) -> None:
    outlet = make.source(cast, name="وكالة تسنيم", kind=SourceKind.OUTLET, translations={"en": "Tasnim"})
    article = make.source(cast, case, "مقتل قائد", publisher_id=outlet.pk)
    make.source(cast, case, "ميدل إيست آي")
    page = picked(client, cast.amal, case="aleppo", q="وكاله تسنيم", name="id_source")
    assert f'id="id_source_{outlet.pk}" data-source="{outlet.pk}" data-name="Tasnim"' in page
    assert f'data-source="{article.pk}"' not in page
    assert "Register <bdi>وكاله تسنيم</bdi> as a new source" in page


@pytest.mark.parametrize("words", ["tas MIN", "s-{pk}", "https://EXAMPLE.org:443/a?utm_source=x#top"])
def test_it_is_found_by_words_number_and_address(client: Client, cast: Cast, case: Case, words: str) -> None:
    source = make.source(cast, case, "Tasnim, a minute", url="https://example.org/a")
    other = make.source(cast, case, "Other")
    page = picked(client, cast.amal, case="aleppo", q=words.format(pk=source.pk))
    assert f'data-source="{source.pk}"' in page
    assert f'data-source="{other.pk}"' not in page


def test_names_that_begin_so_come_first_and_twelve_are_enough(client: Client, cast: Cast, case: Case) -> None:
    first = make.source(cast, case, "Tasnim")
    for number in range(13):
        make.source(cast, case, f"Read in Tasnim {number}")
    page = picked(client, cast.amal, case="aleppo", q="tasnim")
    assert page.count("data-source=") == 12
    assert page.index(f'data-source="{first.pk}"') == page.index("data-source=")


def test_of_what_cannot_be_used_nothing_is_said(client: Client, cast: Cast, case: Case, restricted: Case) -> None:
    hidden = make.source(cast, restricted, "Tasnim")
    assert "data-source" not in picked(client, cast.dana, case="aleppo", q="tasnim")
    assert "data-source" not in picked(client, cast.amal, q=hidden.reference)
    assert "data-source" not in picked(client, cast.amal, case="aleppo", q="tasnim")
    assert "data-source" in picked(client, cast.amal, case="restricted", q="tasnim")


def test_a_stranger_meets_no_case(client: Client, cast: Cast, restricted: Case) -> None:
    client.force_login(cast.dana)
    assert client.get("/sources/pick/", {"case": "restricted"}).status_code == 404
    assert client.get("/sources/pick/", {"case": "none"}).status_code == 404
    assert client.post("/sources/pick/").status_code == 405


def test_an_observer_is_offered_no_new_source(client: Client, cast: Cast, case: Case) -> None:
    assert "data-new" not in picked(client, cast.omar, case="aleppo", q="x")


@pytest.mark.parametrize(
    "words", ["\x00", "\ud800".encode("utf-8", "replace").decode(), "%", "x" * 5000, "\u202e", "'"]
)
def test_any_words_will_do(client: Client, cast: Cast, case: Case, words: str) -> None:
    picked(client, cast.amal, case="aleppo", q=words)


def test_a_fixed_number_of_queries(
    client: Client, cast: Cast, case: Case, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    outlet = make.source(cast, case)
    client.force_login(cast.amal)
    with django_assert_max_num_queries(8) as few:
        client.get("/sources/pick/", {"case": "aleppo"})
    for number in range(5):
        make.source(cast, case, f"Article {number}", publisher_id=outlet.pk)
    with django_assert_num_queries(len(few)):
        client.get("/sources/pick/", {"case": "aleppo"})


class Chain(forms.Form):
    source = SourceField(label="Source")


def chain(cast: Cast, case: Case, data: dict[str, Any] | None = None, **options: Any) -> Chain:
    form = Chain(data, **options)
    form.fields["source"].among(cast.amal, case)  # type: ignore[attr-defined]
    return form


class TestTheField:
    def test_it_cleans_to_an_id(self, cast: Cast, case: Case) -> None:
        source = make.source(cast, case)
        for data in ({"source": source.pk, "source_words": "typed"}, {"source_words": f" {source.reference} "}):
            form = chain(cast, case, data)
            assert form.is_valid(), form.errors
            assert form.cleaned_data == {"source": source.pk}

    @pytest.mark.parametrize("typed", ["x", "0", "9" * 30, "٣", "-1"])
    def test_it_refuses_what_is_no_source_and_keeps_it(self, cast: Cast, case: Case, typed: str) -> None:
        form = chain(cast, case, {"source": typed, "source_words": "Tas<min"})
        assert "write its number" in form.errors["source"][0]
        assert 'value="Tas&lt;min"' in str(form["source"])

    def test_a_hidden_source_is_refused_like_one_that_does_not_exist(
        self, cast: Cast, case: Case, restricted: Case
    ) -> None:
        hidden = make.source(cast, restricted)
        forms_ = [chain(cast, case, {"source": str(pk)}) for pk in (hidden.pk, hidden.pk + 1)]
        assert forms_[0].errors == forms_[1].errors != {}

    def test_nothing_will_do_only_where_it_may_be_left_out(self, cast: Cast, case: Case) -> None:
        assert "required" in chain(cast, case, {"source": ""}).errors["source"][0]

    def test_showing_it_asks_the_database_nothing(self, cast: Cast, case: Case, django_assert_num_queries: Any) -> None:
        source = make.source(cast, case, "تسنيم")
        form = chain(cast, case, initial={"source": source})
        with django_assert_num_queries(0):
            page = str(form["source"])
        assert f'name="source" value="{source.pk}"' in page
        assert 'value="تسنيم"' in page
        assert 'aria-controls="id_source_options"' in page
        assert "/sources/pick/?case=aleppo" in page
