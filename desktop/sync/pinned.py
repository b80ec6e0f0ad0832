# SPDX-License-Identifier: Apache-2.0
"""TLS 1.3 to one centre and nobody else: its own authority, or a key that was pinned.

A pin is the SHA-256 (hex) of a public key. Where the centre has its own authority, that alone is
trusted and the pins are of it: of the one in use and of the next. Where it has none, the system
says whom to trust, and pins, if there are any, are of the server's own key.

A certificate has dates, and clocks of laptops are wrong. So the dates may be left out of the
handshake and be judged afterwards by ``judge``, which knows the centre's own time; the authority
and the pin are never left out.
"""

from __future__ import annotations

import hashlib
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization

_NO_CHECK_TIME: Final = 0x200000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME; Python 3.11 has no name for it."""
_DATES: Final = frozenset({9, 10, 0x800B0101})
"""Not yet valid and expired, as OpenSSL says them, and as Windows does."""
_PEM: Final = re.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
Judge = Callable[[x509.Certificate], None]
"""Raises an :class:`ssl.SSLError` for a server's certificate that is not to be believed."""


class NotPinned(ssl.SSLError):
    """The server showed a certificate that somebody vouches for, of a key we do not know."""


class OutOfDate(ssl.SSLError):
    """By the centre's own time the certificate is not valid yet, or not any more."""


def pin_of(certificate: x509.Certificate) -> str:
    """What is pinned of a certificate."""
    key = certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(key).hexdigest()


def dates_judged_at(now: Callable[[], datetime]) -> Judge:
    """A judge of dates by another clock than this computer's."""

    def judge(certificate: x509.Certificate) -> None:
        if not certificate.not_valid_before_utc <= now() <= certificate.not_valid_after_utc:
            raise OutOfDate("certificate out of date by the centre's time")

    return judge


class _Pinned(ssl.SSLContext):
    """Asks for the peer's certificate once more before a byte of ours goes out."""

    pins: frozenset[str] = frozenset()
    judge: Judge | None = None
    session: ssl.SSLSession | None = None
    """Of the last connection: the next need not hear the certificate again, which is more than
    all else that a round with nothing to do says. Who it is was judged when it was begun."""

    def wrap_socket(self, *args: Any, **named: Any) -> ssl.SSLSocket:
        if self.session is not None:
            named["session"], self.session = self.session, None
        made = super().wrap_socket(*args, **named)
        try:
            self._look_at(made)
        except ssl.SSLError:
            made.close()
            raise
        if isinstance(made, _Line):
            made.believed = True
        return made

    def _look_at(self, made: ssl.SSLSocket) -> None:
        shown = x509.load_der_x509_certificate(made.getpeercert(binary_form=True) or b"")
        if self.pins and pin_of(shown) not in self.pins:
            raise NotPinned("not the pinned key")
        if self.judge is not None:
            self.judge(shown)


class _Line(ssl.SSLSocket):
    """Leaves its session behind for the next one, if it was found to be the centre's."""

    believed = False

    def close(self) -> None:
        if self.believed and isinstance(self.context, _Pinned):
            with suppress(ValueError):  # the line broke while OpenSSL was at it
                session = self.session
                if session is not None and session.has_ticket:
                    self.context.session = session
        super().close()


def context(
    authority: str,
    pins: Iterable[str] = (),
    judge: Judge | None = None,
    *,
    check_time: bool = True,
) -> ssl.SSLContext:
    """How to speak to the centre.

    ``authority`` is PEM of one or more certificates, of which only those with a pin are trusted
    if there are pins; empty for the system's own. Without ``check_time`` a ``judge`` should
    follow. Raises :class:`NotPinned` when nothing would be left to trust.
    """
    known = frozenset(pins)
    made = _of_authority(authority, known) if authority else _of_system(known, check_time)
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    if authority and not check_time:
        made.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)
    made.judge = judge
    return made


def _of_authority(authority: str, pins: frozenset[str]) -> _Pinned:
    made = _Pinned(ssl.PROTOCOL_TLS_CLIENT)
    made.sslsocket_class = _Line
    made.verify_flags |= ssl.VERIFY_X509_STRICT
    trusted = [
        pem
        for pem in _PEM.findall(authority)
        if not pins or pin_of(x509.load_pem_x509_certificate(pem.encode())) in pins
    ]
    if not trusted:
        raise NotPinned("no authority with this pin")
    made.load_verify_locations(cadata="\n".join(trusted))
    return made


def _of_system(pins: frozenset[str], check_time: bool) -> _Pinned:
    if not check_time:
        if not pins:
            raise NotPinned("nothing to know the centre by")
        made = _Pinned(ssl.PROTOCOL_TLS_CLIENT)
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE  # the pin alone says who it is
    else:
        made = _system_class()(ssl.PROTOCOL_TLS_CLIENT)
    made.pins = pins
    return made


def _system_class() -> type[_Pinned]:
    import truststore

    # The system's verdict comes first, then the pin: both look at the socket after its handshake.
    return type("_SystemPinned", (_Pinned, truststore.SSLContext), {})


def authority_shown(address: tuple[str, int], host: str, pin: str, seconds: float) -> str:
    """The authority (PEM) with this pin out of what a server shows; for joining, when nothing
    but the pin is known. Believes nothing else of that server.

    Raises :class:`NotPinned` when it shows none, and ``OSError`` when it cannot be reached.
    """
    stranger = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    stranger.minimum_version = ssl.TLSVersion.TLSv1_3
    stranger.check_hostname = False
    stranger.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection(address, seconds) as line,
        stranger.wrap_socket(line, server_hostname=host) as met,
    ):
        for der in _chain(met):
            certificate = x509.load_der_x509_certificate(der)
            if pin_of(certificate) == pin:
                return certificate.public_bytes(serialization.Encoding.PEM).decode()
    raise NotPinned("no authority with this pin")


def _chain(met: ssl.SSLSocket) -> Iterator[bytes]:
    """What the other end showed, unbelieved."""
    if hasattr(met, "get_unverified_chain"):  # Python 3.13
        yield from met.get_unverified_chain()
        return
    # Python 3.10 to 3.12 have it without a public name.
    for one in met._sslobj.get_unverified_chain() or ():  # type: ignore[attr-defined]
        yield ssl.PEM_cert_to_DER_cert(one.public_bytes())


def why(error: BaseException | None) -> ssl.SSLError | None:
    """The error of TLS that another one came from; None when it came from something else."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return error
        error = error.__cause__ or error.__context__
    return None


def about_dates(error: ssl.SSLError) -> bool:
    """Whether a certificate was refused for its dates alone, by this computer's clock."""
    return getattr(error, "verify_code", None) in _DATES
