"""TLS is verified, and what was seen of it is kept."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sources.archiving.http_engine import capture
from sources.archiving.limits import Limits
from sources.archiving.result import CaptureResult
from sources.domain.captures import CaptureState, Reason
from tests.sources.archiving.conftest import IMPATIENT, TIGHT
from tests.sources.archiving.hostile import HostileServer


def certificate(folder: Path, *, address: str, ends: datetime) -> tuple[HostileServer, ssl.SSLContext]:
    """A server with a certificate for `address` that it signed itself, and a context that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "A paper")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=9))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pem)
    return HostileServer(serving), ssl.create_default_context(cafile=str(pem))


def archive(server: HostileServer, path: str, tls: ssl.SSLContext | None, limits: Limits = TIGHT) -> CaptureResult:
    return capture(server.url(path), limits=limits, allow=frozenset({("127.0.0.1", server.port)}), tls=tls)


@pytest.fixture
def trusted(tmp_path: Path) -> Iterator[tuple[HostileServer, ssl.SSLContext]]:
    server, tls = certificate(tmp_path, address="127.0.0.1", ends=datetime.now(UTC) + timedelta(days=9))
    yield server, tls
    server.close()


def test_what_was_seen_is_kept(trusted: tuple[HostileServer, ssl.SSLContext]) -> None:
    result = archive(trusted[0], "/good", trusted[1])
    assert result.state is CaptureState.SUCCEEDED
    tls = result.exchanges[0].tls
    assert tls is not None
    assert (tls.version, tls.subject, tls.issuer) == ("TLSv1.3", "CN=A paper", "CN=A paper")
    assert tls.certificate_digest.startswith("sha256:")
    assert tls.certificate_digest in str(result.exchanges[0].facts())


def test_nobody_vouches_for_it(trusted: tuple[HostileServer, ssl.SSLContext]) -> None:
    result = archive(trusted[0], "/good", None)
    assert (result.state, result.reason) == (CaptureState.FAILED, Reason.TLS_FAILED)
    assert "self-signed" in result.detail


@pytest.mark.parametrize(("address", "days"), [("127.0.0.2", 9), ("127.0.0.1", -1)])
def test_another_name_or_expired(address: str, days: int, tmp_path: Path) -> None:
    server, tls = certificate(tmp_path, address=address, ends=datetime.now(UTC) + timedelta(days=days))
    result = archive(server, "/good", tls)
    server.close()
    assert (result.state, result.reason) == (CaptureState.FAILED, Reason.TLS_FAILED)


def test_not_tls_at_all(server: HostileServer) -> None:
    url = server.url("/good").replace("http:", "https:")
    result = capture(url, limits=IMPATIENT, allow=frozenset({("127.0.0.1", server.port)}))
    assert result.state is CaptureState.FAILED
    assert result.reason in (Reason.TLS_FAILED, Reason.DEADLINE_PASSED)


def test_cut_and_slow_within_tls(trusted: tuple[HostileServer, ssl.SSLContext]) -> None:
    assert archive(trusted[0], "/cut-length", trusted[1]).reason is Reason.CONNECTION_LOST
    assert archive(trusted[0], "/slow-body", trusted[1], IMPATIENT).reason is Reason.DEADLINE_PASSED
