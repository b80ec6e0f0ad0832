# SPDX-License-Identifier: Apache-2.0
"""An open centre: its decisions, its keys and its database, for whoever serves or looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from desktop.centre import tls
from desktop.centre.attachment import Attachments
from desktop.centre.config import Config, read_config
from desktop.centre.database import Busy, Clock, Database, open_database, system_clock
from desktop.centre.device import devices
from desktop.centre.identity import Identity, read_identity
from desktop.centre.limits import Limits
from desktop.centre.metrics import Metrics
from desktop.centre.quarantine import counts
from desktop.centre.shelf import FolderShelf

TLS_FOLDER = "tls"


@dataclass(frozen=True, slots=True)
class Centre:
    """One centre, open. Safe to share between threads."""

    config: Config
    identity: Identity
    database: Database
    limits: Limits
    metrics: Metrics = field(default_factory=Metrics)

    @property
    def engine(self) -> Engine:
        """The database's engine, for the pages of the staff."""
        return self.database.engine

    def now(self) -> datetime:
        """The moment, aware, UTC."""
        return self.database.now()

    @property
    def attachments(self) -> Attachments:
        """The photos: files in a folder, or objects in a store that speaks S3."""
        held = self.config.attachments
        return Attachments(
            self.database, FolderShelf(self.config.place(held.folder)),
            self.config.folder / "spool", held.most_bytes,
        )  # fmt: skip

    @property
    def authority(self) -> str:
        """The certificate of the centre's own authority (PEM); empty when laptops know the
        centre by a certificate of the system's."""
        if self.config.listen.tls != "own":
            return ""
        return tls.authority_pem(self.config.folder / TLS_FOLDER)

    @property
    def pin(self) -> str:
        """The authority's SPKI pin (hex), or empty as :attr:`authority`."""
        return tls.authority_pin(self.config.folder / TLS_FOLDER) if self.authority else ""

    def answers(self) -> bool:
        """Whether the database answers."""
        try:
            self.database.check()
        except Busy:
            return False
        return True

    def gauges(self) -> Mapping[str, tuple[str, float]]:
        """What the tables say about now, as figures: counts and nothing else."""
        with self.database.read() as conn:
            known = devices(conn)
            held = counts(conn)
        now = self.database.stamp()
        open_ones = [one for one in known if one.standing(now) == "open"]
        return {
            "samut_devices": ("Laptops that may sync.", len(open_ones)),
            "samut_waiting_ops": (
                "Ops that laptops had left when last heard of.",
                sum(one.waiting for one in open_ones),
            ),
            "samut_quarantined_ops": ("Ops put aside and not released.", sum(held.values())),
        }

    def close(self) -> None:
        """Give the database's connections back."""
        self.database.close()


def open_centre(folder: Path, clock: Clock = system_clock) -> Centre:
    """Open the centre in ``folder``: raises Problems that say what is missing or wrong."""
    config = read_config(folder)
    identity = read_identity(config.folder)
    database = open_database(config.database_url, clock=clock, pool=config.listen.threads + 2)
    return Centre(config, identity, database, Limits(config.limits, config.listen.workers))
