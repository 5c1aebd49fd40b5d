#!/usr/bin/env python3
"""Check a bundle of an Isnad ledger without trusting whoever made it, nor any code of theirs but this file.

    python isnad_verify.py BUNDLE --key NAME+ID+KEY [--checkpoint FILE]... [--json]

Needs Python 3.11 and `cryptography`, and no network. Pin the key: have it from somewhere else than the bundle, written
down earlier. Keep checkpoints: each one you hold is a promise that can be checked against every later bundle.

Ends with 0 when everything fits, with 1 when something does not, with 2 when it cannot be read. The form of a bundle,
and what all this proves and what not, stands in docs/methods/audit.md.
"""

import argparse
import base64
import binascii
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "isnad-audit-bundle"
MEMBERS = (
    "act", "actor", "actor_name", "adopted", "at", "case", "name", "on_behalf_of", "origin", "reason", "recorded_at",
    "rows", "version",
)  # fmt: skip
SHOWN_OF_A_KIND = 50
Note = tuple[str, int, bytes, list[tuple[bytes, bytes]], bytes]


class Unreadable(Exception):
    pass


# --- the tree: RFC 9162, section 2.1


def leaf_hash(content: bytes) -> bytes:
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def append(peaks: list[bytes], size: int, node: bytes) -> None:
    while size & 1:
        node, size = node_hash(peaks.pop(), node), size >> 1
    peaks.append(node)


def root_of(peaks: list[bytes]) -> bytes:
    if not peaks:
        return sha256().digest()
    *rest, found = peaks
    for peak in reversed(rest):
        found = node_hash(peak, found)
    return found


def is_included(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Section 2.1.3.2."""
    place, last, found = index, size - 1, leaf
    if not 0 <= index < size:
        return False
    for beside in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(beside, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(old: int, size: int, proof: list[bytes], old_root: bytes, root: bytes) -> bool:
    """Section 2.1.4.2."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    hashes = proof if old & (old - 1) else [old_root, *proof]
    if not hashes:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = hashes[0]
    for beside in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(beside, before), node_hash(beside, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == root


# --- what is signed: C2SP signed-note and tlog-checkpoint


def read_key(text: str) -> tuple[bytes, bytes]:
    try:
        name, stated, encoded = text.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        key_id = sha256(name.encode() + b"\n" + raw).digest()[:4]
        if raw[:1] != b"\x01" or len(raw) != 33 or key_id != bytes.fromhex(stated):
            raise ValueError
    except ValueError as error:
        raise Unreadable(f"{text!r} is not a verifier key of the form name+id+key.") from error
    return key_id, raw[1:]


def read_note(text: str) -> Note | None:
    """Origin, size, root, signatures (id of the key, signature), and the bytes they are of."""
    body, blank, tail = text.partition("\n\n")
    try:
        origin, size, root = body.split("\n")
        signatures = []
        for line in tail.splitlines():
            dash, _name, encoded = line.split(" ")
            raw = base64.b64decode(encoded, validate=True)
            if dash != "\u2014" or len(raw) <= 4:
                return None
            signatures.append((raw[:4], raw[4:]))
        if not blank or not tail.endswith("\n") or not origin or not size.isascii() or not size.isdigit():
            return None
        return origin, int(size), base64.b64decode(root, validate=True), signatures, f"{body}\n".encode()
    except (ValueError, binascii.Error):
        return None


def judge(note: Note | None, trusted: dict[bytes, bytes]) -> str:
    """ "signed", or the second half of the kind of a finding."""
    if note is None:
        return "form"
    found = False
    for key_id, signature in note[3]:
        if key_id in trusted:
            try:
                Ed25519PublicKey.from_public_bytes(trusted[key_id]).verify(signature, note[4])
            except InvalidSignature:
                return "signature"
            found = True
    return "signed" if found else "key"


# --- the bundle


class Bundle:
    def __init__(self, path: str) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
            self.manifest: dict[str, Any] = json.loads(self.zip.read("manifest.json"))
            if (self.manifest["format"], self.manifest["version"]) != (FORMAT, 1):
                raise Unreadable(f"{path} is no bundle of a version this file knows.")
            self.size, self.is_whole = int(self.manifest["size"]), self.manifest["scope"] == "log"
            self.has_rows = bool(self.manifest["rows"])
        except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
            raise Unreadable(f"{path} is not a bundle: {error}") from error

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        with self.zip.open(name) as file:
            for line in file:
                yield json.loads(line)


class Check:
    def __init__(self, bundle: Bundle, trusted: dict[bytes, bytes], witnesses: dict[str, str]) -> None:
        self.bundle, self.trusted, self.witnesses = bundle, trusted, witnesses
        self.findings: list[dict[str, Any]] = []
        self.counts: dict[str, int] = {}
        self.roots: dict[int, bytes] = {}
        self.expected: dict[tuple[str, int], tuple[int, int, str]] = {}

    def find(self, kind: str, **place: Any) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self.counts[kind] <= SHOWN_OF_A_KIND:
            self.findings.append({"kind": kind, **place})

    def run(self) -> dict[str, Any]:
        checkpoints = [(line, read_note(line["note"])) for line in self.bundle.lines("checkpoints.jsonl")]
        kept = {name: read_note(text) for name, text in self.witnesses.items()}
        if self.bundle.is_whole:
            wanted = {note[1] for note in [*(note for _, note in checkpoints), *kept.values()] if note}
            self.grow(wanted)
        signed = self.check_checkpoints(checkpoints)
        if not self.bundle.is_whole:
            self.check_included()
        self.check_witnesses(kept, signed)
        if self.bundle.has_rows:
            self.check_rows()
        root = self.roots.get(self.bundle.size, b"").hex()
        return {
            "fits": not self.counts, "size": self.bundle.size, "root": root, "checkpoints": len(checkpoints),
            "counts": self.counts, "findings": self.findings,
        }  # fmt: skip

    def grow(self, wanted: set[int]) -> None:
        """Every leaf there is, by its content or, where that is withheld, by its hash alone."""
        peaks: list[bytes] = []
        size, before, adopting = 0, "", True
        for line in self.bundle.lines("entries.jsonl"):
            if line["index"] != size:
                self.find("entry.missing", index=size)
                return
            if "content" in line:
                before, adopting = self.read_entry(line, before, adopting)
                leaf = leaf_hash(line["content"].encode())
            else:
                leaf = bytes.fromhex(line["leaf"])
            append(peaks, size, leaf)
            size += 1
            if size in wanted or size == self.bundle.size:
                self.roots[size] = root_of(peaks)
        if size != self.bundle.size:
            self.find("head.size", index=size, detail=str(self.bundle.size))

    def check_checkpoints(self, checkpoints: list[tuple[dict[str, Any], Note | None]]) -> dict[int, bytes]:
        signed: dict[int, bytes] = {}
        for line, note in checkpoints:
            judged = judge(note, self.trusted)
            if note is None or judged != "signed":
                self.find(f"checkpoint.{judged}", object=str(line["size"]))
            elif note[1] != line["size"]:
                self.find("checkpoint.size", object=str(line["size"]), detail=str(note[1]))
            elif note[1] > self.bundle.size:
                self.find("checkpoint.beyond", index=self.bundle.size, object=str(note[1]))
            else:
                signed[note[1]] = note[2]
        if not self.bundle.is_whole and self.bundle.size in signed:
            self.roots[self.bundle.size] = signed[self.bundle.size]
        fitting = [size for size, root in signed.items() if self.fits(size, root, checkpoints)]
        for size in signed:
            if size not in fitting:
                later = any(each > size for each in fitting)
                self.find("checkpoint.fork" if later else "checkpoint.root", object=str(size))
        return {size: signed[size] for size in fitting}

    def fits(self, size: int, root: bytes, checkpoints: list[tuple[dict[str, Any], Note | None]]) -> bool:
        if self.bundle.is_whole:
            return self.roots.get(size) == root
        if self.bundle.size not in self.roots:
            return False
        line = next(line for line, _ in checkpoints if line["size"] == size)
        proof = [bytes.fromhex(each) for each in line.get("consistency", [])]
        return is_consistent(size, self.bundle.size, proof, root, self.roots[self.bundle.size])

    def check_included(self) -> None:
        """Of a part of the log: each entry by its own proof against the one checkpoint over all of it."""
        before = ""
        for line in self.bundle.lines("entries.jsonl"):
            proof = [bytes.fromhex(each) for each in line["proof"]]
            before, _ = self.read_entry(line, before, True)
            leaf, root = leaf_hash(line["content"].encode()), self.roots.get(self.bundle.size, b"")
            if not is_included(leaf, line["index"], self.bundle.size, proof, root):
                self.find("entry.content", index=line["index"])

    def check_witnesses(self, kept: dict[str, Note | None], signed: dict[int, bytes]) -> None:
        for name, note in kept.items():
            judged = judge(note, self.trusted)
            if note is None or judged != "signed":
                self.find(f"witness.{judged}", object=name)
                continue
            _, size, root, _, _ = note
            if size > self.bundle.size:
                self.find("witness.beyond", index=self.bundle.size, object=name, detail=str(size))
            elif size in signed and signed[size] == root:
                continue
            elif size in signed or (self.bundle.is_whole and self.roots.get(size) != root):
                later = any(each >= size for each in signed)
                self.find("witness.fork" if later else "witness.root", object=name, detail=str(size))
            else:
                self.find("witness.absent", object=name, detail=str(size))

    def read_entry(self, line: dict[str, Any], before: str, adopting: bool) -> tuple[str, bool]:
        index, content = line["index"], line["content"]
        try:
            said = json.loads(content)
            again = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
            if again != content or tuple(said) != MEMBERS or said["version"] != 1:
                raise ValueError
            at, recorded_at = (datetime.fromisoformat(said[name]) for name in ("at", "recorded_at"))
            for rows in said["rows"]:
                for history_id, _key, _kind, digest in rows["digests"]:
                    self.expected[rows["table"], history_id] = (index, said["act"], digest)
        except (ValueError, TypeError, KeyError, AttributeError):
            self.find("entry.form", index=index)
            return before, adopting
        if said["recorded_at"] < before:
            self.find("entry.order", index=index)
        if said["adopted"] and not adopting:
            self.find("entry.adopted", index=index)
        if not said["adopted"] and recorded_at - at > timedelta(hours=1):
            self.find("act.backdated", index=index, act=said["act"], detail=said["at"])
        if at - recorded_at > timedelta(minutes=1):
            self.find("act.postdated", index=index, act=said["act"], detail=said["at"])
        return said["recorded_at"], adopting and said["adopted"]

    def check_rows(self) -> None:
        for line in self.bundle.lines("rows.jsonl"):
            table, row = line["table"], line["history_id"]
            if (said := self.expected.pop((table, row), None)) is None:
                self.find("history.added", table=table, row=row)
            elif f"sha256:{sha256(line['text'].encode()).hexdigest()}" != said[2]:
                self.find("history.changed", index=said[0], act=said[1], table=table, row=row)
        for (table, row), (index, act, _) in self.expected.items():
            self.find("history.removed", index=index, act=act, table=table, row=row)


def main(given: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle")
    parser.add_argument("--key", action="append", required=True, help="a verifier key you have pinned; repeatable")
    parser.add_argument("--checkpoint", action="append", default=[], help="a file you have kept; repeatable")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(given)
    try:
        trusted = dict(map(read_key, asked.key))
        witnesses = {name: Path(name).read_text(encoding="utf-8") for name in asked.checkpoint}
        report = Check(Bundle(asked.bundle), trusted, witnesses).run()
    except (Unreadable, OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        print(f"Cannot be read: {error}", file=sys.stderr)
        return 2
    if asked.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        for finding in report["findings"]:
            print("\t".join([finding["kind"], *(f"{name} {said}" for name, said in finding.items() if name != "kind")]))
        print("Everything fits" if report["fits"] else "It does not fit", end=": ")
        print(f"{report['size']} entries, root {report['root']}.")
    return 0 if report["fits"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
