"""An outsider checks a bundle with one file and a key they pinned, and sees what the verifier inside sees."""

import json
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import InterfaceError, connection

from audit import checkpoints
from audit.acts import act
from audit.domain.merkle import leaf_hash
from audit.domain.notes import Checkpoint as Statement
from audit.domain.notes import signed
from audit.management.commands import export_audit
from audit.models import Act, Checkpoint
from audit.signing import signing_keys
from audit.stamps import places
from audit.verifying import statements
from audit.whole_files import NameTaken, sentence, whole_file
from newsroom.actions import cases
from newsroom.models import Case
from tests import engines, world
from tests.audit.bundles import altered, lines, outside
from tests.audit.tampering.conftest import own_connection
from tests.cast import Cast, assemble, open_case
from tests.settings import ROOT
from tests.verification import make

OTHER = "isnad.localhost/ledger+00000000+AQ=="
Export = Callable[..., Path]


@pytest.fixture
def things(transactional_db: None) -> world.World:
    made = world.build(assemble())
    checkpoints.make()
    make.claim(made.cast, open_case(made.cast, "seen-by-all"), "A claim everybody may know of.")
    return made


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def write(*options: str) -> Path:
        path = tmp_path / f"bundle-{len(list(tmp_path.iterdir()))}.zip"
        call_command("export_audit", str(path), *options, verbosity=0)
        return path

    return write


@pytest.mark.parametrize("options", [(), ("--everything",), ("--case", "restricted")])
def test_an_untouched_bundle_fits(
    things: world.World, export: Export, options: tuple[str, ...], tmp_path: Path
) -> None:
    made = checkpoints.make()
    assert made is not None
    (tmp_path / "kept.txt").write_text(made.note, encoding="utf-8")
    status, report = outside(export(*options), tmp_path / "kept.txt")
    assert (status, report["counts"]) == (0, {})
    assert report["size"] == Act.objects.count() - 1  # all but that it left, which is on record once it is written


def test_exporting_is_on_record(things: world.World, export: Export) -> None:
    export("--case", "restricted")
    done = Act.objects.latest("id")
    assert (done.name, done.case, done.reason) == ("audit.export", things.case, "case restricted")
    assert done.origin == "command export_audit"


def test_the_log_says_nothing_of_restricted_cases_and_of_people(things: world.World, export: Export) -> None:
    bundle = export()
    told = [json.loads(line["content"]) for line in lines(bundle, "entries.jsonl") if "content" in line]
    assert {said["case"] for said in told} == {Case.objects.get(slug="seen-by-all").pk}
    with zipfile.ZipFile(bundle) as file:
        assert "rows.jsonl" not in file.namelist()
        assert not any(b"@example.org" in file.read(name) for name in file.namelist())


def test_a_case_says_nothing_of_another(things: world.World, export: Export) -> None:
    bundle = export("--case", "seen-by-all")
    assert {json.loads(line["content"])["case"] for line in lines(bundle, "entries.jsonl")} == {
        Case.objects.get(slug="seen-by-all").pk
    }
    rows = lines(bundle, "rows.jsonl")
    assert {row["table"] for row in rows} >= {"verification_historicalclaim", "newsroom_historicalcase"}
    assert not any("restricted" in json.loads(row["text"]).get("slug", "") for row in rows)


# What is done to the database, and what both verifiers then find.
DEEDS = [
    ("UPDATE newsroom_historicalcase SET title = 'Other'", "newsroom_historicalcase", "history.changed"),
    (
        "DELETE FROM newsroom_historicalcase WHERE history_id = (SELECT max(history_id) FROM newsroom_historicalcase)",
        "newsroom_historicalcase",
        "history.removed",
    ),
    (
        "UPDATE audit_entry SET content = convert_to(replace(convert_from(content, 'UTF8'), 'Amal', 'Omar'), 'UTF8')",
        "audit_entry",
        "checkpoint.root",
    ),
    ("UPDATE audit_checkpoint SET note = replace(note, '=', '')", "audit_checkpoint", "checkpoint.form"),
]  # fmt: skip  (a table reads across)


@pytest.mark.parametrize(("done", "table", "kind"), DEEDS, ids=[kind for _, _, kind in DEEDS])
def test_it_agrees_with_the_verifier_inside(
    things: world.World, export: Export, done: str, table: str, kind: str
) -> None:
    export("--everything")  # the keys are on record, and a checkpoint is over everything
    with own_connection() as own:
        own.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER; {done}".encode())
        own.commit()
    size = Act.objects.count()
    bundle = export_as_it_is(export, size)
    status, report = outside(bundle)
    assert status == 1
    assert kind in report["counts"]
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1


def test_a_version_that_looks_older_than_it_is_is_found_by_both(things: world.World, export: Export) -> None:
    """Its history says nothing that is not so; only the number it was given is less than that of the one before."""
    with own_connection() as own:
        own.execute(b"ALTER SEQUENCE newsroom_historicalcase_history_id_seq MINVALUE -9 RESTART WITH -5")
        own.commit()
    things.case.refresh_from_db()
    cases.edit(
        actor=things.cast.chadi,
        case_id=things.case.pk,
        version=things.case.version,
        title="Edited",
        language="en",
        restricted=True,
    )
    edited = things.case.history.order_by("act_id").last()
    status, report = outside(export("--everything"))
    assert (status, report["counts"]) == (1, {"history.order": 1})
    [found] = report["findings"]
    assert (found["row"], found["object"], found["act"]) == (edited.pk, str(things.case.pk), edited.act_id)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1


def test_an_act_that_looks_older_than_it_is_is_found(things: world.World, export: Export) -> None:
    """It was begun ten minutes after the rest was recorded, and has a number below theirs."""

    def later(said: str) -> str:
        *before, last = said.splitlines(keepends=True)
        line = json.loads(last)
        content = json.loads(line["content"]) | {"act": -7}
        for name in ("at", "recorded_at"):
            at = datetime.fromisoformat(content[name]) + timedelta(minutes=10)
            content[name] = f"{at:%Y-%m-%dT%H:%M:%S.%f}Z"
        line["content"] = statements.encode(content)
        return "".join(before) + json.dumps(line, ensure_ascii=False)

    status, report = outside(altered(export("--everything"), "entries.jsonl", later))
    assert (status, report["counts"]["act.order"]) == (1, 1)
    assert next(each["act"] for each in report["findings"] if each["kind"] == "act.order") == -7


def export_as_it_is(export: Export, size: int, case: int | None = None) -> Path:
    """Without the act of exporting, which would refuse to sign a log that was forged."""
    from audit import exporting
    from audit.verifying.session import snapshot

    path = ROOT / "var" / "test" / f"bundle-{connection.settings_dict['NAME']}.zip"
    path.unlink(missing_ok=True)
    with snapshot() as session:
        exporting.write(path, session, size, case=case, everything=case is None)
    return path


@pytest.mark.parametrize("scope", ["log", "case"])
@pytest.mark.parametrize("move", ["NULL", "(SELECT id FROM newsroom_case WHERE slug = 'seen-by-all')"])
def test_an_act_that_was_moved_is_in_the_bundle_of_the_case_its_entry_names(
    things: world.World, export: Export, scope: str, move: str
) -> None:
    """Whoever tampers with the acts takes none out of a bundle, and makes none known that was restricted."""
    before = disclosed(export() if scope == "log" else export("--case", "restricted"))
    with own_connection() as own:
        own.execute(f"ALTER TABLE audit_act DISABLE TRIGGER USER; UPDATE audit_act SET case_id = {move}".encode())  # noqa: S608  (of two that stand above)
        own.commit()
    size = checkpoints.make()
    assert size is not None
    after = export() if scope == "log" else export_as_it_is(export, size.size, things.case.pk)
    assert disclosed(after)[: len(before)] == before
    status, report = outside(after)
    assert (status, report["counts"]) == (0, {})
    with pytest.raises(SystemExit):
        call_command("verify_audit")


LEFT_BEHIND = [
    ("UPDATE audit_entry SET content = '\\xff' WHERE index = 20", "audit_entry", "entry.withheld"),
    ("DELETE FROM audit_shape WHERE id = (SELECT min(id) FROM audit_shape)", "audit_shape", "history.removed"),
    ("DROP TABLE newsroom_historicalcase CASCADE", "newsroom_historicalcase", "history.removed"),
    ("ALTER TABLE newsroom_historicalcase RENAME title TO other", "newsroom_historicalcase", "history.removed"),
    (
        "ALTER TABLE audit_checkpoint ALTER note DROP NOT NULL; UPDATE audit_checkpoint SET note = NULL",
        "audit_checkpoint",
        "checkpoint.form",
    ),
    ("DELETE FROM audit_entry WHERE index = 3", "audit_entry", "entry.missing"),
    ("UPDATE audit_entry SET hashes = '' WHERE index = 3", "audit_entry", ""),
    ("UPDATE audit_head SET packed = decode(repeat('00', length(packed)), 'hex')", "audit_head", ""),
    ("UPDATE audit_head SET packed = ''", "audit_head", ""),
    ("DROP TABLE audit_anchorreceipt CASCADE", "audit_anchor", ""),
]  # fmt: skip


@pytest.mark.parametrize("options", [("--everything",), ("--case", "restricted")])
@pytest.mark.parametrize(("done", "table", "kind"), LEFT_BEHIND, ids=[done[:60] for done, _, _ in LEFT_BEHIND])
def test_of_a_database_that_was_tampered_with_there_is_a_bundle_that_says_so(
    things: world.World, export: Export, done: str, table: str, kind: str, options: tuple[str, ...]
) -> None:
    """Or it is said in a sentence why there is none, and none is left."""
    export("--everything")
    with own_connection() as own:
        own.execute(
            f"ALTER TABLE {table} DISABLE TRIGGER USER; SET session_replication_role = replica; {done}".encode()
        )
        own.commit()
    try:
        bundle = export(*options)
    except CommandError as refused:
        assert not kind, str(refused)  # noqa: PT017  (either of both is an answer, a traceback is none)
        assert "cannot be read or added to" in str(refused)  # noqa: PT017
        return
    finally:
        engines.drop_database()
        engines.create_database()
    status, report = outside(bundle)
    assert status in (0, 1), report
    if kind and options == ("--everything",):
        assert (status, kind in report["counts"]) == (1, True), report["counts"]


def disclosed(bundle: Path) -> list[int]:
    return [line["index"] for line in lines(bundle, "entries.jsonl") if "content" in line]


def test_a_reason_names_no_case(things: world.World, export: Export) -> None:
    seen = Case.objects.get(slug="seen-by-all")
    with act("case.edit", actor=things.cast.chadi, case=things.case, reason=f'x","case":{seen.pk},"name":"'):
        pass
    hidden = Act.objects.latest("id").entry.index
    assert hidden not in disclosed(export())
    assert hidden not in disclosed(export("--case", "seen-by-all"))
    assert hidden in disclosed(export("--case", "restricted"))


ALTERED: list[tuple[str, str, str, str]] = [
    ("entries.jsonl", "Amal", "Omar", "checkpoint.root"),
    ("rows.jsonl", "Aleppo", "Homs", "history.changed"),
    ("checkpoints.jsonl", '"size":', '"size":1', "checkpoint.size"),
]


@pytest.mark.parametrize(("name", "old", "new", "kind"), ALTERED, ids=[kind for *_, kind in ALTERED])
def test_a_bundle_that_was_altered_does_not_fit(
    things: world.World, export: Export, name: str, old: str, new: str, kind: str
) -> None:
    make.claim(things.cast, things.case, "Aleppo fell.")
    bundle = altered(export("--everything"), name, lambda said: said.replace(old, new))
    status, report = outside(bundle)
    assert (status, kind in report["counts"]) == (1, True), report


def test_an_entry_altered_in_a_part_of_the_log_is_found_by_its_proof(things: world.World, export: Export) -> None:
    bundle = altered(export("--case", "restricted"), "entries.jsonl", lambda said: said.replace("Amal", "Omar"))
    status, report = outside(bundle)
    assert (status, {*report["counts"]}) == (1, {"entry.content"})


def test_a_shorter_log_does_not_fit_what_was_kept(things: world.World, export: Export, tmp_path: Path) -> None:
    bundle = export()
    make.claim(things.cast, things.case)
    made = checkpoints.make()
    assert made is not None
    (tmp_path / "kept.txt").write_text(made.note, encoding="utf-8")
    status, report = outside(bundle, tmp_path / "kept.txt")
    assert (status, report["counts"]) == (1, {"witness.beyond": 1})


def without_checkpoints(bundle: Path) -> Path:
    return altered(bundle, "checkpoints.jsonl", lambda said: "")


def test_what_nobody_signed_does_not_fit(things: world.World, export: Export) -> None:
    """Whoever never had the key could hand out any ledger."""
    honest = export("--everything")
    status, report = outside(without_checkpoints(honest))
    assert (status, report["counts"], report["signed"]) == (1, {"entry.unsigned": 1}, 0)
    invented = altered(honest, "entries.jsonl", lambda said: said.replace("Chadi", "Nobody"))
    assert outside(without_checkpoints(invented))[0] == 1


def test_a_tail_that_nobody_signed_does_not_fit(things: world.World, export: Export) -> None:
    bundle = altered(export(), "checkpoints.jsonl", lambda said: said[: said.rstrip("\n").rfind("\n") + 1])
    signed = lines(bundle, "checkpoints.jsonl")[-1]["size"]
    status, report = outside(bundle)
    assert (status, report["counts"], report["signed"]) == (1, {"entry.unsigned": 1}, signed)
    assert report["findings"][0]["index"] == signed
    said = outside(bundle, as_json=False)[1]["said"]
    assert f"signed up to {signed} of {report['size']} entries" in said


def test_a_part_that_nobody_signed_does_not_fit(things: world.World, export: Export) -> None:
    bundle = without_checkpoints(export("--case", "restricted"))
    for name in ("entries.jsonl", "rows.jsonl"):
        assert outside(bundle)[1]["counts"]["entry.unsigned"] == 1
        bundle = altered(bundle, name, lambda said: "")
    assert outside(bundle)[1]["counts"] == {"entry.unsigned": 1}


def test_of_a_part_is_said_what_it_does_not_show(things: world.World, export: Export) -> None:
    """An act that was left out of it, with what it wrote, leaves no trace."""
    bundle = export("--case", "restricted")
    gone = lines(bundle, "entries.jsonl")[-1]
    tables = {each["table"]: {row[0] for row in each["digests"]} for each in json.loads(gone["content"])["rows"]}
    bundle = altered(bundle, "entries.jsonl", lambda said: said[: said.rstrip("\n").rfind("\n") + 1])
    kept = [row for row in lines(bundle, "rows.jsonl") if row["history_id"] not in tables.get(row["table"], ())]
    bundle = altered(bundle, "rows.jsonl", lambda said: "".join(json.dumps(row) + "\n" for row in kept))
    status, heard = outside(bundle, as_json=False)
    assert status == 0
    assert "Everything fits" not in heard["said"]
    assert "What is in it fits" in heard["said"]
    assert "not that nothing was left out of it" in heard["said"]


def noted(size: int, root: bytes) -> str:
    key = signing_keys()[0]
    return signed(Statement(key.name, size, root), [(key.name, key.public, key.sign)]).text


@pytest.mark.parametrize("where", ["before", "behind"])
@pytest.mark.parametrize("options", [(), ("--case", "restricted")])
def test_two_checkpoints_over_one_length_are_a_fork(
    things: world.World, export: Export, options: tuple[str, ...], where: str
) -> None:
    """Both by the pinned key: two logs were signed, and one of them was kept from somebody."""
    honest = export(*options)
    size = lines(honest, "checkpoints.jsonl")[-1]["size"]
    other = json.dumps({"size": size, "note": noted(size, b"0" * 32)}) + "\n"
    bundle = altered(honest, "checkpoints.jsonl", lambda said: other + said if where == "before" else said + other)
    status, report = outside(bundle)
    assert status == 1
    assert report["counts"]["checkpoint.fork"] >= 1
    if not options:
        assert report["counts"] == {"checkpoint.fork": 1}


def withheld(bundle: Path, index: int) -> Path:
    """The content of one entry kept back, with what it wrote."""
    tables: dict[str, set[int]] = {}

    def without(said: str) -> str:
        kept = [json.loads(line) for line in said.splitlines()]
        content = kept[index].pop("content")
        for each in json.loads(content)["rows"]:
            tables[each["table"]] = {row[0] for row in each["digests"]}
        kept[index]["leaf"] = leaf_hash(content.encode()).hex()
        return "".join(json.dumps(line) + "\n" for line in kept)

    bundle = altered(bundle, "entries.jsonl", without)
    rows = [row for row in lines(bundle, "rows.jsonl") if row["history_id"] not in tables.get(row["table"], ())]
    return altered(bundle, "rows.jsonl", lambda said: "".join(json.dumps(row) + "\n" for row in rows))


@pytest.mark.parametrize("options", [("--everything",), ("--case", "restricted")])
def test_what_is_kept_back_where_all_should_be_is_found(
    things: world.World, export: Export, options: tuple[str, ...]
) -> None:
    bundle = withheld(export(*options), 1)
    status, report = outside(bundle)
    assert (status, report["counts"], report["withheld"]) == (1, {"entry.withheld": 1}, 1)


def test_contents_kept_back_are_counted(things: world.World, export: Export) -> None:
    bundle = export()
    told = len(disclosed(bundle))
    status, report = outside(bundle)
    assert (status, report["shown"], report["withheld"]) == (0, told, report["size"] - told)
    said = outside(bundle, as_json=False)[1]["said"]
    assert f"{told} contents read, {report['size'] - told} withheld." in said


def kept_as(way: str, folder: Path, notes: list[str]) -> Path:
    """As an anchor leaves them: one behind the other in a file, or in a mail each."""
    path = folder / f"kept-{way}"
    for size, note in enumerate(notes):
        if way == "file":
            places.write(str(path), size, note)
        else:
            with path.open("ab") as file:
                file.write(b"From us\n" + places.mail("outsider@example.org", size, note).encode() + b"\n")
    return path


@pytest.mark.parametrize("way", ["file", "mail"])
def test_what_anchors_leave_is_read_as_all_that_is_in_it(
    things: world.World, export: Export, tmp_path: Path, way: str
) -> None:
    bundle = export()
    notes = [line["note"] for line in lines(bundle, "checkpoints.jsonl")]
    assert len(notes) > 1
    kept = kept_as(way, tmp_path, notes)
    status, report = outside(bundle, kept)
    assert (status, report["counts"], report["kept"]) == (0, {}, len(notes))
    assert "checkpoints that you kept" in outside(bundle, kept, as_json=False)[1]["said"]
    call_command("verify_audit", "--checkpoint", str(kept))
    forked = kept_as(way, tmp_path, [noted(3, b"0" * 32)])  # behind the others
    status, report = outside(bundle, forked)
    assert (status, report["counts"]) == (1, {"witness.fork": 1})
    with pytest.raises(SystemExit):
        call_command("verify_audit", "--checkpoint", str(forked))


def test_what_holds_no_checkpoint_is_none(things: world.World, export: Export, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("nothing\n\n", encoding="utf-8")
    assert outside(export(), tmp_path / "kept")[1]["counts"] == {"witness.form": 1}


def test_a_key_nobody_pinned_is_not_believed(things: world.World, export: Export) -> None:
    import base64
    from hashlib import sha256

    raw = b"\x01" + b"k" * 32
    key = f"x+{sha256(b'x' + bytes([10]) + raw).hexdigest()[:8]}+{base64.b64encode(raw).decode()}"
    status, report = outside(export(), key=key)
    assert (status, {*report["counts"]}) == (1, {"checkpoint.key", "entry.unsigned"})


def test_what_is_no_key_and_what_is_no_bundle_is_said(things: world.World, export: Export, tmp_path: Path) -> None:
    bundle = export()
    assert outside(bundle, key=OTHER)[0] == 2
    (tmp_path / "no.zip").write_text("no", encoding="utf-8")
    assert outside(tmp_path / "no.zip")[0] == 2


def test_a_file_that_exists_is_left_alone(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "here.zip").write_text("mine", encoding="utf-8")
    with pytest.raises(CommandError, match="exists"):
        call_command("export_audit", str(tmp_path / "here.zip"))
    with pytest.raises(CommandError, match="no case"):
        call_command("export_audit", str(tmp_path / "new.zip"), "--case", "none")
    assert not Act.objects.filter(name="audit.export").exists()


@pytest.mark.parametrize("where", ["nowhere/x.zip", "a-file/x.zip", "/proc/x.zip", "."])
def test_where_nothing_can_be_written_nothing_is_done(cast: Cast, tmp_path: Path, where: str) -> None:
    (tmp_path / "a-file").write_text("mine", encoding="utf-8")
    with pytest.raises(CommandError, match=r"cannot be written: .+ nothing was put on record"):
        call_command("export_audit", str(tmp_path / where))
    assert not Act.objects.filter(name="audit.export").exists()
    assert not Checkpoint.objects.exists()
    assert [each.name for each in tmp_path.iterdir()] == ["a-file"]


def test_a_disk_that_is_full_leaves_no_file_and_no_record(
    things: world.World, export: Export, tmp_path: Path, full: None
) -> None:
    with pytest.raises(CommandError, match="File too large"):
        export()
    assert not [*tmp_path.iterdir()]
    assert not Act.objects.filter(name="audit.export").exists()


def test_what_cannot_be_put_on_record_does_not_leave(
    things: world.World, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise InterfaceError("the connection is gone")

    monkeypatch.setattr(export_audit, "act", refused)
    with pytest.raises(CommandError, match="the connection is gone"):
        export()
    assert not [*tmp_path.iterdir()]


def test_who_was_faster_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"

    def write() -> None:
        with whole_file(path) as file:
            file.write(b"ours")
            path.write_bytes(b"theirs")

    with pytest.raises(NameTaken) as taken:
        write()
    assert "it is on record by now that it left" in sentence(path, taken.value)
    assert path.read_bytes() == b"theirs"
    assert [each.name for each in tmp_path.iterdir()] == ["bundle.zip"]


def test_a_checkpoint_that_cannot_be_read_is_not_a_record_that_does_not_fit(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"missing\.txt cannot be read") as ended:
        call_command("verify_audit", "--checkpoint", str(tmp_path / "missing.txt"))
    assert ended.value.returncode == 2
