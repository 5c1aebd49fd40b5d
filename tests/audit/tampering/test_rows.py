"""Rows that were tampered with: of history, of acts, and of what stands there now."""

from typing import Any

import pytest

from tests.audit.tampering.attacker import Attacker
from tests.audit.tampering.conftest import Verify
from tests.audit.tampering.desk import Desk

HISTORY, LIVE = "newsroom_historicalcase", "newsroom_case"
BEFORE_OUR_ERA = "(to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00 BC')::timestamptz"

# What is done, what it is found as, and where: members of the finding by their names.
ROWS: list[tuple[str, str, dict[str, Any]]] = [
    # A row of history says something else.
    (
        "UPDATE newsroom_historicalcase SET title = 'Other' WHERE history_id = {first_row}",
        "history.changed",
        {"row": "{first_row}", "index": "{first}", "table": HISTORY},
    ),
    (
        "UPDATE newsroom_historicalcase SET history_date = history_date - interval '1 day' WHERE history_id = {first_row}",
        "history.changed",
        {"row": "{first_row}"},
    ),
    (
        "UPDATE newsroom_historicalcase SET history_user_id = NULL WHERE history_id = {first_row}",
        "history.changed",
        {"row": "{first_row}"},
    ),
    (
        "UPDATE newsroom_historicalcase SET history_type = '+' WHERE history_id = {first_row}",
        "history.changed",
        {"row": "{first_row}"},
    ),
    (
        "UPDATE newsroom_historicalcase SET history_change_reason = '' WHERE history_id = {first_row}",
        "history.changed",
        {"row": "{first_row}"},
    ),
    (
        "UPDATE newsroom_historicalcase SET title = title || ' ' WHERE history_id = {first_row}",
        "history.changed",
        {"row": "{first_row}"},
    ),
    (
        'UPDATE verification_historicalclaim SET translations = \'{{"en": "x"}}\' WHERE history_id = {claim_row}',
        "history.changed",
        {"row": "{claim_row}"},
    ),
    # The same where the object says so too, at times that print like what was there: nothing, or the same day.
    (
        "UPDATE newsroom_historicaluser SET closed_at = 'infinity' WHERE id = {user}; UPDATE newsroom_user SET closed_at = 'infinity' WHERE id = {user}",
        "history.changed",
        {"object": "{user}"},
    ),
    (
        f"UPDATE newsroom_historicalcase SET history_date = {BEFORE_OUR_ERA.format(column='history_date')} WHERE history_id = {{first_row}}",
        "history.changed",
        {"row": "{first_row}"},
    ),
    (
        "UPDATE sources_historicalcapture SET published_on = 'infinity' WHERE id = '{capture}'; UPDATE sources_capture SET published_on = 'infinity' WHERE id = '{capture}'",
        "history.changed",
        {"object": "{capture}"},
    ),
    # It is gone, or another one stands beside it.
    (
        "DELETE FROM newsroom_historicalcase WHERE history_id = {first_row}",
        "history.removed",
        {"row": "{first_row}", "act": "{first_act}"},
    ),
    (
        'INSERT INTO newsroom_historicalcase SELECT (jsonb_populate_record(h, \'{{"history_id": 900000, "id": 800000, "history_type": "-"}}\')).* FROM newsroom_historicalcase h WHERE history_id = {first_row}',
        "history.added schema.sequence",
        {"row": 900000, "act": "{first_act}", "index": "{first}"},
    ),
    (
        'INSERT INTO newsroom_historicalcase SELECT (jsonb_populate_record(h, \'{{"history_id": 900000, "id": 800000, "history_type": "-", "act_id": 900000}}\')).* FROM newsroom_historicalcase h WHERE history_id = {first_row}',
        "history.unbound schema.sequence",
        {"row": 900000, "act": 900000},
    ),
    # It is said to have been written by another act.
    (
        "UPDATE newsroom_historicalcase SET act_id = {second_act} WHERE history_id = {first_row}",
        "history.moved",
        {"row": "{first_row}", "act": "{first_act}", "detail": "{second_act}"},
    ),
    (
        "UPDATE newsroom_historicalcase SET act_id = {first_act} + {second_act} - act_id WHERE history_id IN ({first_row}, {second_row})",
        "history.moved",
        {"row": "{first_row}"},
    ),
    (
        "UPDATE newsroom_historicalcase SET history_id = 900000 WHERE history_id = {first_row}",
        "history.removed history.added schema.sequence",
        {"row": "{first_row}"},
    ),
    # What stands there now is not what its history says.
    (
        "UPDATE newsroom_case SET title = 'Other' WHERE id = {case}",
        "live.changed",
        {"object": "{case}", "table": LIVE, "detail": "title", "row": "{second_row}"},
    ),
    ("UPDATE newsroom_case SET title = title || ' ' WHERE id = {case}", "live.changed", {"object": "{case}"}),
    (
        "UPDATE verification_claim SET claimant_id = (SELECT max(id) FROM sources_source) WHERE id = {claim}",
        "live.changed",
        {"object": "{claim}", "detail": "claimant_id"},
    ),
    (
        "UPDATE sources_capture SET http_status = NULL WHERE id = '{capture}'",
        "live.changed",
        {"object": "{capture}", "detail": "http_status"},
    ),
    (
        "UPDATE newsroom_user SET role = 'ADMIN' WHERE id = {user}",
        "live.changed",
        {"object": "{user}", "detail": "role"},
    ),
    (
        "UPDATE audit_ledgerkey SET public_key = sha256('x')",
        "live.changed",
        {"table": "audit_ledgerkey", "detail": "public_key"},
    ),
    (
        "UPDATE publishing_publication SET content = jsonb_set(content, '{{statement}}', '\"Other\"') WHERE claim_id > 0",
        "live.changed",
        {"table": "publishing_publication", "detail": "content"},
    ),
    ("DELETE FROM publishing_inclusion", "live.removed", {"table": "publishing_inclusion"}),
    ("DELETE FROM newsroom_case WHERE id = {case}", "live.removed", {"object": "{case}"}),
    (
        'INSERT INTO newsroom_case SELECT (jsonb_populate_record(c, \'{{"id": 800000, "slug": "new"}}\')).* FROM newsroom_case c WHERE id = {case}',
        "live.added",
        {"object": 800000},
    ),
    # An act says something else.
    (
        "UPDATE audit_act SET name = 'case.create' WHERE id = {first_act}",
        "act.changed",
        {"act": "{first_act}", "index": "{first}", "detail": "name"},
    ),
    (
        "UPDATE audit_act SET at = at - interval '1 day' WHERE id = {first_act}",
        "act.changed",
        {"act": "{first_act}", "detail": "at"},
    ),
    (
        "UPDATE audit_act SET at = at + interval '1 microsecond' WHERE id = {first_act}",
        "act.changed",
        {"act": "{first_act}", "detail": "at"},
    ),
    (
        f"UPDATE audit_act SET at = {BEFORE_OUR_ERA.format(column='at')} WHERE id = {{first_act}}",
        "act.changed",
        {"act": "{first_act}", "detail": "at"},
    ),
    (
        "UPDATE audit_act SET actor_id = {user} WHERE id = {first_act}",
        "act.changed",
        {"act": "{first_act}", "detail": "actor"},
    ),
    (
        "UPDATE audit_act SET actor_id = NULL WHERE id = {first_act}",
        "act.changed",
        {"act": "{first_act}", "detail": "actor"},
    ),
    (
        "UPDATE audit_act SET actor_name = 'Nobody' WHERE id = {first_act}",
        "act.changed",
        {"act": "{first_act}", "detail": "actor_name"},
    ),
    (
        "UPDATE audit_act SET on_behalf_of_id = {user} WHERE id = {first_act}",
        "act.changed",
        {"act": "{first_act}", "detail": "on_behalf_of"},
    ),
    (
        "UPDATE audit_act SET case_id = NULL WHERE id = {first_act}",
        "act.changed",
        {"act": "{first_act}", "detail": "case"},
    ),
    (
        "UPDATE audit_act SET reason = 'Another' WHERE id = {first_act}",
        "act.changed",
        {"act": "{first_act}", "detail": "reason"},
    ),
    (
        "UPDATE audit_act SET origin = 'page x' WHERE id = {first_act}",
        "act.changed",
        {"act": "{first_act}", "detail": "origin"},
    ),
    # It is gone, or there are more than the ledger knows, or they stand in each other's place.
    ("DELETE FROM audit_act WHERE id = {first_act}", "act.removed", {"act": "{first_act}", "index": "{first}"}),
    (
        "INSERT INTO audit_act SELECT (jsonb_populate_record(a, '{{\"id\": 900000}}')).* FROM audit_act a WHERE id = {first_act}",
        "act.added schema.sequence",
        {"act": 900000},
    ),
    (
        "INSERT INTO audit_act SELECT (jsonb_populate_record(a, '{{\"id\": -7}}')).* FROM audit_act a WHERE id = {first_act}",
        "act.added",
        {"act": -7},
    ),
    (
        "UPDATE audit_act SET id = -id WHERE id IN ({first_act}, {second_act}); UPDATE audit_act SET id = {first_act} + {second_act} + id WHERE id < 0",
        "act.moved",
        {"act": "{first_act}", "detail": "{second_act}"},
    ),
]  # fmt: skip  (a table reads across)


@pytest.mark.parametrize(("done", "kind", "place"), ROWS, ids=[done[:90] for done, _, _ in ROWS])
def test_it_is_found(
    attacker: Attacker, verified: Verify, desk: Desk, done: str, kind: str, place: dict[str, Any]
) -> None:
    attacker.do(done.format(**vars(desk)))
    report = verified()
    assert {*report.counts} == {*kind.split()}
    found = report.findings[0]
    for member, value in place.items():
        assert str(getattr(found, member)) == str(value).format(**vars(desk)), found


@pytest.mark.parametrize(
    "done",
    [
        "UPDATE sources_capture SET attempts = 7, lease_owner = 'somebody' WHERE id = '{capture}'",
        "UPDATE newsroom_case SET search_key = 'other' WHERE id = {case}",
        "UPDATE newsroom_user SET last_login = now() WHERE id = {user}",
    ],
)
def test_queue_state_is_no_fact(attacker: Attacker, verified: Verify, desk: Desk, done: str) -> None:
    attacker.do(done.format(**vars(desk)))
    assert verified().fits


def test_an_untouched_record_fits(verified: Verify, desk: Desk) -> None:
    report = verified()
    assert report.fits, report.findings
    assert report.size == desk.size
    assert report.checkpoints == 6  # the three of the desk, and those of a ruling and two releases in its world
