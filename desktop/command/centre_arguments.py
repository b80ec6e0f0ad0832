# SPDX-License-Identifier: Apache-2.0
"""What ``samut centre`` understands, with help in Thai and English."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from desktop.i18n import N_

FOLDER_VARIABLE: Final = "SAMUT_CENTRE"

Both = Callable[[str], str]
Adder = Callable[[str, str], argparse.ArgumentParser]


def usual_folder() -> Path:
    """Where a centre lies when nobody says otherwise."""
    return Path(os.environ.get(FOLDER_VARIABLE) or Path.home() / "samut-centre")


def add_kinds(add: Adder, both: Both) -> None:
    """Add the sub-commands of ``samut centre`` through ``add(name, summary)``."""
    _init(add("init", N_("make a new centre: its folder, keys, database and administrator")), both)
    serve = add("serve", N_("serve the centre until it is told to stop (Ctrl+C)"))
    _enrol(add("enrol", N_("make a one-time code by which a laptop joins, and its QR")), both)
    status = add("status", N_("say which laptop synced when, and what waits"))
    backup = add("backup", N_("make a backup, read it back, and note what is safe now"))
    restore = add("restore", N_("bring a backup back; laptops then say again what is missing"))
    stick = add("stick", N_("take sealed files that a stick brought, and write their receipts"))
    demo = add(
        "demo", N_("a centre and two laptops of made-up people on this computer, to see it work")
    )
    for one in (serve, status, backup, restore, stick):
        _folder(one, both)
    status.add_argument("--json", action="store_true", help=both(N_("as JSON in UTF-8")))
    backup.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        default=None,
        help=both(N_("the folder to write to (otherwise that of the configuration)")),
    )
    restore.add_argument(
        "name", metavar="BACKUP", help=both(N_("the name of the backup to bring back"))
    )
    restore.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="FOLDER",
        default=None,
        help=both(N_("the folder it lies in (otherwise that of the configuration)")),
    )
    restore.add_argument(
        "--key",
        type=Path,
        required=True,
        metavar="FILE",
        help=both(N_("the file with the key that opens backups")),
    )
    stick.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=both(N_("a sealed file, or the folder of the stick for all in it")),
    )
    stick.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        default=None,
        help=both(N_("the folder for the receipts (otherwise beside each file)")),
    )
    demo.add_argument(
        "--folder",
        type=Path,
        metavar="FOLDER",
        default=None,
        help=both(N_("build everything in this folder and keep it")),
    )
    demo.add_argument(
        "--headless",
        action="store_true",
        help=both(N_("open no window: let both laptops sync and say what happened")),
    )
    demo.add_argument(
        "--database",
        metavar="URL",
        default="",
        help=both(N_("postgresql+psycopg://… instead of the embedded database")),
    )


def _folder(made: argparse.ArgumentParser, both: Both) -> None:
    made.add_argument(
        "--folder",
        type=Path,
        metavar="FOLDER",
        default=usual_folder(),
        help=both(N_("the folder of the centre (otherwise $SAMUT_CENTRE, or ~/samut-centre)")),
    )


def _init(made: argparse.ArgumentParser, both: Both) -> None:
    _folder(made, both)
    made.add_argument("--name", default="", help=both(N_("the centre's name as laptops show it")))
    made.add_argument(
        "--address",
        metavar="URL",
        default="https://localhost:8443",
        help=both(N_("what laptops call, such as https://centre.example.go.th:8443")),
    )
    made.add_argument(
        "--database",
        metavar="URL",
        default="",
        help=both(N_("postgresql+psycopg://… instead of the embedded database")),
    )
    made.add_argument(
        "--listen",
        metavar="HOST",
        default="",
        help=both(N_("the network address to listen on (otherwise this computer only)")),
    )
    made.add_argument(
        "--behind-proxy",
        action="store_true",
        help=both(N_("a reverse proxy does TLS with a certificate that everybody knows")),
    )
    made.add_argument(
        "--admin",
        metavar="LOGIN",
        default="admin",
        help=both(N_("the user name of the first administrator of the web pages")),
    )


def _enrol(made: argparse.ArgumentParser, both: Both) -> None:
    _folder(made, both)
    made.add_argument("name", metavar="NAME", help=both(N_("the person who will use the laptop")))
    made.add_argument(
        "--office", required=True, metavar="OFFICE", help=both(N_("her office: its name or id"))
    )
    made.add_argument(
        "--role",
        choices=("facilitator", "supervisor"),
        default="facilitator",
        help=both(N_("what she may do")),
    )
    made.add_argument(
        "--area",
        action="append",
        metavar="CODE",
        default=None,
        help=both(
            N_(
                "an area she serves: 2 digits a province, 4 a district, 6 a tambon;\n"
                "several times for several, whole-country for all"
            )
        ),
    )
    made.add_argument(
        "--png",
        type=Path,
        metavar="FILE",
        default=None,
        help=both(N_("write the QR to this file")),
    )
    made.add_argument("--no-qr", action="store_true", help=both(N_("draw no QR on the terminal")))
