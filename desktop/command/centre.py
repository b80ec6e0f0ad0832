# SPDX-License-Identifier: Apache-2.0
"""``samut centre``: make a centre, serve it, let laptops in, look at it, back it up."""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from desktop.errors import Problem
from desktop.i18n import _, language, ngettext
from desktop.thai.dates import be_date, english_date

if TYPE_CHECKING:
    from desktop.centre.centre import Centre
    from desktop.centre.config import Config
    from desktop.command.demo import Opener

_NEEDED: Final = ("jinja2", "limits")
"""What the extra ``[centre]`` brings beside the database driver, which SQLite does without."""
WHOLE_COUNTRY: Final = "whole-country"
BY: Final = "samut centre"
"""Who did it, in the audit log: somebody at the server's own keyboard."""


class NotInstalled(Problem):
    """The libraries of the centre are not there."""


def run(arguments: argparse.Namespace, open_window: Opener) -> int:
    """Do what ``arguments.centre_command`` says; 0, or 1 when something is to be looked at."""
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        raise NotInstalled(
            _("The centre's libraries are missing. Install them: pip install samut-sanam[centre]")
        )
    if arguments.centre_command == "demo":
        from desktop.command import centre_demo

        return centre_demo.run(arguments, open_window)
    if arguments.centre_command in ("backup", "restore"):
        from desktop.command import centre_backup

        kept: dict[str, Callable[[argparse.Namespace], int]] = {
            "backup": centre_backup.backup, "restore": centre_backup.restore,
        }  # fmt: skip
        return kept[arguments.centre_command](arguments)
    if arguments.centre_command == "stick":
        from desktop.command import centre_stick

        return centre_stick.run(arguments)
    done = {"init": _init, "serve": _serve, "enrol": _enrol, "status": _status}
    return done[arguments.centre_command](arguments)


# ---- init


def _init(arguments: argparse.Namespace) -> int:
    from desktop.centre.founding import found_centre

    founded = found_centre(_decided(arguments), arguments.admin)
    config = founded.config
    print(_("The centre stands in {folder}").format(folder=config.folder))
    if founded.pin:
        print(_("Laptops know it by this fingerprint: {pin}").format(pin=founded.pin))
    print()
    print(_("Web pages: {address}/staff/").format(address=config.centre.address))
    print(
        _("User name: {login}    Password for the first sign-in: {password}").format(
            login=founded.login, password=founded.password
        )
    )
    print()
    print(
        _(
            "The key that opens backups lies in {file}. Move it to a safe place away from this "
            "computer: whoever has it can read every backup, and without it nobody can."
        ).format(file=founded.backup_key)
    )
    print(
        _("Start the centre with: samut centre serve --folder {folder}").format(
            folder=config.folder
        )
    )
    return 0


def _decided(arguments: argparse.Namespace) -> Config:
    from desktop.centre.config import CentreSection, Config, DatabaseSection, ListenSection

    address = arguments.address.rstrip("/")
    config = Config(
        arguments.folder.expanduser().absolute(), CentreSection(arguments.name, address)
    )
    listen = ListenSection(tls="proxy" if arguments.behind_proxy else "own")
    if arguments.listen:
        listen = replace(listen, host=arguments.listen)
    if arguments.database:
        config = replace(config, database=DatabaseSection(arguments.database))
    return replace(config, listen=listen)


# ---- serve


def _serve(arguments: argparse.Namespace) -> int:
    from desktop.centre.config import read_config
    from desktop.centre.serving import serve

    config = read_config(arguments.folder)
    listen = config.listen
    print(
        _("The centre listens on {host}:{port}. Ctrl+C stops it.").format(
            host=listen.host, port=listen.port
        ),
        flush=True,
    )
    serve(config.folder)
    return 0


# ---- enrol


def _enrol(arguments: argparse.Namespace) -> int:
    from desktop.centre import audit
    from desktop.centre.account import EVERYWHERE, Office, keep_office, offices
    from desktop.centre.centre import open_centre
    from desktop.centre.database import new_id
    from desktop.centre.joining_code import LIFE, make_code
    from desktop.sync.invitation import Invitation
    from desktop.thai.digits import to_arabic

    areas = tuple(to_arabic(one) for one in arguments.area or ())
    if WHOLE_COUNTRY in areas:
        areas = EVERYWHERE
    centre = open_centre(arguments.folder)
    try:
        with centre.database.write() as conn:
            name = arguments.office.strip()
            found = [one for one in offices(conn) if name in (one.id, one.name)]
            if len(found) > 1:
                raise Problem(
                    _("{count} offices have this name. Give the id of one: {ids}").format(
                        count=len(found), ids=", ".join(one.id for one in found)
                    )
                )
            office = found[0] if found else Office(new_id(), name)
            if not found:
                keep_office(conn, centre.database, office)
            code, kept = make_code(
                conn, centre.database, office=office.id, role=arguments.role, areas=areas,
                name=arguments.name, by=BY,
            )  # fmt: skip
            note = audit.Note("make", "joining_code", kept.id, arguments.role)
            audit.note(conn, centre.database, [note], by=BY)
        invitation = Invitation(centre.config.centre.address, code, centre.pin)
    finally:
        centre.close()
    _show(invitation.link, arguments)
    print(_("For: {name}, {office}").format(name=arguments.name, office=office.name))
    print(_("Centre: {address}").format(address=invitation.address))
    print(_("Code: {code}").format(code=code))
    if invitation.pin:
        print(_("Fingerprint: {pin}").format(pin=invitation.pin))
    print(
        ngettext(
            "It lets one laptop in and lasts {count} hour.",
            "It lets one laptop in and lasts {count} hours.",
            int(LIFE.total_seconds()) // 3600,
        ).format(count=int(LIFE.total_seconds()) // 3600)
    )
    return 0


def _show(link: str, arguments: argparse.Namespace) -> None:
    import segno

    picture = segno.make(link, error="m", micro=False)
    if arguments.png is not None:
        try:
            picture.save(str(arguments.png), kind="png", scale=8, border=4)
        except OSError as wrong:
            raise Problem(
                _("{file} cannot be written. Choose another folder.").format(file=arguments.png)
            ) from wrong
    if not arguments.no_qr:
        picture.terminal(compact=True)
        print(link)


# ---- status


def _status(arguments: argparse.Namespace) -> int:
    from desktop.centre.centre import open_centre

    centre = open_centre(arguments.folder)
    try:
        told = _standing(centre)
    finally:
        centre.close()
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    print(_("Centre: {address}").format(address=told["address"]))
    print(_("History: {epoch}").format(epoch=told["epoch"]))
    print(
        ngettext("{count} laptop", "{count} laptops", len(told["laptops"])).format(
            count=len(told["laptops"])
        )
    )
    for one in told["laptops"]:
        print(
            _("  {name}, {office}: last heard {when}, {waiting} waiting, {state}").format(
                name=one["name"],
                office=one["office"],
                when=_when(one["last_contact"]),
                waiting=one["waiting"],
                state=_STANDINGS[one["standing"]](),
            )
        )
    print(
        ngettext(
            "{count} change is put aside.", "{count} changes are put aside.", told["put_aside"]
        ).format(count=told["put_aside"])
    )
    print(_("Last backup that was read back: {when}").format(when=_when(told["backup"])))
    return 0


_STANDINGS: Final[dict[str, Callable[[], str]]] = {
    "open": lambda: _("may sync"),
    "grace": lambda: _("closed, may still bring what it has"),
    "closed": lambda: _("closed"),
}


def _standing(centre: Centre) -> dict[str, Any]:
    from desktop.centre.account import offices
    from desktop.centre.backup import backups
    from desktop.centre.device import devices
    from desktop.centre.ledger import CentreLedger
    from desktop.centre.quarantine import counts

    database = centre.database
    with database.read() as conn:
        known_offices = offices(conn)
        known = devices(conn)
        put_aside = sum(counts(conn).values())
        verified = max((one.verified_at for one in backups(conn)), default="")
    now = database.stamp()
    names = {one.id: one.name for one in known_offices}
    return {
        "address": centre.config.centre.address,
        "epoch": CentreLedger(database).epoch(),
        "offices": [{"id": one.id, "name": one.name} for one in known_offices],
        "laptops": [
            {
                "device": one.id, "name": one.name, "office": names.get(one.office, one.office),
                "standing": one.standing(now), "last_contact": one.last_contact,
                "waiting": one.waiting, "photos": one.photos, "app": one.app,
                "clock_offset": one.clock_offset,
            }
            for one in known
        ],
        "put_aside": put_aside,
        "backup": verified,
    }  # fmt: skip


def _when(instant: str) -> str:
    """An instant of the tables for people, in this computer's time."""
    if not instant:
        return _("never")
    at = datetime.fromisoformat(instant).astimezone()
    day = be_date(at.date(), style="abbr") if language() == "th" else english_date(at.date())
    return f"{day} {at:%H:%M}"
