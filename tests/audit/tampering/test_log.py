"""The log that was tampered with: entries, tree and head, by somebody clumsy and by somebody able."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.audit.tampering.attacker import Attacker
from tests.audit.tampering.conftest import Verify
from tests.audit.tampering.desk import Desk

# By somebody who knows nothing of trees: the entries do not fit what stands around them.
CLUMSY: list[tuple[str, str, dict[str, Any]]] = [
    (
        "UPDATE audit_entry SET content = replace(content::text, '5b', '5c')::bytea WHERE index = {first}",
        "entry.content",
        {"index": "{first}"},
    ),
    ("UPDATE audit_entry SET content = '' WHERE index = {first}", "entry.content", {"index": "{first}"}),
    (
        "UPDATE audit_entry SET content = convert_to(replace(convert_from(content, 'UTF8'), 'Chadi', 'Basim'), 'UTF8') WHERE index = {first}",
        "entry.content",
        {"index": "{first}"},
    ),
    (
        "UPDATE audit_entry SET hashes = overlay(hashes PLACING sha256('x') FROM 1) WHERE index = {first}",
        "entry.content",
        {"index": "{first}"},
    ),
    (
        "UPDATE audit_entry SET hashes = overlay(hashes PLACING sha256('x') FROM 33) WHERE index = 7",
        "entry.node",
        {"index": 7, "detail": 1},
    ),
    (
        "UPDATE audit_entry SET hashes = overlay(hashes PLACING sha256('x') FROM 97) WHERE index = 7",
        "entry.node",
        {"index": 7, "detail": 3},
    ),
    ("UPDATE audit_entry SET hashes = substr(hashes, 1, 32) WHERE index = 7", "entry.node", {"index": 7}),
    ("UPDATE audit_entry SET hashes = hashes || sha256('x') WHERE index = 7", "entry.node", {"index": 7}),
    (
        "UPDATE audit_entry SET recorded_at = recorded_at + interval '1 microsecond' WHERE index = {first}",
        "entry.recorded_at",
        {"index": "{first}"},
    ),
    (
        "UPDATE audit_entry SET recorded_at = recorded_at - interval '1 day' WHERE index = {first}",
        "entry.order entry.recorded_at",
        {"index": "{first}"},
    ),
    (
        "UPDATE audit_entry SET act_id = -act_id WHERE index IN ({first}, {second}); UPDATE audit_entry SET act_id = {first_act} + {second_act} + act_id WHERE act_id < 0",
        "entry.act",
        {"index": "{first}", "act": "{first_act}", "detail": "{second_act}"},
    ),
    ("DELETE FROM audit_entry WHERE index = {first}", "entry.missing act.added history.unbound", {"index": "{first}"}),
    ("DELETE FROM audit_entry WHERE index = 7", "entry.missing act.added history.unbound", {"index": 7}),
    (
        "UPDATE audit_entry SET index = 900000 WHERE index = {first}",
        "entry.outside entry.missing",
        {"index": 900000},
    ),
    (
        "UPDATE audit_entry SET index = -1 - index WHERE index IN (6, 7); UPDATE audit_entry SET index = 13 + 1 + index WHERE index < 0",
        "entry.order entry.node",
        {"index": 7},
    ),
    ("UPDATE audit_head SET size = size - 1", "head.size", {"index": "{before_last}", "detail": "{before_last}"}),
    ("UPDATE audit_head SET size = size + 1", "head.size", {"index": "{size}"}),
    ("UPDATE audit_head SET packed = sha256('x')", "head.peaks", {"index": "{size}"}),
    ("UPDATE audit_head SET recorded_at = 'epoch'", "head.time", {}),
    ("DELETE FROM audit_head", "head.missing", {}),
    (
        "UPDATE audit_shape SET columns = columns - 'title' WHERE \"table\" = 'newsroom_historicalcase'",
        "shape history.changed",
        {"table": "newsroom_historicalcase"},
    ),
    (
        "DELETE FROM audit_shape WHERE \"table\" = 'newsroom_historicalcase'",
        "shape",
        {"table": "newsroom_historicalcase"},
    ),
]  # fmt: skip  (a table reads across)


@pytest.mark.parametrize(("done", "kinds", "place"), CLUMSY, ids=[done[:90] for done, _, _ in CLUMSY])
def test_the_clumsy_are_found(
    attacker: Attacker, verified: Verify, desk: Desk, done: str, kinds: str, place: dict[str, Any]
) -> None:
    where = {**vars(desk), "before_last": desk.size - 1}
    attacker.do(done.format(**where))
    report = verified()
    assert {*report.counts} == {*kinds.split()}, report.findings
    found = next(each for each in report.findings if each.kind == kinds.split()[0])
    for member, value in place.items():
        assert str(getattr(found, member)) == str(value).format(**where), found


def test_a_second_head_is_found(attacker: Attacker, verified: Verify, desk: Desk) -> None:
    """Whoever appends would find two, and could hold neither. What the first one says is still held against the log."""
    attacker.do("""
        ALTER TABLE audit_head DROP CONSTRAINT the_ledger_has_one_head;
        INSERT INTO audit_head (id, size, packed, recorded_at) VALUES (false, 3, '', now())
    """)
    found = [each for each in verified().findings if each.kind.startswith("head.")]
    assert [(each.kind, each.index, each.detail) for each in found] == [("head.twice", desk.size, "3")]


def cut_off_the_tail(attacker: Attacker, desk: Desk, after: int) -> None:
    """With acts and rows, so that only what was signed or is kept elsewhere knows of it."""
    attacker.do(f"""
        DELETE FROM newsroom_historicalcase WHERE act_id IN (SELECT act_id FROM audit_entry WHERE index >= {after});
        DELETE FROM newsroom_historicalverificationpolicy
            WHERE act_id IN (SELECT act_id FROM audit_entry WHERE index >= {after});
        DELETE FROM newsroom_verificationpolicy WHERE case_id NOT IN (SELECT id FROM newsroom_historicalcase);
        DELETE FROM newsroom_case WHERE id NOT IN (SELECT id FROM newsroom_historicalcase);
        UPDATE newsroom_case c SET title = h.title, version = h.version FROM newsroom_historicalcase h
            WHERE h.id = c.id AND h.history_id = (SELECT max(history_id) FROM newsroom_historicalcase WHERE id = c.id);
        DELETE FROM audit_act WHERE id IN (SELECT act_id FROM audit_entry WHERE index >= {after});
        DELETE FROM audit_entry WHERE index >= {after};
    """)
    attacker.rebuild()


def reword(attacker: Attacker, desk: Desk) -> None:
    """Another reason, in the act and in what the ledger says of it."""
    attacker.do(f"UPDATE audit_act SET reason = 'Another' WHERE id = {desk.first_act}")
    attacker.say(desk.first, lambda said: said.update(reason="Another"))
    attacker.rebuild()


def drop(attacker: Attacker, desk: Desk) -> None:
    """An act with its row, and the entry."""
    attacker.do(f"""
        DELETE FROM newsroom_historicalcase WHERE act_id = {desk.first_act};
        DELETE FROM audit_entry WHERE index = {desk.first};
        DELETE FROM audit_act WHERE id = {desk.first_act}
    """)
    attacker.rebuild()


def slip_in(attacker: Attacker, desk: Desk, beside: int | None = None) -> None:
    """An act that never was, beside one that was."""
    beside = desk.first if beside is None else beside
    attacker.do(f"""
        INSERT INTO audit_act SELECT (jsonb_populate_record(a, '{{"id": 900000}}')).* FROM audit_act a
            WHERE id = (SELECT act_id FROM audit_entry WHERE index = {beside});
        INSERT INTO audit_entry (index, act_id, recorded_at, content, hashes)
            SELECT 900000, 900000, recorded_at, content, hashes FROM audit_entry WHERE index = {beside};
        ALTER SEQUENCE audit_act_id_seq RESTART WITH 900001
    """)
    attacker.say(900000, lambda said: said.update(act=900000, rows=[]))
    attacker.rebuild()


def date_back(attacker: Attacker, desk: Desk) -> None:
    """An act in its own and the ledger's words, at a time at which it was not done."""
    attacker.do(f"UPDATE audit_act SET at = '2026-01-01 00:00+00' WHERE id = {desk.first_act}")
    attacker.say(desk.first, lambda said: said.update(at="2026-01-01T00:00:00.000000Z"))
    attacker.rebuild()


def date_forward(attacker: Attacker, desk: Desk) -> None:
    attacker.do(f"UPDATE audit_act SET at = '2036-01-01 00:00+00' WHERE id = {desk.first_act}")
    attacker.say(desk.first, lambda said: said.update(at="2036-01-01T00:00:00.000000Z"))
    attacker.rebuild()


def adopt(attacker: Attacker, desk: Desk) -> None:
    """As if it were older than the ledger, where any time is good."""
    attacker.say(desk.first, lambda said: said.update(adopted=True))
    attacker.rebuild()


def twice(attacker: Attacker, desk: Desk) -> None:
    attacker.do(f"""
        ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_act_id_key;
        INSERT INTO audit_entry (index, act_id, recorded_at, content, hashes)
            SELECT 900000, act_id, recorded_at, content, hashes FROM audit_entry
            WHERE index = {desk.size - 1}
    """)
    attacker.rebuild()


def unlike_json(attacker: Attacker, desk: Desk) -> None:
    """The same words in another form: its bytes could not be made again from them."""
    with attacker.unhindered():
        attacker.connection.execute(
            "UPDATE audit_entry SET content = content || '\\x20' WHERE index = %s", [desk.first]
        )
    attacker.rebuild()


Deed = Callable[[Attacker, Desk], None]
# Somebody able makes the tree fit. Then what gives them away is what was signed over it, or what only an entry knows.
ABLE: list[tuple[Deed, str, str]] = [
    (reword, "checkpoint.root", "{middle}"),
    (drop, "checkpoint.root", "{middle}"),
    (slip_in, "checkpoint.root", "{late}"),
    (date_back, "act.backdated checkpoint.root", "{middle}"),
    (date_forward, "act.postdated checkpoint.root", "{middle}"),
    (adopt, "entry.adopted checkpoint.root", "{middle}"),
    (twice, "entry.twice schema.unique", ""),
    (unlike_json, "entry.form checkpoint.root", "{middle}"),
]


@pytest.mark.parametrize(("deed", "kinds", "checkpoint"), ABLE, ids=[deed.__name__ for deed, _, _ in ABLE])
def test_the_able_are_found(
    attacker: Attacker, verified: Verify, desk: Desk, deed: Deed, kinds: str, checkpoint: str
) -> None:
    deed(attacker, desk)
    report = verified()
    assert {*report.counts} == {*kinds.split()}, report.findings
    if checkpoint:
        found = next(each for each in report.findings if each.kind == "checkpoint.root")
        assert (found.object, found.index) == (
            checkpoint.format(**vars(desk)),
            desk.middle if "late" in checkpoint else desk.early,
        )


def test_what_nobody_has_signed_yet_can_be_forged(attacker: Attacker, verified: Verify, desk: Desk) -> None:
    """The limit of it all, known and said: behind the latest checkpoint an able superuser is free."""
    slip_in(attacker, desk, beside=desk.size - 1)
    assert verified().fits
    cut_off_the_tail(attacker, desk, after=desk.late)
    assert verified().fits
