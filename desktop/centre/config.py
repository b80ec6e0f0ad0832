# SPDX-License-Identifier: Apache-2.0
"""What the staff of a centre decide about it: ``centre.toml`` in its folder, and the environment.

Every name has a value that works, so an empty file is a centre on SQLite. A variable
``SAMUT_CENTRE_<SECTION>_<NAME>`` stands above the file, for what must not be written into one
(the password of the database). A name nobody knows is refused: a misspelt ``wokers`` that does
nothing is found out on the day it was needed.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from desktop.errors import Refused
from desktop.i18n import _

FILE: Final = "centre.toml"
_PREFIX: Final = "SAMUT_CENTRE"
_MOST_THREADS: Final = 200


class WrongConfig(Refused):
    """``centre.toml`` or the environment says something the centre cannot follow."""


@dataclass(frozen=True, slots=True)
class CentreSection:
    """Who the centre is."""

    name: str = ""
    """As laptops and the staff pages show it."""
    address: str = "https://localhost:8443"
    """What laptops call; it is part of every joining code's QR."""


@dataclass(frozen=True, slots=True)
class ListenSection:
    """Where and how the service listens."""

    host: str = "127.0.0.1"
    port: int = 8443
    workers: int = 1
    """Processes. Only with PostgreSQL may there be more than one."""
    threads: int = 8
    """Messages worked on at the same time by one process."""
    tls: str = "own"
    """``own``: certificate of the centre's own CA; ``files``: ``certificate`` and ``key`` below;
    ``proxy``: plain HTTP for a reverse proxy that does TLS."""
    certificate: str = ""
    key: str = ""
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """Whose ``X-Forwarded-For`` is believed, with ``tls = "proxy"``."""
    stop_seconds: int = 30
    """How long a stop waits for messages that are being worked on."""


@dataclass(frozen=True, slots=True)
class DatabaseSection:
    """Where records are kept."""

    url: str = "sqlite:///centre.db"
    """SQLAlchemy's address: ``sqlite:///centre.db`` (in the centre's folder) or
    ``postgresql+psycopg://user@host/database``."""


@dataclass(frozen=True, slots=True)
class AttachmentsSection:
    """Where photos are kept: in a folder, or in a bucket of a store that speaks S3."""

    folder: str = "attachments"
    s3_endpoint: str = ""
    """``https://…``; empty for the folder."""
    s3_bucket: str = ""
    s3_region: str = ""
    s3_key: str = ""
    s3_secret: str = ""
    s3_prefix: str = ""
    most_bytes: int = 64 * 1024 * 1024
    """No photo is larger."""


@dataclass(frozen=True, slots=True)
class BackupSection:
    """Where backups go: another machine's folder that is mounted here, or a bucket elsewhere."""

    folder: str = ""
    recipient: str = ""
    """The age recipient backups are sealed to; its secret is kept away from the centre."""
    s3_endpoint: str = ""
    s3_bucket: str = ""
    s3_region: str = ""
    s3_key: str = ""
    s3_secret: str = ""
    s3_prefix: str = ""


@dataclass(frozen=True, slots=True)
class LimitsSection:
    """Requests a minute; beyond them the answer is 429."""

    device: int = 240
    account: int = 600
    address: int = 1200
    """Of one network address; a whole office may sit behind one."""
    wrong_codes: int = 5
    """Wrong joining codes from one address in a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Config:
    """The decisions about one centre. ``folder`` is where its files lie."""

    folder: Path
    centre: CentreSection = field(default_factory=CentreSection)
    listen: ListenSection = field(default_factory=ListenSection)
    database: DatabaseSection = field(default_factory=DatabaseSection)
    attachments: AttachmentsSection = field(default_factory=AttachmentsSection)
    backup: BackupSection = field(default_factory=BackupSection)
    limits: LimitsSection = field(default_factory=LimitsSection)

    @property
    def host_name(self) -> str:
        """The host of the centre's address: the name its certificate is made out to."""
        return urlsplit(self.centre.address).hostname or "localhost"

    @property
    def database_url(self) -> str:
        """The database's address with SQLite's file placed in the centre's folder."""
        kind, rest = self.database.url.split("://", 1)
        if not kind.startswith("sqlite") or not rest.startswith("/"):
            return self.database.url
        return f"{kind}:///{self.folder / rest[1:]}"

    @property
    def on_sqlite(self) -> bool:
        """Whether the centre runs on the embedded database."""
        return self.database.url.startswith("sqlite")

    def place(self, name: str) -> Path:
        """A folder the file names, relative ones in the centre's own."""
        return self.folder / Path(name).expanduser()


def read_config(folder: Path, environment: Mapping[str, str] | None = None) -> Config:
    """The decisions kept in ``folder``. :class:`WrongConfig` says which one is wrong, and how."""
    folder = folder.expanduser().absolute()
    try:
        told = tomllib.loads((folder / FILE).read_text("utf-8"))
    except FileNotFoundError as missing:
        raise WrongConfig(
            _("There is no centre in {folder}. Make one with: samut centre init").format(
                folder=folder
            )
        ) from missing
    except (OSError, UnicodeDecodeError) as unreadable:
        raise WrongConfig(
            _("{file} cannot be read. Check who owns it.").format(file=folder / FILE)
        ) from unreadable
    except tomllib.TOMLDecodeError as wrong:
        raise WrongConfig(
            _("{file} is not written as TOML should be: {where}.").format(
                file=folder / FILE, where=wrong
            )
        ) from wrong
    return checked(_read(folder, told, os.environ if environment is None else environment))


def _read(folder: Path, told: Mapping[str, Any], environment: Mapping[str, str]) -> Config:
    config = Config(folder)
    sections = [one.name for one in fields(Config) if one.name != "folder"]
    for name in told:
        if name not in sections:
            raise WrongConfig(
                _("{file} names [{name}], which nobody knows. There are: {known}.").format(
                    file=FILE, name=name, known=", ".join(sections)
                )
            )
    made = {
        name: _section(getattr(config, name), name, told.get(name, {}), environment)
        for name in sections
    }
    return replace(config, **made)


def _section(section: Any, name: str, told: Any, environment: Mapping[str, str]) -> Any:
    if not isinstance(told, dict):
        raise WrongConfig(_("[{name}] must be a section of its own.").format(name=name))
    known = [one.name for one in fields(section)]
    values: dict[str, Any] = {}
    for key, value in told.items():
        if key not in known:
            raise WrongConfig(
                _("[{name}] has {key}, which nobody knows. There are: {known}.").format(
                    name=name, key=key, known=", ".join(known)
                )
            )
        values[key] = _value(name, key, getattr(section, key), value)
    for key in known:
        spoken = environment.get(f"{_PREFIX}_{name}_{key}".upper())
        if spoken is not None:
            values[key] = _spoken(name, key, getattr(section, key), spoken)
    return replace(section, **values)


def _value(section: str, key: str, default: object, value: Any) -> Any:
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise WrongConfig(
            _("[{name}] {key} must be a list of texts.").format(name=section, key=key)
        )
    if type(value) is type(default):
        return value
    words = (
        _("[{name}] {key} must be a whole number.")
        if isinstance(default, int)
        else _("[{name}] {key} must be a text in quotation marks.")
    )
    raise WrongConfig(words.format(name=section, key=key))


def _spoken(section: str, key: str, default: object, spoken: str) -> Any:
    if isinstance(default, tuple):
        return tuple(part.strip() for part in spoken.split(",") if part.strip())
    if not isinstance(default, int):
        return spoken
    try:
        return int(spoken)
    except ValueError as wrong:
        raise WrongConfig(
            _("[{name}] {key} must be a whole number.").format(name=section, key=key)
        ) from wrong


def checked(config: Config) -> Config:
    """The same decisions, when they can be followed together; else :class:`WrongConfig`."""
    listen = config.listen
    address = urlsplit(config.centre.address)
    if address.scheme != "https" or not address.hostname or address.path not in ("", "/"):
        raise WrongConfig(_("[centre] address must look like https://centre.example.go.th:8443."))
    _within("listen", "port", listen.port, 0, 65535)
    _within("listen", "workers", listen.workers, 1, 64)
    _within("listen", "threads", listen.threads, 1, _MOST_THREADS)
    _within("listen", "stop_seconds", listen.stop_seconds, 0, 3600)
    _within("attachments", "most_bytes", config.attachments.most_bytes, 1024, 2**31)
    _check_bucket("attachments", config.attachments)
    _check_bucket("backup", config.backup)
    for one in fields(LimitsSection):
        _within("limits", one.name, getattr(config.limits, one.name), 1, 10_000_000)
    if listen.tls not in ("own", "files", "proxy"):
        raise WrongConfig(_('[listen] tls must be "own", "files" or "proxy".'))
    if listen.tls == "files" and not (listen.certificate and listen.key):
        raise WrongConfig(
            _('[listen] tls = "files" needs certificate and key: the names of two files.')
        )
    if "://" not in config.database.url or not config.database.url.startswith(
        ("sqlite://", "postgresql+psycopg://")
    ):
        raise WrongConfig(_("[database] url must begin with sqlite:/// or postgresql+psycopg://."))
    if config.on_sqlite and listen.workers > 1:
        raise WrongConfig(
            _("On SQLite there can be only one worker. Set workers = 1, or use PostgreSQL.")
        )
    for proxy in listen.proxies:
        try:
            ip_network(proxy)
        except ValueError as wrong:
            raise WrongConfig(
                _("[listen] proxies must be network addresses; {value} is none.").format(
                    value=proxy
                )
            ) from wrong
    return config


def _check_bucket(name: str, section: AttachmentsSection | BackupSection) -> None:
    if section.s3_endpoint and not (section.s3_bucket and section.s3_key and section.s3_secret):
        raise WrongConfig(
            _("[{name}] s3_endpoint needs s3_bucket, s3_key and s3_secret too.").format(name=name)
        )


def _within(section: str, key: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise WrongConfig(
            _("[{name}] {key} must be from {least} to {most}.").format(
                name=section, key=key, least=least, most=most
            )
        )


def config_text(config: Config) -> str:
    """``centre.toml`` as ``init`` writes it: what differs from the usual, the rest to be seen."""
    usual = Config(config.folder)
    lines = [
        "# ค่าตั้งของศูนย์ · The decisions about this centre.",
        "# A line that begins with # shows the usual value.",
    ]
    for part in fields(Config):
        if part.name == "folder":
            continue
        section, plain = getattr(config, part.name), getattr(usual, part.name)
        lines += ["", f"[{part.name}]"]
        for one in fields(section):
            value = getattr(section, one.name)
            mark = "" if value != getattr(plain, one.name) else "# "
            lines.append(f"{mark}{one.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    if isinstance(value, int):
        return str(value)
    quoted = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in quoted) + '"'
    )
