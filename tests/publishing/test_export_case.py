"""`export_case`: the reverse of an import, without what must not leave the house."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator

from audit.models import Act
from newsroom.models import Case
from publishing.casefile.checking import schema
from publishing.casefile.exporting import WITHHELD, export_case
from publishing.casefile.importing import import_case
from publishing.operator import NAME
from tests.cast import Cast
from tests.publishing import casefiles
from tests.sources import make as sources
from tests.verification import make
from verification.actions import evidence
from verification.actions.chain import Step
from verification.models import Evidence
from verification.passages import Place


def exported(case: Case) -> dict[str, Any]:
    document = export_case(actor=NAME, case_id=case.pk)
    Draft202012Validator(schema()).validate(document)
    return document


def told(document: dict[str, Any], slug: str = "") -> dict[str, Any]:
    """Without what belongs to one installation: references and places in its record."""

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: strip(inner) for name, inner in value.items() if name not in {"ref", "history"}}
        return [strip(each) for each in value] if isinstance(value, list) else value

    stripped: dict[str, Any] = strip(document)
    return stripped | {"case": stripped["case"] | ({"slug": slug} if slug else {})}


def test_it_works(cast: Cast, tmp_path: Path) -> None:
    case, _written = import_case(actor=cast.chadi, document=casefiles.small())
    said = StringIO()
    call_command("export_case", case.slug, stdout=said)
    document = json.loads(said.getvalue())
    claim = document["claims"][0]
    assert (claim["key"], claim["ref"]) == ("2", case.claims.get(key="2").reference)
    assert claim["evidence"][0] == casefiles.small()["claims"][0]["evidence"][0] | {
        "ref": Evidence.objects.get(key="2a").reference,
        "hops": [
            {"source": "S11", "kind": "TRANSLATES", "verified_relay": False},
            {"source": "S1", "kind": "QUOTES", "verified_relay": False},
        ],
        "quote": casefiles.small()["claims"][0]["evidence"][0]["quote"] | {"language": "ar"},
    }
    assert claim["history"][0]["name"] == "case.import"


def test_out_and_in_again_is_the_same(cast: Cast) -> None:
    """In another installation, which here is another case: keys belong to their case."""
    case, _written = import_case(actor=cast.chadi, document=casefiles.small())
    first = exported(case)
    other, written = import_case(actor=cast.chadi, document=told(first, slug="another"))
    assert written
    assert told(exported(other)) == told(first, slug="another")


def test_out_and_in_where_it_came_from_changes_nothing(cast: Cast) -> None:
    """Also for what was made on the desk and has no keys but its references."""
    case, _written = import_case(actor=cast.chadi, document=casefiles.small())
    newsroom = sources.source(cast, None, name="Reuters", kind="OUTLET")
    claim = make.claim(cast, case)
    make.account(cast, claim, Step(newsroom.pk, "QUOTES"), source=sources.source(cast, case).pk)
    acts = Act.objects.count()
    document = exported(case)
    assert newsroom.reference in [source["key"] for source in document["sources"]]
    assert import_case(actor=cast.chadi, document=document) == (case, False)
    assert Act.objects.count() == acts + 1  # the export


def test_it_is_on_record_who_asked(cast: Cast, case: Case) -> None:
    call_command("export_case", case.slug, email=cast.chadi.email, stdout=StringIO())
    call_command("export_case", case.slug, stdout=StringIO())
    acts = Act.objects.filter(name="case.export", case=case).order_by("pk")
    assert [(each.actor, each.actor_name, each.origin) for each in acts] == [
        (cast.chadi, "Chadi", "command export_case"),
        (None, "command line", "command export_case"),
    ]
    assert all(each.reason.startswith("sha256:") for each in acts)


def test_a_restricted_case_does_not_exist_for_a_stranger(cast: Cast, restricted: Case) -> None:
    with pytest.raises(CommandError, match="There is no case “restricted”"):
        call_command("export_case", restricted.slug, email=cast.dana.email)
    with pytest.raises(CommandError, match="There is no case “nowhere”"):
        call_command("export_case", "nowhere", email=cast.dana.email)
    assert not Act.objects.filter(name="case.export").exists()


def test_who_may_see_it_may_not_yet_take_it_out(cast: Cast, case: Case) -> None:
    with pytest.raises(CommandError, match="takes an editor"):
        call_command("export_case", case.slug, email=cast.amal.email)


def test_into_a_file(cast: Cast, case: Case, tmp_path: Path) -> None:
    call_command("export_case", case.slug, output=tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["case"]["slug"] == case.slug
    for nowhere, why in ((tmp_path, "Is a directory"), (tmp_path / "nowhere" / "out.json", "No such file")):
        with pytest.raises(CommandError, match=why):
            call_command("export_case", case.slug, output=nowhere)
    assert Act.objects.filter(name="case.export").count() == 1


def test_a_disk_that_is_full_leaves_what_was_there(cast: Cast, case: Case, tmp_path: Path, full: None) -> None:
    """A file of an earlier export is replaced by a whole one or not at all."""
    (tmp_path / "out.json").write_text("earlier", encoding="utf-8")
    with pytest.raises(CommandError, match="File too large"):
        call_command("export_case", case.slug, output=tmp_path / "out.json")
    assert (tmp_path / "out.json").read_text("utf-8") == "earlier"
    assert [each.name for each in tmp_path.iterdir()] == ["out.json"]
    assert not Act.objects.filter(name="case.export").exists()


def test_off_the_record_stays(cast: Cast, case: Case) -> None:
    """The account, and a source that stands in nothing else."""
    claim = make.claim(cast, case)
    make.account(cast, claim, Step(make.person("عقيد متقاعد"), "TOLD_BY"), attribution="OFF_THE_RECORD", quotation="سر")
    make.account(cast, claim, source=make.article("An article"))
    document = exported(case)
    assert [source["name"] for source in document["sources"]] == ["An article"]
    assert len(document["claims"][0]["evidence"]) == 1
    assert "عقيد" not in json.dumps(document, ensure_ascii=False)
    assert "سر" not in json.dumps(document, ensure_ascii=False).replace("سرا", "")


def test_a_source_told_of_elsewhere_is_told_of(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    outlet = sources.source(cast, case, name="An outlet")
    make.account(cast, claim, source=outlet.pk, attribution="OFF_THE_RECORD")
    make.account(cast, claim, source=outlet.pk, attribution="BACKGROUND")
    assert [source["name"] for source in exported(case)["sources"]] == ["An outlet"]


def test_deep_background_leaves_without_any_attribution(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    chain = {"basis": "WITNESSED", "attribution": "DEEP_BACKGROUND", "quotation": "رأيته بنفسي"}
    for name in ("ضابط في القصر", "ضابط آخر"):
        make.account(cast, claim, Step(make.person(name), "TOLD_BY"), source=make.person("وسيط"), **chain)
    document = exported(case)
    assert [source["key"] for source in document["sources"]] == [WITHHELD]
    assert [
        {name: value for name, value in each.items() if name not in {"key", "ref"}}
        for each in document["claims"][0]["evidence"]
    ] == [
        {"stance": "SUPPORTS", "attribution": "DEEP_BACKGROUND", "credibility": 6, "source": WITHHELD},
    ] * 2
    text = json.dumps(document, ensure_ascii=False)
    assert not [word for word in ("ضابط", "وسيط", "رأيته", "WITNESSED") if word in text]


def test_what_was_withheld_once_is_withheld_the_same_way_again(cast: Cast, case: Case) -> None:
    make.account(cast, make.claim(cast, case), attribution="DEEP_BACKGROUND")
    first = told(exported(case), slug="another")
    other, _written = import_case(actor=cast.chadi, document=first)
    assert told(exported(other)) == first


def test_withdrawn_evidence_stays(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    account = make.account(cast, claim)
    evidence.withdraw(actor=cast.amal, evidence_id=account.pk, reason="It was about another day.")
    assert "evidence" not in exported(case)["claims"][0]


def test_confirmed_by_others_leaves_only_with_the_others(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    make.account(cast, claim, source=make.person("A"), basis="WITNESSED", attribution="OFF_THE_RECORD")
    make.account(cast, claim, source=make.person("B"), basis="WITNESSED", credibility=1)
    document = exported(case)
    assert [each["credibility"] for each in document["claims"][0]["evidence"]] == [2]
    import_case(actor=cast.chadi, document=told(document, slug="another"))


def test_a_protected_source_has_no_address(cast: Cast, case: Case) -> None:
    make.account(cast, make.claim(cast, case), source=make.person(protected=True, url="https://example.org/~me"))
    assert "url" not in exported(case)["sources"][0]


def bound(cast: Cast, case: Case, **terms: Any) -> Evidence:
    """Evidence whose words stand in a capture of its carrier."""
    carrier = sources.source(cast, case, "الترجمة", protected=terms.pop("protected", False))
    capture = sources.capture(cast, carrier, "قال القائد: «دخلنا الحي» ثم مضى.", language="ar")
    start = "قال القائد: «دخلنا الحي» ثم مضى.".index("دخلنا")
    place = Place(capture.pk, start, start + len("دخلنا الحي"))
    return make.account(cast, make.claim(cast, case), source=carrier.pk, place=place, **terms)


def test_where_the_words_stand_leaves_and_is_ignored_coming_in(cast: Cast, case: Case) -> None:
    excerpt = bound(cast, case).excerpt
    assert excerpt is not None
    document = exported(case)
    assert document["claims"][0]["evidence"][0]["excerpt"] == {
        "text_digest": excerpt.text_digest,
        "language": "ar",
        "selectors": [
            {
                "type": "TextQuoteSelector",
                "exact": "دخلنا الحي",
                "prefix": "قال القائد: «",
                "suffix": "» ثم مضى.",
            },
            {"type": "TextPositionSelector", "start": 13, "end": 23},
        ],
    }
    copy = document | {"case": document["case"] | {"slug": "copy"}}
    another, _written = import_case(actor=cast.chadi, document=copy)
    assert Evidence.objects.get(claim__case=another).excerpt is None


@pytest.mark.parametrize("terms", [{"attribution": "DEEP_BACKGROUND"}, {"protected": True}])
def test_what_stands_around_words_told_in_confidence_stays(cast: Cast, case: Case, terms: dict[str, Any]) -> None:
    bound(cast, case, **terms)
    assert "مضى" not in json.dumps(exported(case), ensure_ascii=False)
