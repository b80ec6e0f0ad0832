# SPDX-License-Identifier: Apache-2.0
"""The centre's own files (configuration, keys, authority) in every backup: a centre that is
brought back on another machine is the same centre to its laptops.

They are sealed to the same recovery key as the tables; the key that opens backups is not among
them.
"""

from __future__ import annotations

import base64
import json
import os
import tempfile
from pathlib import Path
from typing import Any, Final

from desktop.centre import tls
from desktop.centre.centre import TLS_FOLDER
from desktop.centre.config import FILE, Config
from desktop.centre.identity import FILE as IDENTITY_FILE
from desktop.centre.sealing import Witness, seal, unopened, unseal
from desktop.centre.shelf import Shelf

_OWN: Final = (
    FILE, IDENTITY_FILE, f"{TLS_FOLDER}/{tls.CA_FILE}", f"{TLS_FOLDER}/{tls.CA_KEY}",
)  # fmt: skip


def files_name(backup: str) -> str:
    """Under which name they lie beside a backup."""
    return f"{backup.removesuffix('.age')}.files.age"


def keep_files(config: Config, destination: Shelf, backup: str) -> None:
    """Put the centre's own files beside a backup that was made."""
    told = {
        name: base64.b64encode((config.folder / name).read_bytes()).decode()
        for name in _OWN
        if (config.folder / name).exists()
    }
    with tempfile.TemporaryDirectory(prefix="samut-") as folder:
        sealed = Path(folder) / "sealed"
        with sealed.open("wb") as file:
            seal([json.dumps(told).encode()], file, config.backup.recipient, Witness())
            file.flush()
            os.fsync(file.fileno())
        destination.put(files_name(backup), sealed)


def bring_files(folder: Path, source: Shelf, backup: str, identity: Any) -> None:
    """Write the files that lie beside a backup into ``folder``.

    Raises ``Unopened`` for a damaged file or another key, ``KeyError`` when there is none.
    """
    plain = bytearray()
    unseal(source.open(files_name(backup)), plain.extend, identity)
    try:
        told = json.loads(plain)
        files = {
            name: base64.b64decode(told[name], validate=True) for name in _OWN if name in told
        }
    except (ValueError, TypeError, KeyError) as wrong:
        raise unopened() from wrong
    (folder / TLS_FOLDER).mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    # The configuration last: a folder that has it is whole.
    for name in sorted(files, key=lambda one: one == FILE):
        tls.keep_secret(folder / name, files[name])
