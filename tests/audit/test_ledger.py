"""Every act is bound into the log, with the digest of every row it wrote, by the database itself."""

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.acts import UnrecordedWriteError, act, create_many
from audit.domain.canonical import canonical, digest
from audit.domain.merkle import is_included, leaf_hash, root
from audit.models import Act, Entry, Head, Shape
from audit.queries import proofs
from audit.recording import prepare
from audit.rowtext import row_text
from newsroom.models import Case
from sources.models import Source, SourceKind
from tests.cast import Cast
from tests.verification import make


def latest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bytes(Entry.objects.latest("index").content))
    return found


def test_an_act_is_bound_with_its_rows(cast: Cast, case: Case) -> None:
    with act("case.edit", actor=cast.chadi, case=case, reason='حلب: "a better" title\n') as done:
        case.title = "Aleppo"
        case.save()
    said = latest()
    entry = done.entry
    assert (said["act"], said["name"], said["reason"]) == (done.pk, "case.edit", 'حلب: "a better" title\n')
    assert (said["actor"], said["actor_name"], said["case"]) == (cast.chadi.pk, "Chadi", case.pk)
    [rows] = said["rows"]
    row = case.history.first()
    assert (rows["table"], rows["digests"][0][:3]) == ("newsroom_historicalcase", [row.pk, str(case.pk), "~"])
    assert entry.index == Entry.objects.count() - 1 == Head.objects.get().size - 1


def test_the_statement_is_canonical(cast: Cast, case: Case) -> None:
    """RFC 8785: reading it and writing it again gives the same bytes, whatever stands in it."""
    odd = "\u0000".strip("\0") + '\x01\x1f\x7f\u2028\\"/\b\f\n\r\té😀'
    with act("case.edit", actor=cast.chadi, case=case, reason=odd):
        case.title = odd
        case.save()
    content = bytes(Entry.objects.latest("index").content)
    assert canonical(json.loads(content)) == content
    assert latest()["reason"] == odd


def test_the_digest_is_of_the_row_as_it_stands(cast: Cast, case: Case) -> None:
    """What PostgreSQL digests is what Python makes of the same row, by the same rule."""
    claim = make.claim(cast, case, 'سقطت "حلب"\n')
    row = claim.history.get()
    columns = Shape.objects.filter(table=row._meta.db_table).latest("id").columns
    with connection.cursor() as cursor:
        cursor.execute("SELECT translations::text FROM verification_historicalclaim WHERE history_id = %s", [row.pk])
        (translations,) = cursor.fetchone()
    names = {field.column: field.attname for field in row._meta.concrete_fields}
    stated = {column: getattr(row, names[column]) for column in columns} | {"translations": translations}
    digests = {each["table"]: each["digests"] for each in latest()["rows"]}
    assert digests["verification_historicalclaim"][0][3] == digest(canonical(stated))


def test_a_digest_tells_times_that_cannot_be_from_all_others(db: None) -> None:
    """`to_char` has nothing for infinity and no sign for years before the first. What can be is stated as ever."""
    text = row_text({"day": "date", "moment": "timestamptz"})
    times = ["infinity", "-infinity", "2026-03-15", "2026-03-15 BC", "12026-03-15", "0001-01-01", "0001-01-01 BC", None]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {text} FROM unnest(%s::date[], %s::timestamptz[]) AS row (day, moment)", [times, times])  # noqa: S608  (our expression)
        stated = [said for (said,) in cursor.fetchall()]
    assert stated[2] == '{"day":"2026-03-15","moment":"2026-03-15T00:00:00.000000Z"}'
    assert stated[-1] == '{"day":null,"moment":null}'
    assert len({*stated}) == len(times)
    for member in ("day", "moment"):
        assert len({json.loads(said)[member] for said in stated}) == len(times)


def test_the_tree_is_that_of_rfc_9162(cast: Cast, case: Case) -> None:
    entries = list(Entry.objects.order_by("index"))
    leaves = [leaf_hash(bytes(each.content)) for each in entries]
    assert [each.node(0) for each in entries] == leaves
    assert Head.objects.get().peaks.root == root(leaves) == proofs.root_of(len(leaves))
    for index, leaf in enumerate(leaves):
        assert is_included(leaf, index, len(leaves), proofs.inclusion(index, len(leaves)), root(leaves))


def test_a_proof_is_one_query(cast: Cast, case: Case, django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(1):
        proofs.inclusion(1, 7)
    with django_assert_num_queries(1):
        proofs.consistency(3, 7)


def test_an_act_that_fails_leaves_no_entry(cast: Cast, case: Case) -> None:
    before = Head.objects.get().size

    def break_half_way() -> None:
        with act("case.edit", actor=cast.chadi, case=case):
            case.save()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_half_way()
    assert Head.objects.get().size == Entry.objects.count() == before


def test_many_objects_are_one_act(cast: Cast, case: Case) -> None:
    made = [
        Source(case=case, kind=SourceKind.PERSON, name=f"مصدر {number}", search_key="", created_by=cast.amal)
        for number in range(20)
    ]
    with act("source.create", actor=cast.amal, case=case):
        create_many(made)
    [rows] = latest()["rows"]
    assert [key for _, key, kind, _ in rows["digests"] if kind == "+"] == [str(each.pk) for each in made]
    assert {each.history.get().history_user for each in made} == {cast.amal}


def test_many_objects_outside_of_an_act_are_refused(cast: Cast, case: Case) -> None:
    with pytest.raises(UnrecordedWriteError):
        create_many([Source(case=case, kind=SourceKind.PERSON, name="x", search_key="", created_by=cast.amal)])
    assert not Source.objects.exists()


def test_who_it_was_done_for_is_bound_too(cast: Cast, case: Case) -> None:
    with act("capture.finish", actor="capture worker", case=case, on_behalf_of=cast.amal):
        pass
    assert latest()["on_behalf_of"] == cast.amal.pk


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET recorded_at = now()",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DELETE FROM audit_head",
        "TRUNCATE audit_head",
        "UPDATE audit_shape SET columns = '[]'",
        "DELETE FROM audit_checkpoint",
    ],
)
def test_the_ledger_only_grows(cast: Cast, change: str) -> None:
    from audit import checkpoints

    checkpoints.make()
    with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
        connection.cursor().execute(f"SET CONSTRAINTS ALL IMMEDIATE; {change}")


def test_what_was_recorded_before_there_was_a_ledger_is_adopted_once(cast: Cast, case: Case) -> None:
    acts = Act.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_entry; UPDATE audit_head SET size = 0, packed = ''")
    prepare()
    assert [json.loads(bytes(each.content))["adopted"] for each in Entry.objects.all()] == [True] * acts
    assert list(Entry.objects.values_list("act", flat=True)) == sorted(Act.objects.values_list("pk", flat=True))
    with act("case.edit", actor=cast.chadi, case=case):
        case.save()
    prepare()
    assert (Entry.objects.count(), latest()["adopted"]) == (acts + 1, False)


WRITERS, ACTS_EACH = 16, 5


def test_sixteen_writers_leave_no_gap(transactional_db: None) -> None:
    """Each edits a case of its own and one that all of them edit; none waits for ever, none overtakes."""
    from tests.cast import assemble, open_case

    cast = assemble()
    cases = [open_case(cast, f"case-{number}") for number in range(WRITERS)]
    shared = open_case(cast, "shared")
    before = Head.objects.get().size

    def write(case: Case) -> None:
        try:
            for number in range(ACTS_EACH):
                with act("case.edit", actor=cast.chadi, case=case):
                    held = Case.objects.select_for_update().get(pk=case.pk)
                    held.title = f"{case.slug} {number}"
                    held.save()
                    Case.objects.select_for_update().get(pk=shared.pk).save()
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, cases))
    entries = list(Entry.objects.order_by("index"))
    assert [each.index for each in entries] == list(range(before + WRITERS * ACTS_EACH))
    times = [each.recorded_at for each in entries]
    assert times == sorted(times)
    assert Head.objects.get().peaks.root == root([leaf_hash(bytes(each.content)) for each in entries])
    assert hashlib.sha256(b"\0" + bytes(entries[-1].content)).digest() == entries[-1].node(0)
