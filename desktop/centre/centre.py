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
from desktop.centre.config import (
    FILE,
    AttachmentsSection,
    BackupSection,
    Config,
    WrongConfig,
    read_config,
)
from desktop.centre.database import Busy, Clock, Database, open_database, system_clock
from desktop.centre.device import devices
from desktop.centre.identity import Identity, read_identity
from desktop.centre.limits import Limits
from desktop.centre.metrics import Metrics
from desktop.centre.quarantine import counts
from desktop.centre.shelf import FolderShelf, Shelf
from desktop.i18n import _

TLS_FOLDER = "tls"


@dataclass(frozen=True, slots=True)
class Centre:
    """One centre, open. Safe to share between threads."""

    config: Config
    identity: Identity
    database: Database
    attachments: Attachments
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
    held = config.attachments
    attachments = Attachments(
        database, attachment_shelf(config), config.folder / "spool", held.most_bytes
    )
    limits = Limits(config.limits, config.listen.workers)
    return Centre(config, identity, database, attachments, limits)


def attachment_shelf(config: Config) -> Shelf:
    """Where the centre's photos lie: a folder, or a bucket of a store that speaks S3."""
    return _shelf(config.attachments, config.place(config.attachments.folder))


def backup_shelf(config: Config, folder: Path | None = None) -> Shelf:
    """Where backups go; ``folder`` stands above the configuration.

    Raises :class:`WrongConfig` when neither says.
    """
    if folder is not None:
        return FolderShelf(folder.expanduser().absolute())
    section = config.backup
    if not (section.folder or section.s3_endpoint):
        raise WrongConfig(
            _(
                "Nothing says where backups go. Name a folder on another machine or disk: "
                "[backup] folder in {file}, or --to FOLDER."
            ).format(file=config.folder / FILE)
        )
    return _shelf(section, config.place(section.folder))


def _shelf(section: AttachmentsSection | BackupSection, folder: Path) -> Shelf:
    if not section.s3_endpoint:
        return FolderShelf(folder)
    # Loaded here: it brings the network libraries.
    from desktop.centre.s3 import Bucket, S3Shelf

    return S3Shelf(
        Bucket(
            section.s3_endpoint, section.s3_bucket, section.s3_region, section.s3_key,
            section.s3_secret, section.s3_prefix,
        )
    )  # fmt: skip
