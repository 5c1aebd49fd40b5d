"""A time stamp authority as it is in the world: `openssl ts` with keys and certificates made for the occasion."""

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from audit.stamps.rfc3161 import QUERY, REPLY
from tests.services import Asked, Said

CONFIGURATION = """
[ts]
default_tsa = tsa
[tsa]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.55555.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
# Making keys is what takes time here; what a test is about is the certificates.
KEYS = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]
BETWEEN = ec.generate_private_key(ec.SECP256R1())
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Authority:
    """`roots` is the file by which its tokens are believed."""

    folder: Path

    @property
    def roots(self) -> Path:
        return self.folder / "root.pem"

    @property
    def certificates(self) -> list[x509.Certificate]:
        return x509.load_pem_x509_certificates(self.roots.read_bytes())

    def reply(self, query: bytes) -> bytes:
        """What it answers, in DER."""
        asked, said = self.folder / "query.tsq", self.folder / "reply.tsr"
        asked.write_bytes(query)
        options: list[str | Path] = [
            "-config",
            self.folder / "ts.cnf",
            "-section",
            "tsa",
            "-queryfile",
            asked,
            "-out",
            said,
        ]
        subprocess.run(["openssl", "ts", "-reply", *options], check=True, capture_output=True)
        return said.read_bytes()

    def signs(self, content: bytes) -> bytes:
        """A reply around what another authority has said, signed with a key that may not be for that."""
        said, token = self.folder / "said.der", self.folder / "token.der"
        said.write_bytes(content)
        kind = ["-econtent_type", "1.2.840.113549.1.9.16.1.4", "-binary", "-nodetach", "-cades", "-outform", "DER"]
        keys: list[str | Path] = ["-signer", self.folder / "tsa.pem", "-inkey", self.folder / "tsa.key"]
        options: list[str | Path] = ["-md", "sha256", *kind, *keys, "-in", said, "-out", token]
        subprocess.run(["openssl", "cms", "-sign", *options], check=True, capture_output=True)
        body = bytes.fromhex("3003020100") + token.read_bytes()  # granted, and the token
        return b"\x30\x82" + len(body).to_bytes(2, "big") + body

    def says(self, reply: bytes) -> bytes:
        """What stands in a reply of its own, without signature: the TSTInfo."""
        (self.folder / "reply.tsr").write_bytes(reply)
        token = self.folder / "token.der"
        out: list[str | Path] = ["-in", self.folder / "reply.tsr", "-token_out", "-out", token]
        subprocess.run(["openssl", "ts", "-reply", *out], check=True, capture_output=True)
        read: list[str | Path] = ["-verify", "-noverify", "-inform", "DER", "-in", token, "-binary"]
        return subprocess.run(["openssl", "cms", *read], check=True, capture_output=True).stdout

    def answer(self, asked: Asked) -> Said:
        """Over HTTP, as RFC 3161 says in section 3.4."""
        if asked.method != "POST" or asked.headers.get("content-type") != QUERY:
            return Said(415)
        return Said(200, self.reply(asked.body), {"Content-Type": REPLY})

    def confirms(self, reply: bytes, data: bytes) -> bool:
        """Whether OpenSSL, which knows nothing of us, says that this reply is about `data`."""
        (self.folder / "kept.tsr").write_bytes(reply)
        (self.folder / "data").write_bytes(data)
        options: list[str | Path] = [
            "-data",
            self.folder / "data",
            "-in",
            self.folder / "kept.tsr",
            "-CAfile",
            self.roots,
        ]
        return subprocess.run(["openssl", "ts", "-verify", *options], capture_output=True).returncode == 0


def found(
    folder: Path,
    *,
    name: str = "A time authority",
    days: tuple[float, float] = (-9, 9),
    stamps: bool = True,
    key: Key = KEYS[1],
    through: bool | None = None,
) -> Authority:
    """One whose certificate is valid from and until so many days from now, and made for time stamps or not.

    `through`: it is certified by another one in between, which may certify (True), or may not (False).
    """
    folder.mkdir(parents=True, exist_ok=True)
    root_key = KEYS[0]
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name}, root")])
    tsa_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    purpose = ExtendedKeyUsageOID.TIME_STAMPING if stamps else ExtendedKeyUsageOID.CODE_SIGNING
    root = _certificate(root_name, root_name, root_key, (-99, 99)).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    between_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name}, in between")])
    between = _certificate(between_name, root_name, BETWEEN, (-99, 99)).add_extension(
        x509.BasicConstraints(ca=bool(through), path_length=None), critical=True
    )
    # Longer than the one it certifies: OpenSSL leaves them in the order it finds them, and DER wants the shorter first.
    between = between.add_extension(
        x509.SubjectAlternativeName([x509.DNSName(f"{'long.' * 20}example")]), critical=False
    )
    above, signing = (root_name, root_key) if through is None else (between_name, BETWEEN)
    tsa = _certificate(tsa_name, above, key, days).add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    for file, certificate, by in (("root", root, root_key), ("between", between, root_key), ("tsa", tsa, signing)):
        signed = certificate.sign(by, hashes.SHA256())
        (folder / f"{file}.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "tsa.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
    )
    brought = "" if through is None else f"certs = {folder}/between.pem\n"
    (folder / "ts.cnf").write_text(CONFIGURATION.format(folder=folder) + brought)
    (folder / "serial").write_text("01\n")
    return Authority(folder)


def _certificate(subject: x509.Name, issuer: x509.Name, key: Key, days: tuple[float, float]) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
    )
