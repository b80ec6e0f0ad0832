# SPDX-License-Identifier: Apache-2.0
"""The office's electronic signature on PDFs that are sent: who signs, and signing.

A P-256 key with a certificate the office made itself, or one it was given (PKCS#12). The private
key lies in the encrypted store of this laptop and nowhere else; it is never synced and never
written into a file. The signature is invisible, of the kind PAdES baseline B, and certifies that
nothing may be changed afterwards.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from desktop.actions.done import Done
from desktop.actions.export import cut
from desktop.errors import Problem
from desktop.i18n import _
from desktop.store import setting
from desktop.store.store import Store

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates
    from cryptography.x509 import Certificate, Name

REASON: Final = "รับรองว่าเป็นเอกสารที่หน่วยงานออก และไม่มีการแก้ไข"
"""What the signature says of itself; shown by readers of PDFs."""
FIELD: Final = "Signature"
YEARS: Final = 5
"""How long a certificate of one's own is good."""
_KEY: Final = "pdf_signer"
_LEAST_RSA: Final = 2048
_CURVES: Final = ("secp256r1", "secp384r1", "secp521r1")
_LONGEST_NAME: Final = 64
"""Bytes of a name in a certificate (X.520); a longer one is cut between letters."""


class SignerProblem(Problem):
    """There is nothing to sign with, or it is not fit for that."""


@dataclass(frozen=True, slots=True)
class SignerCard:
    """Who signs, as readers of a PDF will see it."""

    name: str
    issuer: str
    until: date
    own: bool
    """Made by the office itself: readers are told that nobody vouches for it."""
    fingerprint: str
    """SHA-256 of the certificate in groups of four, for comparing by telephone."""


def signer(store: Store) -> SignerCard | None:
    """Who signs on this laptop; None when nothing is set up."""
    held = _held(store)
    return None if held is None else _card(held)


def make_signer(store: Store, by: str, name: str) -> Done:
    """Make a key and a certificate in the office's name; the value is the card.

    It takes the place of the one before. Raises SignerProblem for an empty name.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs12
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    plain = " ".join(name.split())
    if not plain:
        raise SignerProblem(_("Type the name of the office that signs."))
    now, short = _moment(store), cut(plain, _LONGEST_NAME)
    key = ec.generate_private_key(ec.SECP256R1())
    whole = [x509.NameAttribute(NameOID.COMMON_NAME, short)]
    if short != plain:
        whole.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, plain))
    subject = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "TH"), *whole])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    # For signing documents (RFC 9336), and what older readers of PDFs look for.
    uses = [x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"), ExtendedKeyUsageOID.EMAIL_PROTECTION]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage(uses), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    data = pkcs12.serialize_key_and_certificates(
        None, key, certificate, None, serialization.NoEncryption()
    )
    return _keep(store, by, data)


def import_signer(store: Store, by: str, data: bytes, passphrase: str) -> Done:
    """Take over a key and certificate the office was given (``.p12``, ``.pfx``).

    The value is the card. Raises SignerProblem with what is wrong with the file.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        held = pkcs12.load_pkcs12(data, passphrase.encode() if passphrase else None)
    except ValueError as error:
        raise SignerProblem(
            _("The file cannot be opened. Check its passphrase, and that it is a .p12 or .pfx.")
        ) from error
    key, found = held.key, held.cert
    if key is None or found is None:
        raise SignerProblem(_("There is no key with a certificate in this file."))
    if isinstance(key, rsa.RSAPrivateKey):
        fit = key.key_size >= _LEAST_RSA
    else:
        fit = isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _CURVES
    if not fit or key.public_key() != found.certificate.public_key():
        raise SignerProblem(_("The key in this file is not fit for signing documents."))
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SignerProblem(_("The key in this file is not fit for signing documents."))
    _demand_current(found.certificate, _moment(store))
    plain = pkcs12.serialize_key_and_certificates(
        None,
        key,
        found.certificate,
        [one.certificate for one in held.additional_certs],
        serialization.NoEncryption(),
    )
    return _keep(store, by, plain)


def forget_signer(store: Store, by: str) -> Done:
    """Sign no more; the private key is gone. What was signed stays signed."""
    with store.write(by) as write:
        setting.keep(write, _KEY, None)
    return Done(frozenset({"office"}))


def signer_certificate(store: Store) -> bytes:
    """The certificate without its key (PEM), to be given to those who are to trust it."""
    from cryptography.hazmat.primitives import serialization

    held = _demanded(store)
    return _certificate(held).public_bytes(serialization.Encoding.PEM)


def signing(store: Store) -> Callable[[bytes], bytes]:
    """What signs one PDF after the other, for a thread. Raises SignerProblem."""
    held = _demanded(store)
    _demand_current(_certificate(held), _moment(store))
    made = _pyhanko(held)

    def sign(pdf: bytes) -> bytes:
        return _signed(pdf, made)

    return sign


def _signed(pdf: bytes, made: Any) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

    what = signers.PdfSignatureMetadata(
        field_name=FIELD,
        reason=REASON,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    written = io.BytesIO()
    signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), what, signer=made, output=written)
    return written.getvalue()


def _pyhanko(held: PKCS12KeyAndCertificates) -> Any:
    """The key and certificates as the library that writes signatures takes them."""
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import serialization
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    form = serialization.Encoding.DER
    own = x509.Certificate.load(_certificate(held).public_bytes(form))
    store: Any = SimpleCertificateStore
    registry = store()
    registry.register(own)
    for one in held.additional_certs:
        registry.register(x509.Certificate.load(one.certificate.public_bytes(form)))
    key: Any = held.key
    raw = key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return SimpleSigner(
        signing_cert=own,
        signing_key=keys.PrivateKeyInfo.load(raw),
        cert_registry=registry,
    )


def _held(store: Store) -> PKCS12KeyAndCertificates | None:
    from cryptography.hazmat.primitives.serialization import pkcs12

    with store.read() as conn:
        kept = setting.value(conn, _KEY)
    if not isinstance(kept, str):
        return None
    return pkcs12.load_pkcs12(base64.b64decode(kept), None)


def _demanded(store: Store) -> PKCS12KeyAndCertificates:
    held = _held(store)
    if held is None:
        raise SignerProblem(_("Set up the office's electronic signature first."))
    return held


def _keep(store: Store, by: str, data: bytes) -> Done:
    from cryptography.hazmat.primitives.serialization import pkcs12

    with store.write(by) as write:
        setting.keep(write, _KEY, base64.b64encode(data).decode("ascii"))
    return Done(frozenset({"office"}), _card(pkcs12.load_pkcs12(data, None)))


def _certificate(held: PKCS12KeyAndCertificates) -> Certificate:
    if held.cert is None:
        raise SignerProblem(_("Set up the office's electronic signature first."))
    return held.cert.certificate


def _demand_current(found: Certificate, now: datetime) -> None:
    if not found.not_valid_before_utc <= now <= found.not_valid_after_utc:
        raise SignerProblem(
            _(
                "The certificate of the signature is not valid today. Check the date of this "
                "computer, or make or fetch a new one."
            )
        )


def _card(held: PKCS12KeyAndCertificates) -> SignerCard:
    from cryptography.hazmat.primitives import hashes

    found = _certificate(held)
    print_of = found.fingerprint(hashes.SHA256()).hex().upper()
    return SignerCard(
        name=_words(found.subject),
        issuer=_words(found.issuer),
        until=found.not_valid_after_utc.date(),
        own=found.subject == found.issuer,
        fingerprint=" ".join(print_of[at : at + 4] for at in range(0, len(print_of), 4)),
    )


def _words(name: Name) -> str:
    """The longest name that stands in a certificate for who it is of."""
    from cryptography.x509.oid import NameOID

    found = [
        str(one.value)
        for kind in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)
        for one in name.get_attributes_for_oid(kind)
    ]
    return max(found, key=len, default=name.rfc4514_string())


def _moment(store: Store) -> datetime:
    return store.now().local.astimezone(UTC)
