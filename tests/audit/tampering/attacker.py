"""Somebody with the rights of a superuser: no trigger stops them, no constraint, and they know how the ledger works.

Whatever they do is done in a transaction that is looked at and then rolled back.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.domain.canonical import canonical
from audit.domain.merkle import SIZE, Peaks, leaf_hash, node_hash
from audit.domain.notes import Checkpoint, signed
from audit.signing import signing_keys
from audit.verifying.tables import REWRITTEN

Changed = Callable[[dict[str, Any]], None]


@dataclass
class Attacker:
    connection: psycopg.Connection[Any]
    record: list[str]

    def do(self, sql: str) -> None:
        with self.unhindered():
            self.connection.execute(sql.encode())

    @contextmanager
    def unhindered(self) -> Iterator[None]:
        """Without triggers, and with all of them in their place again afterwards."""
        self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or what was inserted before would still wait for it
        self.connection.execute("SET CONSTRAINTS ALL DEFERRED")
        self.connection.execute("SET LOCAL session_replication_role = replica")
        for table in self.record:
            self.connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        yield
        for table in self.record:
            self.connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
            for trigger in ("record_stays", "record_stays_whole"):
                if trigger == "record_stays_whole" or table not in REWRITTEN:
                    self.connection.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}".encode())
        self.connection.execute("SET LOCAL session_replication_role = origin")

    def say(self, index: int, change: Changed) -> None:
        """Alter what an entry says, in the form an entry has."""
        said = json.loads(self._one("SELECT content FROM audit_entry WHERE index = %s", index))
        change(said)
        with self.unhindered():
            self.connection.execute(
                "UPDATE audit_entry SET content = %s, act_id = %s WHERE index = %s",
                [canonical(said), said["act"], index],
            )

    def rebuild(self) -> None:
        """Make tree and head fit whatever the entries say now, and renumber these without a gap."""
        peaks, latest = Peaks(), None
        rows = self.connection.execute(
            "SELECT index, recorded_at, content FROM audit_entry ORDER BY recorded_at, index"
        ).fetchall()
        with self.unhindered():
            self.connection.execute("UPDATE audit_entry SET index = -index - 1000000")
            for index, recorded_at, content in rows:
                node = leaf_hash(bytes(content))
                hashes, rest, left = node, peaks.size, list(peaks.hashes)
                while rest & 1:
                    node = node_hash(left.pop(), node)
                    hashes, rest = hashes + node, rest >> 1
                self.connection.execute(
                    "UPDATE audit_entry SET index = %s, hashes = %s WHERE index = %s",
                    [peaks.size, hashes, -index - 1000000],
                )
                peaks, latest = peaks.append(hashes[:SIZE]), recorded_at
            self.connection.execute(
                "UPDATE audit_head SET size = %s, packed = %s, recorded_at = %s", [peaks.size, peaks.packed, latest]
            )

    def sign(self, size: int, root: bytes, seed: bytes | None = None) -> str:
        """A checkpoint: by the newsroom's own key, stolen, or by another of the same name."""
        ours = signing_keys()[0]
        if seed is None:
            return signed(Checkpoint(ours.name, size, root), [(ours.name, ours.public, ours.sign)]).text
        private = Ed25519PrivateKey.from_private_bytes(seed)
        key = (ours.name, private.public_key().public_bytes_raw(), private.sign)
        return signed(Checkpoint(ours.name, size, root), [key]).text

    def put_checkpoint(self, size: int, note: str) -> None:
        with self.unhindered():
            self.connection.execute("DELETE FROM audit_checkpoint WHERE size = %s", [size])
            self.connection.execute(
                "INSERT INTO audit_checkpoint (size, note, occasion) VALUES (%s, %s, '')", [size, note]
            )

    def root(self) -> bytes:
        size, packed = self.connection.execute("SELECT size, packed FROM audit_head").fetchall()[0]
        return Peaks.read(size, packed).root

    def _one(self, query: str, *params: Any) -> Any:
        return self.connection.execute(query.encode(), params).fetchall()[0][0]
