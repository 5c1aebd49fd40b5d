"""A ledger of a million acts, verified: the log alone, everything with every row, and since the last checkpoint.

The acts are written by the function that writes all acts, one after another inside the database, each with a row of
history. `ISNAD_BENCH_ACTS` says how many, where a million take too long.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

from django.db import connection

from audit import checkpoints
from audit.models import Head
from audit.queries import proofs
from benchmarks import Figure, milliseconds
from tests.cast import assemble, open_case
from tests.settings import RUN

ACTS = int(os.environ.get("ISNAD_BENCH_ACTS", "1000000"))
AT_ONCE = 10_000
_WRITE = """
DO $do$
DECLARE
    number bigint;
BEGIN
    FOR number IN {first} .. {last} LOOP
        INSERT INTO newsroom_historicalcase
        SELECT (jsonb_populate_record(h, jsonb_build_object(
            'history_id', 1000000 + number, 'act_id', 1000000 + number, 'title', 'Title ' || number,
            'history_date', statement_timestamp(), 'history_type', '~', 'version', number
        ))).* FROM newsroom_historicalcase h WHERE history_id = {pattern};
        PERFORM audit_append(1000000 + number, 'case.edit', statement_timestamp(), {actor}, 'Chadi', NULL, {case},
            'A reason as long as reasons are, in one sentence.', 'page 0123456789abcdef0123456789abcdef',
            ARRAY['newsroom_historicalcase']);
        IF number % 100 = 0 THEN
            COMMIT;
        END IF;
    END LOOP;
END $do$
"""


def measure() -> Iterator[Figure]:
    cast = assemble()
    case = open_case(cast)
    pattern = case.history.get().pk
    began = time.perf_counter()
    with connection.cursor() as cursor:
        for first in range(0, ACTS, AT_ONCE):
            if first:
                checkpoints.make()
            last = min(first + AT_ONCE, ACTS) - 1
            cursor.execute(_WRITE.format(first=first, last=last, pattern=pattern, actor=cast.chadi.pk, case=case.pk))
        values = [f"Title {ACTS - 1}", ACTS - 1, case.pk]
        cursor.execute("UPDATE newsroom_case SET title = %s, version = %s WHERE id = %s", values)
        cursor.execute("VACUUM ANALYZE")
    taken, note = time.perf_counter() - began, f"{ACTS} acts, each with a row of history"
    yield Figure(
        "acts laid", ACTS / taken, "1/s", "inside the database, a hundred to a commit; no figure of the product"
    )
    yield from _verified("ledger and checkpoints", note, "--ledger-only")
    yield from _verified("everything with every row", note)
    yield from _verified("since the last checkpoint", f"{note}, {AT_ONCE} since", "--since-checkpoint")
    size = Head.objects.get().size
    proof = milliseconds(lambda: proofs.inclusion(size // 3, size))
    yield Figure("a proof of inclusion", proof, "ms", f"in a log of {size}")


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
    yield Figure(f"verify {name}, memory", used.ru_maxrss / 1024, "MB", "peak of the verifying process")
