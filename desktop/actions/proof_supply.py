# SPDX-License-Identifier: Apache-2.0
"""The centre's list of issuers and revoked certificates, asked for once a day.

It lets this laptop judge the certificates of other offices with no network. Only the list of the
centre this laptop joined is taken, signed with the key it was told when it joined, and never an
older one than is kept.
"""

from __future__ import annotations

import logging
from typing import Final

from desktop.actions.form_supply import Source
from desktop.store import centre
from desktop.store import proof as proofs
from desktop.store.store import Store
from desktop.sync.issuer import MOST_LIST_BYTES, NoList, read_list
from desktop.sync.keys import PublicKeys

_log = logging.getLogger(__name__)
_ASKED: Final = "proofs_asked"


def fetch_proofs(store: Store, source: Source) -> bool:
    """Bring in the centre's list; whether another one than before is kept now.

    Asks nobody when it asked today. Raises ``Unanswered``.
    """
    today = store.now().utc[:10]
    with store.read() as conn:
        told = centre.joined(conn)
        asked = centre.value(conn, _ASKED)
    if told is None or asked == today:
        return False
    data = source.get("/v1/proofs", MOST_LIST_BYTES)
    with store.write("") as write:
        centre.keep(write, _ASKED, today)
        if data is None:
            return False  # a centre of an earlier version
        there = told["centre"]
        try:
            found = read_list(data)
        except NoList:
            found = None
        if (
            found is None
            or found.signer != PublicKeys.from_json(there).signing
            or found.source != str(there["id"])
        ):
            _log.warning("the list of issuers is not the centre's")
            return False
        if found.as_of < proofs.list_as_of(write.conn, found.source):
            return False
        proofs.keep_list(write, found.source, data.decode(), found.as_of)
    return True
