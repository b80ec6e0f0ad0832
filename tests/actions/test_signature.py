# SPDX-License-Identifier: Apache-2.0
"""Signed PDFs are judged by two readers of other people: poppler's pdfsig, and pyHanko."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from desktop.actions.signature import (
    REASON,
    SignerProblem,
    forget_signer,
    import_signer,
    make_signer,
    signer,
    signer_certificate,
    signing,
)
from desktop.printing.calibration import grid_pdf
from tests.actions.office_ground import BY, NOW, Ground

OFFICE = "ศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก กรมพัฒนาสังคมและสวัสดิการ"


def _pdfsig(pdf: bytes, folder: Path) -> str:
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig is not installed")
    place = folder / "signed.pdf"
    place.write_bytes(pdf)
    done = subprocess.run(["pdfsig", place], capture_output=True, check=False)
    return done.stdout.decode(errors="replace")  # it cuts long names inside a letter


def _judged(pdf: bytes, root: bytes) -> tuple[bool, bool, bool]:
    """Whether a signature is intact, its certificate trusted, and all of the file covered."""
    from asn1crypto import pem
    from asn1crypto import x509 as asn1
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    _kind, _headers, der = pem.unarmor(root)
    context = ValidationContext(trust_roots=[asn1.Certificate.load(der)], allow_fetching=False)
    found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    status = validate_pdf_signature(found, context)
    whole = bool(status.coverage.name == "ENTIRE_FILE" and status.docmdp_ok)
    return bool(status.intact and status.valid), bool(status.trusted), whole


def test_a_signed_certificate_is_whole_for_other_readers_and_looks_the_same(
    ground: Ground, tmp_path: Path
) -> None:
    """Mutants: a signature that allows changes, covers less than the file, or shows on paper."""
    card = make_signer(ground.store, BY, OFFICE).value
    assert card.name == OFFICE
    assert card.own
    pdf = grid_pdf((297, 210))
    signed = signing(ground.store)(pdf)
    told = _pdfsig(signed, tmp_path)
    assert "Signature is Valid." in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert "SHA-256" in told
    assert _judged(signed, signer_certificate(ground.store)) == (True, True, True)
    assert signed.startswith(pdf), "an addition: the page itself is not touched"
    field = pypdf.PdfReader(io.BytesIO(signed)).get_fields()
    assert field is not None
    value = field["Signature"]["/V"]
    assert value["/Reason"] == REASON
    assert [ref["/TransformMethod"] for ref in value["/Reference"]] == ["/DocMDP"]
    assert value["/Reference"][0]["/TransformParams"]["/P"] == 1, "no changes at all"
    pictures = []
    for each in (pdf, signed):
        document = pypdfium2.PdfDocument(each)
        pictures.append(bytes(document[0].render(scale=1).buffer))
        document.close()
    assert pictures[0] == pictures[1]


def test_a_file_that_was_altered_is_found_out(
    ground: Ground, tmp_path: Path, expect_warning: Callable[[str], None]
) -> None:
    """Mutant: a digest of nothing. One letter changed, or a page put over it, must be seen."""
    make_signer(ground.store, BY, OFFICE)
    signed = signing(ground.store)(grid_pdf((297, 210)))
    root = signer_certificate(ground.store)
    place = signed.index(b"stream") + 40
    altered = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
    assert "Signature is Valid." not in _pdfsig(altered, tmp_path)
    assert _judged(altered, root)[0] is False
    expect_warning("Error in diff operation")  # the reader's own log
    # An addition after the signature: intact for itself, and not the whole file any more.
    writer = pypdf.PdfWriter(io.BytesIO(signed), incremental=True)
    writer.pages[0].rotate(180)
    held = io.BytesIO()
    writer.write(held)
    added = held.getvalue()
    assert "Not total document signed" in _pdfsig(added, tmp_path)
    assert _judged(added, root)[2] is False


def test_another_offices_certificate_is_not_believed(
    ground: Ground, expect_warning: Callable[[str], None]
) -> None:
    """Mutant: whoever makes a key in the same name passes."""
    expect_warning("could not be v")  # the reader's own log
    make_signer(ground.store, BY, OFFICE)
    first = signer_certificate(ground.store)
    make_signer(ground.store, BY, OFFICE)
    signed = signing(ground.store)(grid_pdf((297, 210)))
    assert _judged(signed, first) == (True, False, True)


def _given(
    key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey, *, days: int = 30
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Office 99")])
    ca = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Thai CA")])
    now = NOW.astimezone(UTC)
    signed_by = ec.generate_private_key(ec.SECP256R1())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(ca)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days))
        .sign(signed_by, hashes.SHA256())
    )


def _p12(secret: bytes = b"\xe0\xb8\x81 word", days: int = 30) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return pkcs12.serialize_key_and_certificates(
        b"office", key, _given(key, days=days), None,
        serialization.BestAvailableEncryption(secret),
    )  # fmt: skip


def test_a_signature_the_office_was_given_is_taken_over(ground: Ground, tmp_path: Path) -> None:
    """Mutant: a wrong passphrase that ends in a crash, or the issuer shown as the office."""
    with pytest.raises(SignerProblem, match=r"passphrase|รหัสผ่าน"):
        import_signer(ground.store, BY, _p12(), "wrong")
    with pytest.raises(SignerProblem):
        import_signer(ground.store, BY, b"not a key", "")
    assert signer(ground.store) is None
    card = import_signer(ground.store, BY, _p12(), "ก word").value
    assert (card.name, card.issuer, card.own) == ("Office 99", "Thai CA", False)
    assert signer(ground.store) == card
    assert "Signature is Valid." in _pdfsig(signing(ground.store)(grid_pdf((297, 210))), tmp_path)


def test_what_is_not_fit_or_out_of_date_is_refused(ground: Ground) -> None:
    """Mutant: 400 PDFs signed with a certificate that ended yesterday."""
    with pytest.raises(SignerProblem):
        import_signer(ground.store, BY, _p12(days=-1), "ก word")
    key = ed25519.Ed25519PrivateKey.generate()
    odd = pkcs12.serialize_key_and_certificates(
        None, key, _given(key), None, serialization.BestAvailableEncryption(b"x")
    )
    with pytest.raises(SignerProblem):
        import_signer(ground.store, BY, odd, "x")
    with pytest.raises(SignerProblem):
        make_signer(ground.store, BY, "  ")
    with pytest.raises(SignerProblem):
        signing(ground.store)


def test_the_key_is_in_the_encrypted_file_alone_and_goes_when_it_is_forgotten(
    ground: Ground, tmp_path: Path
) -> None:
    """Mutants: a key in the log that is synced, or in a file of its own."""
    before = ground.last_op()
    card = make_signer(ground.store, BY, OFFICE).value
    assert ground.ops_after(before) == []
    held = signer_certificate(ground.store)
    assert b"PRIVATE" not in held
    found = x509.load_pem_x509_certificate(held)
    assert isinstance(found.public_key(), ec.EllipticCurvePublicKey)
    assert found.public_key().curve.name == "secp256r1"
    assert found.not_valid_after_utc > datetime.now(UTC) + timedelta(days=365 * 4)
    assert card.until == found.not_valid_after_utc.date()
    marks = [OFFICE.encode(), found.public_bytes(serialization.Encoding.DER)[:60]]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(mark in content for mark in marks), path.name
    forget_signer(ground.store, BY)
    assert signer(ground.store) is None
