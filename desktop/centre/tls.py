# SPDX-License-Identifier: Apache-2.0
"""The centre's own certificate authority, and the certificate it shows to laptops.

A laptop learns the authority (its SPKI pin stands in the joining code's QR, the certificate
comes with the answer to its joining) and trusts nothing else for the centre, so an authority that
a Wi-Fi portal slipped into the system's store opens nothing. The authority signs servers only
(path length 0). The server's certificate lives 397 days and is made anew, with a new key, when
less than a third of that is left; laptops pin the authority, so they do not notice.

Where a reverse proxy does TLS with a certificate everybody knows, nothing of this is used.
"""

from __future__ import annotations

import hashlib
import os
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop.errors import Problem
from desktop.i18n import _

CA_FILE: Final = "ca.pem"
CA_KEY: Final = "ca.key"
SERVER_FILE: Final = "server.pem"
"""Key and certificate in one file, so that one of them is never renewed without the other."""

_CA_LIFE: Final = timedelta(days=3650)
_SERVER_LIFE: Final = timedelta(days=397)
_RENEW_WITH: Final = _SERVER_LIFE / 3
_EARLIER: Final = timedelta(days=2)
"""Certificates begin before they are made: a laptop's clock may be behind."""


class NoCertificate(Problem):
    """The files TLS needs are missing or cannot be read."""


def spki_pin(certificate: x509.Certificate) -> str:
    """SHA-256 (hex) over the certificate's public key: what a laptop pins."""
    key = certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(key).hexdigest()


def make_authority(folder: Path, name: str, now: datetime | None = None) -> x509.Certificate:
    """Make the centre's authority in ``folder``. An authority that is there is never replaced."""
    if (folder / CA_KEY).exists():
        raise NoCertificate(_("There is already an authority in {folder}.").format(folder=folder))
    now = now or datetime.now(UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, (name or "Samut Sanam")[:64])])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + _CA_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(ca=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    keep_secret(folder / CA_KEY, _pem(key))
    (folder / CA_FILE).write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return made


def make_server(folder: Path, host: str, now: datetime | None = None) -> x509.Certificate:
    """Make a server certificate with a new key for ``host`` (a name or an address)."""
    now = now or datetime.now(UTC)
    authority, signer = _authority(folder)
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:64])]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(min(now + _SERVER_LIFE, authority.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(ca=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(_names(host)), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
            critical=False,
        )
        .sign(signer, hashes.SHA256())
    )
    chain = made.public_bytes(serialization.Encoding.PEM)
    chain += authority.public_bytes(serialization.Encoding.PEM)
    keep_secret(folder / SERVER_FILE, _pem(key) + chain)
    return made


def renew_server(folder: Path, host: str, now: datetime | None = None) -> bool:
    """Make the server's certificate anew when it is missing, made out to another host, or has
    less than a third of its life left. True when it was."""
    now = now or datetime.now(UTC)
    try:
        kept = (folder / SERVER_FILE).read_bytes()
        held = x509.load_pem_x509_certificate(kept)
        names = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        held = None
    if (
        held is not None
        and list(names) == _names(host)
        and held.not_valid_after_utc - now > _RENEW_WITH
    ):
        return False
    make_server(folder, host, now)
    return True


def authority_pem(folder: Path) -> str:
    """The authority's certificate, as a laptop keeps it; empty when the centre has none."""
    try:
        return (folder / CA_FILE).read_text("ascii")
    except FileNotFoundError:
        return ""


def authority_pin(folder: Path) -> str:
    """The authority's SPKI pin (hex); empty when the centre has none."""
    pem = authority_pem(folder)
    return spki_pin(x509.load_pem_x509_certificate(pem.encode())) if pem else ""


def server_context() -> ssl.SSLContext:
    """What the service answers with: TLS 1.3 and nothing older. It has no certificate yet."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.set_alpn_protocols(["http/1.1"])
    # A laptop takes up one session at a time; the usual second ticket is bytes on its line.
    context.num_tickets = 1
    return context


def show(context: ssl.SSLContext, certificate: Path, key: Path | None = None) -> None:
    """Let ``context`` show this certificate from now on, also when it is in use already.

    ``key`` is None when it stands in the same file.
    """
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as wrong:
        raise NoCertificate(
            _("The certificate {file} or its key cannot be used. Check both files.").format(
                file=certificate
            )
        ) from wrong


def _authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    try:
        held = x509.load_pem_x509_certificate((folder / CA_FILE).read_bytes())
        key = serialization.load_pem_private_key((folder / CA_KEY).read_bytes(), None)
    except (OSError, ValueError) as wrong:
        raise NoCertificate(
            _(
                "The centre's authority in {folder} cannot be read. Restore it from the backup."
            ).format(folder=folder)
        ) from wrong
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != held.public_key():
        raise NoCertificate(
            _(
                "The centre's authority in {folder} cannot be read. Restore it from the backup."
            ).format(folder=folder)
        )
    return held, key


def _names(host: str) -> list[x509.GeneralName]:
    try:
        own: x509.GeneralName = x509.IPAddress(ip_address(host))
    except ValueError:
        own = x509.DNSName(host.encode("idna").decode("ascii"))
    return [own]


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def keep_secret(file: Path, data: bytes) -> None:
    """Write ``data`` whole or not at all, for the owner's eyes only from its first byte."""
    draft = file.with_name(file.name + ".new")
    draft.unlink(missing_ok=True)
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
