# SPDX-License-Identifier: Apache-2.0
"""Whoever stands between a desk and its hub: passes on, pretends, listens in vain."""

from __future__ import annotations

import socket
import ssl
import threading
import time

import pytest

from desktop.sync import hall_hub
from desktop.sync.hall import NotTheHub, WrongCode
from desktop.sync.hall_desk import Seen, join
from desktop.sync.hall_tls import Certificate, hub_context, make_certificate
from desktop.sync.keys import Keys
from tests.sync.hall_line_ground import DESK, LOCAL, Ground


class Between:
    """A man in the middle with a certificate of his own, who passes everything on."""

    def __init__(self, certificate: Certificate, port: int) -> None:
        self._port, self._context = port, hub_context(certificate)
        self._listening = socket.create_server((LOCAL, 0))
        self.port = self._listening.getsockname()[1]
        self.heard = b""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        blind = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
        while True:
            try:
                plain, _from = self._listening.accept()
            except OSError:
                return
            try:
                with self._context.wrap_socket(plain, server_side=True) as near:
                    near.settimeout(0.5)
                    with (
                        socket.create_connection((LOCAL, self._port)) as far_plain,
                        blind.wrap_socket(far_plain) as far,
                    ):
                        far.settimeout(0.5)
                        while True:
                            for one, other in ((near, far), (far, near)):
                                try:
                                    part = one.recv(65536)
                                except TimeoutError:
                                    continue
                                self.heard += part
                                other.sendall(part)
                                if not part:
                                    other.close()  # the next recv of it ends this line
            except OSError:
                continue

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)


def test_a_man_in_the_middle_who_passes_everything_on_opens_nothing(
    ground: Ground, certificate: Certificate
) -> None:
    """The code is right and every byte arrives; only the certificate is another.

    Fails when the fingerprint that each side sees does not enter the exchange.
    """
    man = Between(make_certificate(), ground.hub.port)
    try:
        with pytest.raises(WrongCode):
            join(LOCAL, man.port, ground.hub.code, device=DESK, door="B", keys=Keys.make())
    finally:
        man.close()
    assert b"share" in man.heard
    assert not ground.hub.hall.members


def test_a_false_hub_that_does_not_know_the_code_is_found_out(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hub that says yes to everything. Fails when the desk does not ask for the hub's proof."""
    code = ground.hub.code
    ground.hub._code = ground.wrong()
    monkeypatch.setattr(hall_hub, "same", lambda _one, _other: True)
    with pytest.raises(NotTheHub):
        ground.tried(code)


def test_a_desk_speaks_to_its_own_hubs_certificate_and_to_no_other(
    ground: Ground, certificate: Certificate
) -> None:
    """Fails when the certificate is not pinned after joining."""
    keys, seen = Keys.make(), list[Seen]()
    hall = ground.joined(keys=keys)
    ground.hub.say_of(DESK, "in")
    man = Between(make_certificate(), ground.hub.port)
    try:
        desk = ground.desk(hall.at(LOCAL, man.port), keys, seen)
        time.sleep(0.5)
        assert desk.seen.phase == "alone"
        assert man.heard == b""
    finally:
        desk.close()
        man.close()
    assert not ground.asked
