"""A ledger of a million acts, verified: the log alone, everything with every row, and since the last checkpoint.

The acts, each with a row of history, are laid set by set, and their entries are stated by SQL as `audit_append` does
and hashed here: one by one it would take an hour. That the verifier finds them right is the proof that they are.
`ISNAD_BENCH_ACTS` says how many. Beside the time it took stands what the verifier computed, which a busy machine leaves
as it is.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from django.db import connection

from audit.domain.merkle import Peaks, leaf_hash, node_hash
from audit.domain.notes import Checkpoint, signed
from audit.models import Anchor, Entry, Head, Shape
from audit.models import Checkpoint as Checkpointed
from audit.queries import proofs
from audit.queries.vouched import proof_of, vouches
from audit.rowtext import columns_of, row_digest
from audit.signing import signing_keys
from audit.stamps.states import AnchorKind, StampState
from audit.verifying.session import snapshot
from benchmarks import Figure, milliseconds
from tests.cast import assemble, open_case
from tests.settings import RUN

ACTS = int(os.environ.get("ISNAD_BENCH_ACTS", "1000000"))
CHECKPOINT_EVERY = 10_000
TABLE = "newsroom_historicalcase"
_ACTS = """
INSERT INTO audit_act (id, name, at, actor_id, actor_name, case_id, reason, origin)
SELECT 1000000 + n, 'case.edit', statement_timestamp(), {actor}, 'Chadi', {case},
    'A reason as long as reasons are, in one sentence.', 'page 0123456789abcdef0123456789abcdef'
FROM generate_series(1, {acts}) n
"""
_ROWS = """
INSERT INTO newsroom_historicalcase
SELECT (jsonb_populate_record(h, jsonb_build_object('history_id', 1000000 + n,
    'act_id', 1000000 + n, 'title', 'Title ' || n, 'history_date', statement_timestamp(),
    'history_type', '~', 'version', n))).*
FROM newsroom_historicalcase h, generate_series(1, {acts}) n WHERE h.history_id = {row}
"""
_NUMBERED = """
SELECT setval('audit_act_id_seq', 1000000 + {acts}), setval('newsroom_historicalcase_history_id_seq', 1000000 + {acts})
"""
_STATED = """
SELECT act_id, now()::text,
    convert_to('{{"act":' || act_id || ',"actor":{actor},"actor_name":"Chadi","adopted":false,"at":"'
    || to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","case":{case},"name":"case.edit",'
    || '"on_behalf_of":null,"origin":' || to_json(a.origin)::text || ',"reason":' || to_json(a.reason)::text
    || ',"recorded_at":"' || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    || '","rows":[{{"columns":{shape},"digests":[[' || history_id || ',"{case}","~","' || {digest}
    || '"]],"table":"newsroom_historicalcase"}}],"version":1}}', 'UTF8')
FROM public.newsroom_historicalcase h
JOIN (SELECT id AS number, at, origin, reason FROM public.audit_act) a ON a.number = h.act_id
WHERE act_id > 1000000 ORDER BY act_id
"""


def measure() -> Iterator[Figure]:
    cast = assemble()
    case = open_case(cast)
    names: dict[str, Any] = {"actor": cast.chadi.pk, "case": case.pk, "acts": ACTS, "row": case.history.get().pk}
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(_ACTS.format(**names))
        cursor.execute(_ROWS.format(**names))
        cursor.execute(_NUMBERED.format(**names))
        names |= {"digest": row_digest(columns_of(cursor, TABLE)), "shape": Shape.objects.get(table=TABLE).pk}
        _bind(cursor, _STATED.format(**names))
        values: list[Any] = [f"Title {ACTS}", ACTS, case.pk]
        cursor.execute("UPDATE newsroom_case SET title = %s, version = %s WHERE id = %s", values)
        cursor.execute("VACUUM ANALYZE")
    taken, note = time.perf_counter() - began, f"{ACTS} acts, each with a row of history"
    yield Figure("acts laid", ACTS / taken, "1/s", "set by set; no figure of the product")
    yield from _verified("nothing: the start of the command, in all that follows", "", "--help")
    yield from _verified("ledger and checkpoints", note, "--ledger-only")
    yield from _verified("everything with every row", note)
    yield from _verified("since the last checkpoint", f"{note}, {CHECKPOINT_EVERY} since", "--since-checkpoint")
    size = Head.objects.get().size
    proof = milliseconds(lambda: proofs.inclusion(size // 3, size))
    yield Figure("a proof of inclusion", proof, "ms", f"in a log of {size}")
    _anchor_late()
    first = Entry.objects.get(index=size // 3)
    proof = milliseconds(lambda: proof_of(first))
    yield Figure("a proof, with who outside holds it", proof, "ms", f"in a log of {size}, anchored only at its end")
    acts = [*Entry.objects.filter(index__lt=50).values_list("act", flat=True)]
    yield Figure("what vouches for 50 acts", milliseconds(lambda: vouches(acts)), "ms", f"the first of {size}")


def _anchor_late() -> None:
    """Every checkpoint was promised somewhere, and only the last is held: whoever looked at each would be slow."""
    checkpoints = [*Checkpointed.objects.order_by("size")]
    Anchor.objects.bulk_create(
        Anchor(checkpoint=each, kind=kind, target=f"{kind} {number}", state=StampState.PENDING)
        for each in checkpoints
        for kind in AnchorKind
        for number in range(5)
    )
    for kind in AnchorKind:
        Anchor.objects.create(checkpoint=checkpoints[-1], kind=kind, target="held", state=StampState.DELIVERED)


def _bind(cursor: Any, query: str) -> None:
    head, key = Head.objects.get(), signing_keys()[0]
    peaks, recorded_at, notes = head.peaks, head.recorded_at, []
    with (
        snapshot() as session,
        cursor.copy("COPY audit_entry (index, act_id, recorded_at, content, hashes) FROM STDIN") as copy,
    ):
        for act, recorded_at, content in session.stream(query):
            hashes = node = leaf_hash(content)
            left, rest = list(peaks.hashes), peaks.size
            while rest & 1:
                node, rest = node_hash(left.pop(), node), rest >> 1
                hashes += node
            copy.write_row((peaks.size, act, recorded_at, content, hashes))
            peaks = Peaks(peaks.size + 1, (*left, node))
            if peaks.size % CHECKPOINT_EVERY == 0 and peaks.size <= ACTS - CHECKPOINT_EVERY:
                statement = Checkpoint(key.name, peaks.size, peaks.root)
                notes.append((peaks.size, signed(statement, [(key.name, key.public, key.sign)]).text, ""))
    cursor.execute(
        "UPDATE audit_head SET size = %s, packed = %s, recorded_at = %s", [peaks.size, peaks.packed, recorded_at]
    )
    cursor.executemany("INSERT INTO audit_checkpoint (size, note, occasion) VALUES (%s, %s, %s)", notes)


def _verified(name: str, note: str, *options: str) -> Iterator[Figure]:
    """By the command, so that its start and its memory count."""
    program = [sys.executable, "manage.py", "verify_audit", *options]
    began = time.perf_counter()
    with subprocess.Popen(program, env={**os.environ, "ISNAD_TEST_RUN": RUN}, stdout=subprocess.PIPE, text=True) as run:
        said = run.stdout.read() if run.stdout else ""
        _, status, used = os.wait4(run.pid, 0)
    taken = time.perf_counter() - began
    if status:
        raise RuntimeError(said[-2000:])
    yield Figure(f"verify {name}", taken, "s", note)
    yield Figure(
        f"verify {name}, computing", used.ru_utime + used.ru_stime, "s", "of the verifying process, beside PostgreSQL"
    )
    yield Figure(f"verify {name}, memory", used.ru_maxrss / 1024, "MB", "peak of the verifying process")
