# SPDX-License-Identifier: Apache-2.0
"""A small centre on loopback with a certificate of the test's choosing: what lies between a laptop
and its centre can be tried without one. Its blobs are kept in memory, byte by byte as they come.
"""

from __future__ import annotations

import hashlib
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from desktop.sync.envelope import MEDIA_TYPE, Kind, open_envelope, seal
from desktop.sync.https import CentreAddress, Https
from desktop.sync.keys import Keys
from desktop.sync.pinned import pin_of
from desktop.sync.protocol import Answer, Request
from desktop.sync.signing import check_call

CENTRE, DEVICE = str(UUID(int=1)), str(UUID(int=2))
CENTRE_KEYS, DEVICE_KEYS = Keys(bytes(range(32)), bytes(32)), Keys(bytes(range(1, 33)), bytes(32))


@dataclass(frozen=True)
class Certificate:
    """A key and its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def pin(self) -> str:
        return pin_of(self.certificate)

    def file(self, folder: Path) -> Path:
        """Key and chain in one file."""
        path = folder / f"{self.pin[:16]}.pem"
        key = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()  # fmt: skip
        more = (one.public_bytes(serialization.Encoding.PEM).decode() for one in self.chain)
        path.write_text(key + self.pem + "".join(more))
        return path


def certificate(
    name: str,
    by: Certificate | None = None,
    *,
    authority: bool = False,
    host: str = "127.0.0.1",
    begins: int = -1,
    ends: int = 365,
    use: ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH,
    chain: tuple[x509.Certificate, ...] = (),
) -> Certificate:
    """A certificate signed by ``by`` (itself without); days are counted from now."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer, issuer = (by.key, by.certificate.subject) if by else (key, subject)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=begins))
        .not_valid_after(now + timedelta(days=ends))
        .add_extension(x509.BasicConstraints(authority, 0 if authority else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_usage(authority), critical=True)
    )
    if by:
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
        made = made.add_extension(identifier, critical=False)
    if not authority:
        names = [x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)]
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
        made = made.add_extension(x509.ExtendedKeyUsage([use]), critical=False)
    return Certificate(key, made.sign(signer, hashes.SHA256()), chain)


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, key_cert_sign=authority, crl_sign=authority,
        content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


@dataclass
class Answering:
    """The small centre. Change its fields while it runs."""

    shown: Certificate
    folder: Path
    newest: ssl.TLSVersion | None = None
    """The newest TLS it speaks; None for all."""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    keys: Keys = CENTRE_KEYS
    plain: tuple[int, dict[str, str], bytes] | None = None
    """Said to everything instead of an answer."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    answer: Callable[[Request], Answer] = lambda _: Answer(1, "2026-11-20T00:00:00Z")
    nonce: bytes | None = None
    """Put into answers instead of the right one."""
    blobs: dict[str, bytearray] = field(default_factory=dict)
    connections: int = 0
    drop: int = 0
    """So many of the next requests are heard and the line is closed without a word."""
    hang_up: bool = False
    """Close every connection after one answer without saying so."""

    def __enter__(self) -> Answering:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.shown.file(self.folder))
        if self.newest is not None:
            context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
            context.maximum_version = self.newest
            context.set_ciphers("ALL:@SECLEVEL=0")
        self._server = _Server(self, context)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    def address(
        self, authority: Certificate | None, pins: tuple[str, ...] = (), port: int = 0
    ) -> CentreAddress:
        pem = authority.pem if authority else ""
        url = f"https://127.0.0.1:{port or self.port}"
        return CentreAddress(url, CENTRE, CENTRE_KEYS.public, pem, pins)

    def laptop(
        self, authority: Certificate | None, pins: tuple[str, ...] = (), port: int = 0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Https:  # fmt: skip
        return Https(self.address(authority, pins, port), DEVICE, DEVICE_KEYS, clock)


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, centre: Answering, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.centre, self.context = centre, context

    def finish_request(self, request: Any, client_address: Any) -> None:
        request.settimeout(5)
        try:
            request.getpeername()  # Python leaves a socket open that was reset before TLS began
            with self.context.wrap_socket(request, server_side=True) as line:
                self.centre.connections += 1
                super().finish_request(line, client_address)
        except OSError:
            pass  # the laptop left, which is what many of these tests are about

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_: object) -> None:  # type: ignore[override]
        pass

    def _say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Type": MEDIA_TYPE} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        if self.server.centre.hang_up:
            self.close_connection = True

    def _handle(self) -> None:
        centre = self.server.centre
        centre.asked.append((self.command, self.path))
        if centre.drop:
            centre.drop -= 1
            self.close_connection = True
            return
        if centre.plain is not None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            status, headers, body = centre.plain
            self._say(status, body, **headers)
        elif self.path == "/v1/sync":
            self._sync(centre)
        elif self.path.startswith("/v1/time"):
            nonce = bytes.fromhex(parse_qs(urlsplit(self.path).query)["nonce"][0])
            self._say(200, self._card(centre, nonce))
        else:
            self._blob(centre, self.path.rpartition("/")[2])

    do_GET = do_POST = do_HEAD = do_PATCH = _handle  # noqa: N815 - of http.server

    def _card(self, centre: Answering, nonce: bytes) -> bytes:
        created = int(centre.now().timestamp() * 1000)
        return seal(Kind.CARD, CENTRE, {"card": "time"}, centre.keys.signing, created=created,
                    nonce=centre.nonce or nonce)  # fmt: skip

    def _sync(self, centre: Answering) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        asked = open_envelope(data, DEVICE_KEYS.public.signing, kind=Kind.REQUEST)
        request = Request.from_json(asked.payload)
        centre.requests.append(request)
        created = int(centre.now().timestamp() * 1000)
        self._say(
            200,
            seal(
                Kind.ANSWER, CENTRE, centre.answer(request).to_json(), centre.keys.signing,
                created=created, nonce=centre.nonce or asked.nonce,
            ),
        )  # fmt: skip

    def _blob(self, centre: Answering, sha256: str) -> None:
        offset = int(self.headers.get("Upload-Offset", "0"))
        length = int(self.headers.get("Upload-Length", "0"))
        check_call(self.headers, DEVICE_KEYS.public.signing, self.command, self.path,
                   offset=offset, length=length)  # fmt: skip
        held = centre.blobs.get(sha256, bytearray())
        whole = hashlib.sha256(held).hexdigest() == sha256
        if self.command == "HEAD":
            self._say(200 if held else 404, Upload_Offset=str(len(held)))
        elif self.command == "GET":
            begin = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
            self._say(206, bytes(held[begin:])) if whole else self._say(404)
        elif offset != len(held) and not whole:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._say(409, Upload_Offset=str(len(held)))
        else:
            self._take(centre, sha256, length)

    def _take(self, centre: Answering, sha256: str, length: int) -> None:
        held = centre.blobs.setdefault(sha256, bytearray())
        left = int(self.headers["Content-Length"])
        with suppress(OSError):
            while left and (part := self.rfile.read1(min(left, 512))):
                held += part
                left -= len(part)
        if left:
            self.close_connection = True
        elif len(held) < length:
            self._say(202, Upload_Offset=str(len(held)))
        elif hashlib.sha256(held).hexdigest() == sha256:
            self._say(201, Upload_Offset=str(len(held)))
        else:
            del centre.blobs[sha256]
            self._say(460, Upload_Offset="0")
