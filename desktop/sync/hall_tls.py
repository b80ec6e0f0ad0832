# SPDX-License-Identifier: Apache-2.0
"""The one certificate of a hall, and the two ends of a TLS 1.3 line that trust nothing else.

The certificate is made when a hall is opened and says nothing about anybody. A desk trusts it
because the code said so (``hall_code.py``), and trusts no other: no authority, no name, and no
date, because the clocks of laptops in a hall are often wrong.
"""

from __future__ import annotations

import hashlib
import secrets
import socket
import ssl
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_FROM = datetime(2000, 1, 1)  # noqa: DTZ001 - X.509 dates are UTC
_UNTIL = datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001 - RFC 5280: no end that means anything


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its key, both PEM."""

    pem: str
    key: str

    @property
    def der(self) -> bytes:
        return ssl.PEM_cert_to_DER_cert(self.pem)


def make_certificate() -> Certificate:
    """A new self-signed certificate: P-256, which every OpenSSL can do."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "samut hall")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return Certificate(made.public_bytes(serialization.Encoding.PEM).decode(), plain.decode())


def fingerprint(der: bytes) -> bytes:
    """SHA-256 of a certificate."""
    return hashlib.sha256(der).digest()


def hub_context(certificate: Certificate) -> ssl.SSLContext:
    """The hub's end: TLS 1.3 and nothing older."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    # Python loads keys from files only. It lies there sealed with a password that is nowhere.
    password = secrets.token_bytes(32).hex().encode()
    key = serialization.load_pem_private_key(certificate.key.encode(), None)
    sealed = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password),
    )
    with tempfile.TemporaryDirectory(prefix="samut-") as folder:
        file = Path(folder, "hall.pem")
        file.write_bytes(certificate.pem.encode() + sealed)
        context.load_cert_chain(file, password=password)
    return context


def desk_context(der: bytes) -> ssl.SSLContext:
    """A desk's end: only the laptop that holds the key of this very certificate is spoken to."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.load_verify_locations(cadata=der)
    return context


def shown_certificate(host: str, port: int, timeout: float) -> bytes:
    """The certificate (DER) of whoever answers there; nothing is believed of it yet.

    ``OSError`` (``ssl.SSLError`` is one) when nobody answers, or not by TLS 1.3.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection((host, port), timeout) as plain,
        context.wrap_socket(plain) as line,
    ):
        shown = line.getpeercert(binary_form=True)
    if shown is None:
        raise OSError("no certificate was shown")
    return shown
