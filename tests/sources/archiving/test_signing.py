"""Signatures inside a WACZ: by the specification, as ReplayWeb.page checks them, and refused when they do not hold."""

import base64
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from wacz.main import main as wacz_tool

from sources.archiving import signing
from sources.archiving.http_engine import capture
from sources.archiving.signing import BadSignature, Signed
from tests.sources.archiving.conftest import NOON, TIGHT
from tests.sources.archiving.hostile import HostileServer

SECRET = base64.b64encode(b"k" * 48).decode()
KEY = signing.read_key(SECRET)
OTHER = signing.read_key(base64.b64encode(b"o" * 48).decode())
DIGEST = "datapackage-digest.json"


@pytest.fixture
def wacz(server: HostileServer, tmp_path: Path) -> Path:
    """A signed capture, as a file."""
    result = capture(
        server.url("/good"),
        limits=TIGHT,
        allow=frozenset({("127.0.0.1", server.port)}),
        clock=lambda: NOON,
        sign=lambda digest, at: signing.sign(digest, at, KEY),
    )
    path = tmp_path / "signed.wacz"
    path.write_bytes(result.wacz)
    return path


def signature_of(path: Path) -> Signed | None:
    with path.open("rb") as file:
        return signing.signature_of(file)


def altered(wacz: Path, name: str, change: Callable[[Any], Any]) -> Path:
    """The same file with one JSON entry changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(wacz) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            data = old.read(entry)
            new.writestr(entry, json.dumps(change(json.loads(data))) if entry == name else data)
    wacz.write_bytes(out.getvalue())
    return wacz


def with_signed_data(**values: Any) -> Callable[[Any], Any]:
    return lambda said: said | {"signedData": said["signedData"] | values}


def test_it_works(wacz: Path) -> None:
    assert signature_of(wacz) == Signed(signing.public_key(KEY), "2026-11-23T12:00:00Z", "Isnad")


def test_the_tools_of_the_trade_accept_it(wacz: Path) -> None:
    assert wacz_tool(["validate", "-f", str(wacz)]) == 0


def test_it_holds_exactly_what_the_specification_lists(wacz: Path) -> None:
    said = json.loads(zipfile.ZipFile(wacz).read(DIGEST))
    assert set(said) == {"path", "hash", "signedData"}
    assert set(said["signedData"]) == {"hash", "created", "software", "version", "signature", "publicKey"}
    assert said["signedData"]["hash"] == said["hash"]


def test_the_same_capture_signed_again_is_the_same_bytes() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    assert signing.sign("sha256:00", at, KEY) == signing.sign("sha256:00", at, KEY)


def test_a_datapackage_that_was_changed(wacz: Path) -> None:
    altered(wacz, "datapackage.json", lambda package: package | {"title": "Another"})
    with pytest.raises(BadSignature, match="another datapackage"):
        signature_of(wacz)


def test_a_datapackage_changed_with_its_digest(wacz: Path) -> None:
    """Whoever changes the file can write its new digest everywhere, and cannot sign it."""
    import hashlib

    altered(wacz, "datapackage.json", lambda package: package | {"title": "Another"})
    digest = "sha256:" + hashlib.sha256(zipfile.ZipFile(wacz).read("datapackage.json")).hexdigest()
    altered(wacz, DIGEST, lambda said: with_signed_data(hash=digest)(said | {"hash": digest}))
    with pytest.raises(BadSignature, match="another key"):
        signature_of(wacz)


def test_somebody_elses_key_put_in_its_place_is_somebody_elses(wacz: Path) -> None:
    with pytest.raises(BadSignature, match="another key"):
        signature_of(altered(wacz, DIGEST, with_signed_data(publicKey=signing.public_key(OTHER))))


@pytest.mark.parametrize(
    "values",
    [
        {"signature": ""},
        {"signature": "no base64"},
        {"signature": base64.b64encode(bytes(96)).decode()},
        {"signature": None},
        {"publicKey": "no base64"},
        {"publicKey": base64.b64encode(b"no key").decode()},
        {"publicKey": None},
        {"hash": 7},
    ],
)
def test_what_is_no_signature(wacz: Path, values: dict[str, Any]) -> None:
    with pytest.raises(BadSignature):
        signature_of(altered(wacz, DIGEST, with_signed_data(**values)))


def test_signed_data_that_is_no_object(wacz: Path) -> None:
    with pytest.raises(BadSignature):
        signature_of(altered(wacz, DIGEST, lambda said: said | {"signedData": [1]}))


def test_nobody_signed(wacz: Path) -> None:
    assert signature_of(altered(wacz, DIGEST, lambda said: {"path": said["path"], "hash": said["hash"]})) is None
    wacz.write_bytes(b"no zip")
    assert signature_of(wacz) is None


def test_a_file_that_unpacks_to_more_than_it_should_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "bomb.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(DIGEST, b" " * 50_000_000)
    assert signature_of(path) is None


@pytest.mark.parametrize(
    "text", ["", "no base64", base64.b64encode(b"short").decode(), base64.b64encode(bytes(48)).decode()]
)
def test_what_is_no_key(text: str) -> None:
    with pytest.raises(ValueError):
        signing.read_key(text)


def test_the_key_is_of_the_curve_that_viewers_know() -> None:
    assert isinstance(KEY.curve, ec.SECP384R1)
