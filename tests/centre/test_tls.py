# SPDX-License-Identifier: Apache-2.0
"""The centre's authority and certificate, judged by a real handshake on loopback."""

from __future__ import annotations

import socket
import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from desktop.centre import tls

HOST = "centre.example"


def _client(ca: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.load_verify_locations(ca)
    return context


def _handshake(server: ssl.SSLContext, client: ssl.SSLContext, host: str = HOST) -> str | None:
    """The version both agreed on; raises what the client raised."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listening:
            connection, _ = listening.accept()
            with connection:
                try:
                    with server.wrap_socket(connection, server_side=True) as inner:
                        inner.recv(1)
                except OSError:
                    pass  # the client left, which is what some of these tests are about

    serving = threading.Thread(target=serve)
    serving.start()
    try:
        with (
            socket.create_connection(listening.getsockname()[:2], 5) as plain,
            client.wrap_socket(plain, server_hostname=host) as inner,
        ):
            version = inner.version()
            inner.sendall(b"x")
            return version
    finally:
        serving.join(5)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "tls"
    tls.make_authority(folder, "ศูนย์ทดสอบ")
    assert tls.renew_server(folder, HOST)
    return folder


def _server(folder: Path) -> ssl.SSLContext:
    context = tls.server_context()
    tls.show(context, folder / tls.SERVER_FILE)
    return context


def test_a_laptop_that_knows_the_authority_gets_in_with_tls_1_3(made: Path) -> None:
    assert _handshake(_server(made), _client(made / tls.CA_FILE)) == "TLSv1.3"


def test_a_laptop_that_speaks_only_tls_1_2_does_not(made: Path) -> None:
    """Fails when the least version is not set."""
    old = _client(made / tls.CA_FILE)
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises((ssl.SSLError, ConnectionError)):
        _handshake(_server(made), old)


def test_another_host_and_another_authority_are_refused(made: Path, tmp_path: Path) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        _handshake(_server(made), _client(made / tls.CA_FILE), "other.example")
    other = tmp_path / "other"
    tls.make_authority(other, "Wi-Fi")
    with pytest.raises(ssl.SSLCertVerificationError):
        _handshake(_server(made), _client(other / tls.CA_FILE))


def test_the_authority_signs_servers_and_no_other_authority(made: Path) -> None:
    """Fails when the path length is not 0."""
    authority = x509.load_pem_x509_certificate((made / tls.CA_FILE).read_bytes())
    basic = authority.extensions.get_extension_for_class(x509.BasicConstraints)
    assert basic.critical
    assert (basic.value.ca, basic.value.path_length) == (True, 0)
    assert tls.authority_pin(made) == tls.spki_pin(authority)
    assert len(tls.authority_pin(made)) == 64


def test_keys_are_for_their_owner_alone(made: Path) -> None:
    """Fails when a key is written with the usual rights."""
    for name in (tls.CA_KEY, tls.SERVER_FILE):
        assert stat.S_IMODE((made / name).stat().st_mode) == 0o600


def test_a_certificate_is_renewed_in_time_with_a_new_key_under_the_same_authority(
    made: Path,
) -> None:
    pin = tls.authority_pin(made)
    before = (made / tls.SERVER_FILE).read_bytes()
    now = datetime.now(UTC)

    assert not tls.renew_server(made, HOST, now + timedelta(days=200))
    assert (made / tls.SERVER_FILE).read_bytes() == before
    assert tls.renew_server(made, HOST, now + timedelta(days=300))
    assert (made / tls.SERVER_FILE).read_bytes() != before
    assert tls.authority_pin(made) == pin


def test_a_running_service_shows_the_new_certificate(made: Path) -> None:
    server = _server(made)
    tls.make_server(made, "127.0.0.1")
    tls.show(server, made / tls.SERVER_FILE)
    assert _handshake(server, _client(made / tls.CA_FILE), "127.0.0.1") == "TLSv1.3"


def test_a_new_name_or_a_lost_file_makes_a_new_certificate(made: Path) -> None:
    assert tls.renew_server(made, "127.0.0.1")
    assert _handshake(_server(made), _client(made / tls.CA_FILE), "127.0.0.1") == "TLSv1.3"
    (made / tls.SERVER_FILE).unlink()
    assert tls.renew_server(made, "127.0.0.1")


def test_an_authority_is_never_replaced(made: Path) -> None:
    """Fails when init would make every laptop a stranger."""
    with pytest.raises(tls.NoCertificate):
        tls.make_authority(made, "again")


def test_a_lost_authority_says_to_restore_it(made: Path) -> None:
    (made / tls.CA_KEY).unlink()
    with pytest.raises(tls.NoCertificate):
        tls.make_server(made, HOST)
    with pytest.raises(tls.NoCertificate):
        tls.show(tls.server_context(), made / "nothing.pem")
