"""`import_case`: all or nothing, once, and a refusal that says where and what to do."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from audit.models import Act
from newsroom.models import Case, User
from publishing.operator import EMAIL
from sources.models import Affiliation, Derivation, Source
from tests.cast import Cast
from tests.publishing import casefiles
from verification.actions import claims, evidence
from verification.models import Claim, Evidence


def run(folder: Path, document: Any, **options: Any) -> str:
    said = StringIO()
    call_command("import_case", casefiles.write(folder, document), stdout=said, **options)
    return said.getvalue()


def test_it_works(cast: Cast, tmp_path: Path) -> None:
    run(tmp_path, casefiles.small(), email=cast.chadi.email)
    case = Case.objects.get(slug="officers-club")
    assert (case.policy.preset, case.language) == ("HIGH_RISK", "ar")
    assert [claim.key for claim in case.claims.order_by("pk")] == ["2", "3"]
    claim = case.claims.get(key="2")
    assert (claim.claimant and claim.claimant.key, claim.state, claim.created_by) == ("S11", "CHECKING", cast.chadi)
    account = claim.evidence.get(key="2a")
    assert [(hop.source.key, hop.kind) for hop in account.hops.all()] == [("S11", "TRANSLATES"), ("S1", "QUOTES")]
    assert (account.basis, account.quotation_language, account.credibility) == ("WITNESSED", "ar", 3)
    source = Source.objects.get(case=case, key="S11")
    assert source.publisher == Source.objects.get(case=case, key="MEE")


def test_it_is_one_act_with_the_digest_of_the_document(cast: Cast, tmp_path: Path) -> None:
    before = Act.objects.count()
    run(tmp_path, casefiles.small(), email=cast.chadi.email)
    done = Act.objects.get(name="case.import")
    assert Act.objects.count() == before + 1
    assert done.reason.startswith("sha256:")
    assert (done.actor, done.origin) == (cast.chadi, "command import_case")


def test_a_controller_that_is_no_source_becomes_an_organisation(cast: Cast, tmp_path: Path) -> None:
    run(tmp_path, casefiles.small(), email=cast.chadi.email)
    held = Affiliation.objects.get()
    assert (held.source.key, held.controller.key, held.controller.kind) == ("S5", "IRGC", "ORGANISATION")


def test_a_second_time_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    run(tmp_path, casefiles.small(), email=cast.chadi.email)
    before = counts()
    assert "Nothing is new" in run(tmp_path, casefiles.small(), email=cast.chadi.email)
    assert counts() == before


def test_nor_does_it_after_people_worked_on_it(cast: Cast, tmp_path: Path) -> None:
    """A file that was taken in once is behind us, whatever the desk made of it since."""
    run(tmp_path, casefiles.small(), email=cast.chadi.email)
    evidence.withdraw(actor=cast.amal, evidence_id=Evidence.objects.get(key="2b").pk, reason="It is another officer.")
    claims.close(actor=cast.chadi, claim_id=Claim.objects.get(key="3").pk, reason="Out of scope.")
    before = counts()
    assert "Nothing is new" in run(tmp_path, casefiles.small(), email=cast.amal.email)
    assert counts() == before


def test_the_same_said_otherwise_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    """Defaults spelt out and additions of an export are another document that says the same."""
    run(tmp_path, casefiles.small(), email=cast.chadi.email)
    before = counts()
    spelt_out = casefiles.changed(lambda document: document["claims"][1].update({"risk": "MEDIUM", "ref": "C-999999"}))
    assert "Nothing is new" in run(tmp_path, spelt_out, email=cast.chadi.email)
    assert counts() == before


def test_what_is_new_is_added(cast: Cast, tmp_path: Path) -> None:
    run(tmp_path, casefiles.small(), email=cast.chadi.email)

    def longer(document: Any) -> None:
        document["claims"][1]["evidence"] = [{"key": "3a", "stance": "SUPPORTS", "source": "S12"}]
        document["claims"].append({"key": "4", "statement": "أمر بالانسحاب."})
        document["sources"].append({"key": "S9", "kind": "STATEMENT", "name": "A statement"})

    before = counts()
    run(tmp_path, casefiles.changed(longer), email=cast.amal.email)
    after = counts()
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {
        "claims": 1,
        "evidence": 1,
        "sources": 1,
        "acts": 1,
    }
    assert Claim.objects.get(key="3").state == "CHECKING"


def test_an_editor_opens_the_case_and_a_researcher_fills_it(cast: Cast, tmp_path: Path) -> None:
    empty = {key: casefiles.small()[key] for key in ("format", "case")}
    with pytest.raises(CommandError, match="role on this desk"):
        run(tmp_path, empty, email=cast.amal.email)
    run(tmp_path, empty, email=cast.chadi.email)
    with pytest.raises(CommandError, match="takes a researcher"):
        run(tmp_path, casefiles.small(), email=cast.omar.email)
    run(tmp_path, casefiles.small(), email=cast.amal.email)
    assert Claim.objects.get(key="2").created_by == cast.amal


def test_without_a_person_it_is_the_command_line(db: None, tmp_path: Path) -> None:
    """On an installation where nobody is yet; nobody can sign in as it, and four eyes bar nobody."""
    run(tmp_path, casefiles.small())
    importer = User.objects.get()
    assert (importer.email, importer.has_usable_password()) == (EMAIL, False)
    assert Claim.objects.get(key="2").created_by == importer
    assert not User.objects.colleagues().exists(), "nobody is to be offered it where work is given out"


def test_a_refused_file_leaves_nothing_behind(db: None, tmp_path: Path) -> None:
    faulty = casefiles.changed(lambda document: document["claims"][1].update({"happened": "2024-02-31"}))
    with pytest.raises(CommandError, match="Nothing was imported"):
        run(tmp_path, faulty)
    assert set(counts().values()) == {0}
    assert not User.objects.exists()


def test_a_restricted_case_needs_its_first_member(cast: Cast, tmp_path: Path) -> None:
    restricted = casefiles.changed(lambda document: document["case"].update({"restricted": True}))
    with pytest.raises(CommandError, match="--as EMAIL"):
        run(tmp_path, restricted)
    run(tmp_path, restricted, email=cast.chadi.email)
    assert not Case.objects.visible_to(cast.dana).exists()
    assert Case.objects.visible_to(cast.chadi).exists()


def test_a_stranger_learns_no_more_than_that_the_name_is_taken(cast: Cast, restricted: Case, tmp_path: Path) -> None:
    mine = casefiles.changed(lambda document: document["case"].update({"slug": restricted.slug, "title": "Another"}))
    before = counts()
    with pytest.raises(CommandError) as refused:
        run(tmp_path, mine, email=cast.dana.email)
    assert str(refused.value).splitlines() == [
        "Nothing was imported.",
        "$.case.slug: This short name is taken. Choose another one.",
    ]
    assert counts() == before


def test_nobody_by_that_address(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nobody@"):
        run(tmp_path, casefiles.small(), email="nobody@example.org")


def test_a_file_that_is_not_there(db: None) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_case", "nowhere.json")


def test_two_who_confirm_each_other_are_judged_once_both_are_there(cast: Cast, tmp_path: Path) -> None:
    def confirmed(document: Any) -> None:
        document["claims"][1]["evidence"] = [
            {"key": key, "stance": "SUPPORTS", "source": key, "basis": "WITNESSED", "credibility": 1}
            for key in ("S1", "S12")
        ]

    run(tmp_path, casefiles.changed(confirmed), email=cast.chadi.email)
    assert {each.credibility for each in Evidence.objects.filter(claim__key="3")} == {1}


def at(*path: Any) -> Callable[[Any], Any]:
    def reach(document: Any) -> Any:
        for part in path:
            document = document[part]
        return document

    return reach


def put(*path: Any, value: Any) -> Callable[[Any], object]:
    *above, name = path
    return lambda document: at(*above)(document).__setitem__(name, value)


CLAIM = ("claims", 0)
ACCOUNT = (*CLAIM, "evidence", 0)
LONG_CHAIN = [{"source": f"S{n}", "kind": "QUOTES"} for n in range(13)]
REFUSED: list[tuple[str, Callable[[Any], object], str]] = [
    ("another format", put("format", value="isnad-case/2"), "$.format: This is not the format"),
    ("no case", lambda d: d.pop("case"), "$: The key “case” is missing"),
    ("no key", lambda d: at("sources", 0)(d).pop("key"), "$.sources[0]: The key “key” is missing"),
    ("an unknown key", put("colour", value=1), "$.colour: The key “colour” is unknown"),
    ("one below", put(*ACCOUNT, "identity", value="x"), "$.claims[0].evidence[0].identity: The key “identity” is"),
    ("a wrong type", put("claims", value={}), "$.claims: Here is an object where a list is expected"),
    ("a number for a text", put(*CLAIM, "place", value=7), "$.claims[0].place: Here is the number 7 where a text"),
    ("null", put(*CLAIM, "claimant", value=None), "$.claims[0].claimant: Here is null where a text is expected"),
    ("a kind nobody has", put("sources", 0, "kind", value="BLOG"), "$.sources[0].kind: the text “BLOG” cannot stand"),
    ("a short name with spaces", put("case", "slug", value="a b"), "$.case.slug: “a b” is no short name"),
    ("nothing said", put(*CLAIM, "statement", value=""), "$.claims[0].statement: This is empty"),
    ("blanks only", put(*CLAIM, "statement", value="  "), "$.claims[0].statement: "),
    ("too long", put(*CLAIM, "statement", value="a" * 5001), "$.claims[0].statement: The text has 5001 characters"),
    ("a grade of seven", put(*ACCOUNT, "credibility", value=7), "credibility: Write a whole number from 1 to 6"),
    ("too long a chain", put(*ACCOUNT, "hops", value=LONG_CHAIN), "evidence[0].hops: There are 13 here"),
    ("a key twice", put("sources", 1, "key", value="S11"), "$.sources[1].key: The key “S11” is taken by number 0"),
    ("a claim's key twice", put("claims", 1, "key", value="2"), "$.claims[1].key: The key “2” is taken"),
    ("evidence twice", put(*CLAIM, "evidence", 1, "key", value="2a"), "$.claims[0].evidence[1].key: The key “2a”"),
    ("a key that is no name", put("claims", 1, "key", value=" 3"), "$.claims[1].key: “ 3” is no key"),
    ("a bidi override in a key", put("claims", 1, "key", value="3\u202e"), "$.claims[1].key: “3\\u202e” is no key"),
    ("a dangling hop", put(*ACCOUNT, "hops", 1, "source", value="S99"), "hops[1].source: No source of this file"),
    ("a dangling claimant", put(*CLAIM, "claimant", value="S99"), "$.claims[0].claimant: No source of this file"),
    ("a dangling work", put("derivations", 0, "upstream", value="S9"), "$.derivations[0].upstream: No source"),
    ("a dangling publisher", put("sources", 0, "publisher", value="S9"), "$.sources[0].publisher: No source"),
    ("publishers in a circle", put("sources", 1, "publisher", value="S11"), "which would publish itself"),
    ("its own publisher", put("sources", 1, "publisher", value="MEE"), "$.sources[1].publisher: The publishers lead"),
    (
        "a hop to the carrier",
        put(*ACCOUNT, "hops", 1, "source", value="S12"),
        "$.claims[0].evidence[0].hops[1].source: ",
    ),
    ("a chain that loops", put(*ACCOUNT, "hops", 1, "source", value="S11"), "$.claims[0].evidence[0].hops[1].source: "),
    ("a date of February", put(*CLAIM, "happened", value="2024-02-31"), "$.claims[0].happened: "),
    ("a date in words", put("sources", 4, "published_at", value="yesterday"), "$.sources[4].published_at: "),
    ("no language", put("sources", 0, "language", value="English"), "$.sources[0].language: “English” is no language"),
    ("no such translation", put(*CLAIM, "translations", value={"??": "x"}), "$.claims[0].translations: “??” is no"),
    ("a local file", put("sources", 2, "url", value="file:///etc/passwd"), "$.sources[2].url: "),
    ("a password", put("sources", 2, "url", value="https://a:b@example.org/"), "$.sources[2].url: "),
    ("a NUL", put(*CLAIM, "statement", value="a\x00b"), "$.claims[0].statement: "),
    ("a NUL in a quotation", put(*ACCOUNT, "quote", "exact", value="a\x00b"), "evidence[0].quote.exact: "),
    ("a bidi override in a name", put("sources", 3, "name", value="a\u202eb"), "$.sources[3].name: "),
    ("marks without end", put(*CLAIM, "statement", value="a" + "\u064e" * 40), "$.claims[0].statement: "),
    ("its own original", put("derivations", 0, "upstream", value="S12"), "$.derivations[0].upstream: "),
    ("the same derivation", lambda d: d["derivations"].append(d["derivations"][0]), "$.derivations[1].upstream: "),
    ("its own controller", put("sources", 4, "controllers", value=["S5"]), "$.sources[4].controllers[0]: "),
    ("confirmed by nobody", put(*ACCOUNT, "credibility", value=1), "evidence[0].credibility: “Confirmed by other"),
]


@pytest.mark.parametrize(("change", "said"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
def test_a_wrong_file_is_refused_at_its_path(
    cast: Cast, tmp_path: Path, change: Callable[[Any], object], said: str
) -> None:
    before = counts()
    with pytest.raises(CommandError) as refused:
        run(tmp_path, casefiles.changed(change), email=cast.chadi.email)
    assert said in str(refused.value)
    assert not Case.objects.filter(slug="officers-club").exists()
    assert counts() == before


DIFFERENT: list[tuple[Callable[[Any], object], str]] = [
    (put("case", "title", value="Another"), "$.case.title"),
    (put("case", "policy", value="light"), "$.case.policy"),
    (put("sources", 0, "name", value="Another"), "$.sources[0].name"),
    (put("sources", 0, "publisher", value="S5"), "$.sources[0].publisher"),
    (put("derivations", 0, "verified_relay", value=True), "$.derivations[0].verified_relay"),
    (put(*CLAIM, "statement", value="Another"), "$.claims[0].statement"),
    (put(*CLAIM, "claimant", value="S12"), "$.claims[0].claimant"),
    (put(*ACCOUNT, "credibility", value=2), "$.claims[0].evidence[0].credibility"),
    (put(*ACCOUNT, "quote", "exact", value="Another"), "$.claims[0].evidence[0].quote.exact"),
    (put(*ACCOUNT, "hops", 1, "kind", value="CITES"), "$.claims[0].evidence[0].hops"),
]


@pytest.mark.parametrize(("change", "path"), DIFFERENT, ids=[path for _change, path in DIFFERENT])
def test_no_file_overwrites_the_record(cast: Cast, tmp_path: Path, change: Callable[[Any], object], path: str) -> None:
    run(tmp_path, casefiles.small(), email=cast.chadi.email)
    before = counts()
    with pytest.raises(CommandError) as refused:
        run(tmp_path, casefiles.changed(change), email=cast.chadi.email)
    assert f"{path}: The record says something else here" in str(refused.value)
    assert counts() == before


def counts() -> dict[str, int]:
    return {
        "cases": Case.objects.count(),
        "sources": Source.objects.count(),
        "derivations": Derivation.objects.count(),
        "affiliations": Affiliation.objects.count(),
        "claims": Claim.objects.count(),
        "evidence": Evidence.objects.count(),
        "acts": Act.objects.count() - Act.objects.filter(name="person.create").count(),
    }
