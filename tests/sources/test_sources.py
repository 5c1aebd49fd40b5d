"""Registering, correcting and sharing sources."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from audit.models import Act
from newsroom.models import Case
from newsroom.permits import Denied
from newsroom.versions import Stale
from sources.actions import sources
from sources.models import Source, SourceKind
from tests.cast import Cast
from tests.sources import make


def edited(cast: Cast, source: Source, **changes: Any) -> Source:
    names = ("kind", "name", "language", "translations", "protected", "publisher_id", "url", "published_at", "note")
    facts = {name: getattr(source, name) for name in names}
    return sources.edit(**{"actor": cast.amal, "source_id": source.pk, "version": source.version, **facts, **changes})


def refusals(refused: Any) -> dict[str, list[str]]:
    return dict(refused.value.message_dict)


def test_it_works(cast: Cast, case: Case) -> None:
    source = make.source(cast, case, " تسنيم ", kind=SourceKind.OUTLET, translations={"EN": "Tasnim"})
    assert (source.name, source.case, source.created_by) == ("تسنيم", case, cast.amal)
    assert (source.name_in("en"), source.name_in("ar"), source.name_in("fr")) == ("Tasnim", "تسنيم", "تسنيم")
    act = Act.objects.latest("id")
    assert (act.name, act.case, act.actor) == ("source.create", case, cast.amal)


def test_an_observer_is_refused(cast: Cast, case: Case) -> None:
    with pytest.raises(Denied, match="that takes a researcher"):
        make.source(cast, case, actor=cast.omar)
    with pytest.raises(Denied):
        make.source(cast, actor=cast.omar)


def test_a_stranger_is_refused(cast: Cast, restricted: Case) -> None:
    with pytest.raises(Denied):
        make.source(cast, restricted, actor=cast.dana)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        # an override turns a name into another one on the page
        ("name", "Tas\u202emin"),
        ("name", "Tasnim\x00"),
        ("name", "Tasnim\ud800"),
        ("name", "x" * 301),
        ("name", " \u200b"),
        # in any language
        ("translations", {"en": "Tas\u202emin"}),
        ("translations", {"English": "Tasnim"}),
        ("note", "\x00"),
        ("url", "https://desk:secret@example.org/"),
        ("url", "javascript:alert(1)"),
        ("url", "https://example.org/\x00"),
        ("url", "https://example.org/\ud800"),
        ("url", "https://example.org/" + "a" * 3000),
        ("published_at", "2024-02-31"),
        ("published_at", "yesterday"),
        ("published_at", "2024\x00"),
        ("kind", "RUMOUR"),
        ("language", "Arabic"),
    ],
)
def test_bad_input_is_refused_where_it_stands(cast: Cast, case: Case, field: str, typed: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        make.source(cast, case, **{field: typed})
    assert list(refusals(refused)) == [field]
    assert not Source.objects.exists()


def test_a_publisher_is_a_source_that_can_be_used_there(cast: Cast, case: Case, restricted: Case) -> None:
    ours, newsroom, hidden = make.source(cast, case), make.source(cast), make.source(cast, restricted)
    assert make.source(cast, case, publisher_id=ours.pk).publisher == ours
    assert make.source(cast, case, publisher_id=newsroom.pk).publisher == newsroom
    for place, publisher in [(case, hidden), (None, ours), (None, hidden)]:
        with pytest.raises(ValidationError) as refused:
            make.source(cast, place, publisher_id=publisher.pk)
        assert list(refusals(refused)) == ["publisher"]


def test_an_edit_is_recorded(cast: Cast, case: Case) -> None:
    source = make.source(cast, case, "تسنيم")
    after = edited(cast, source, name="وكالة تسنيم", url="https://Example.org:443/a?utm_source=x")
    assert (after.version, after.url, after.canonical_url) == (
        2,
        "https://Example.org:443/a?utm_source=x",
        "https://example.org/a",
    )
    assert [row.name for row in after.history.all()] == ["وكالة تسنيم", "تسنيم"]
    assert list(Source.objects.found_by("وكاله")) == [after]


def test_the_second_of_two_editors_is_told(cast: Cast, case: Case) -> None:
    source = make.source(cast, case, "تسنيم")
    edited(cast, source, name="وكالة تسنيم")
    with pytest.raises(Stale) as stale:
        edited(cast, source, name="تسنيم نيوز", actor=cast.basim)
    assert (stale.value.who, [change.now for change in stale.value.changes]) == ("Amal", ["وكالة تسنيم"])


def test_a_source_does_not_publish_itself(cast: Cast, case: Case) -> None:
    source = make.source(cast, case)
    with pytest.raises(ValidationError, match="its own publisher"):
        edited(cast, source, publisher_id=source.pk)


def test_an_editor_shares_a_source_with_the_newsroom(cast: Cast, case: Case) -> None:
    source = make.source(cast, case)
    with pytest.raises(Denied, match="takes an editor"):
        sources.share(actor=cast.amal, source_id=source.pk, version=1)
    shared = sources.share(actor=cast.chadi, source_id=source.pk, version=1)
    assert (shared.case, Act.objects.latest("id").case) == (None, case)
    with pytest.raises(ValidationError, match="already"):
        sources.share(actor=cast.chadi, source_id=source.pk, version=2)


def test_sharing_out_of_a_restricted_case_takes_a_reason(cast: Cast, restricted: Case) -> None:
    source = make.source(cast, restricted)
    for reason in ("", " \u200b"):
        with pytest.raises(ValidationError) as refused:
            sources.share(actor=cast.chadi, source_id=source.pk, version=1, reason=reason)
        assert list(refusals(refused)) == ["reason"]
    assert not Source.objects.visible_to(cast.dana).exists()
    sources.share(actor=cast.chadi, source_id=source.pk, version=1, reason="It is a public outlet.")
    assert Source.objects.visible_to(cast.dana).get() == source


def test_a_publisher_is_shared_before_what_it_published(cast: Cast, case: Case) -> None:
    article = make.source(cast, case, publisher_id=make.source(cast, case).pk)
    with pytest.raises(ValidationError, match="Share the publisher first"):
        sources.share(actor=cast.chadi, source_id=article.pk, version=1)


def test_a_source_of_a_restricted_case_does_not_exist_for_strangers(cast: Cast, restricted: Case) -> None:
    source = make.source(cast, restricted)
    assert not Source.objects.visible_to(cast.dana).found_by(source.name).exists()
    assert Source.objects.visible_to(cast.omar).by_reference(source.reference).get() == source


@pytest.mark.parametrize("reference", ["", "S-", "S-x", "C-000001", "S-٣", "S-1\n", "S-9999999999"])
def test_what_is_no_reference_finds_nothing(db: None, reference: str) -> None:
    assert not Source.objects.by_reference(reference).exists()
