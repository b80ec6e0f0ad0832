# SPDX-License-Identifier: Apache-2.0
"""``samut centre demo``: a centre and two laptops on this computer, to see sync work.

With a screen both windows open, and what is entered in one appears in the other. Without one
the two laptops do by themselves what two facilitators might, and each step is told.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.command.demo import swept_when_ended
from desktop.errors import Problem
from desktop.i18n import _, ngettext

if TYPE_CHECKING:
    from desktop.actions.demo_pair import DemoLaptop, Seen
    from desktop.actions.sync import Round
    from desktop.centre.centre import Centre
    from desktop.command.demo import Opener

_BY: Final = "samut centre demo"


class DemoFailed(Problem):
    """The demonstration did not come out as it should: that is a fault of the program."""


def run(arguments: argparse.Namespace, _open_window: Opener) -> int:
    """Build what is missing, serve the centre, open the windows or play the story."""
    headless = arguments.headless or not _has_screen()
    with swept_when_ended(), ExitStack() as swept:
        if arguments.folder is not None:
            folder = arguments.folder.expanduser().absolute()
        else:
            made = tempfile.TemporaryDirectory(
                prefix="samut-centre-demo-", ignore_cleanup_errors=True
            )
            folder = Path(swept.enter_context(made))
        return _in(folder, arguments.database, headless=headless)


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _in(folder: Path, database: str, *, headless: bool) -> int:
    from desktop.actions.demo_pair import build_pair

    with _served(folder / "centre", database) as centre:
        print(_("The centre answers at {address}").format(address=centre.config.centre.address))
        print(_("Building two laptops with made-up people …"), flush=True)
        laptops = build_pair(folder)
        for laptop in laptops:
            _let_in(centre, laptop)
        if headless:
            return _story(*laptops)
        return _windows(centre, laptops)


# ---- the centre


@contextmanager
def _served(folder: Path, database: str) -> Iterator[Centre]:
    from desktop.centre.centre import open_centre
    from desktop.centre.config import FILE
    from desktop.centre.serving import free_place, served_beside

    listening = None
    if not (folder / FILE).exists():
        listening = free_place()
        _found(folder, listening.getsockname()[1], database)
    centre = open_centre(folder)
    try:
        with served_beside(centre, listening):
            yield centre
    finally:
        centre.close()
        if listening is not None:
            listening.close()


def _found(folder: Path, port: int, database: str) -> None:
    from desktop.centre.config import CentreSection, Config, DatabaseSection, ListenSection
    from desktop.centre.founding import found_centre

    config = Config(
        folder,
        CentreSection("ศูนย์ตัวอย่าง", f"https://127.0.0.1:{port}"),
        ListenSection(port=port, stop_seconds=2),
        DatabaseSection(database) if database else DatabaseSection(),
    )
    founded = found_centre(config, "admin")
    print(_("Web pages: {address}/staff/").format(address=config.centre.address))
    print(
        _("User name: {login}    Password for the first sign-in: {password}").format(
            login=founded.login, password=founded.password
        )
    )


def _let_in(centre: Centre, laptop: DemoLaptop) -> None:
    """A code for the laptop, and its joining with it; nothing when it has joined before."""
    from desktop.actions.demo_pair import AREA, OFFICE, has_joined, join_centre
    from desktop.actions.wording import DEPARTMENT
    from desktop.centre.account import Office, keep_office
    from desktop.centre.joining_code import make_code
    from desktop.sync.invitation import Invitation

    if has_joined(laptop):
        return
    database = centre.database
    with database.write() as conn:
        keep_office(conn, database, Office(OFFICE.id, f"{DEPARTMENT} (ตัวอย่าง)", AREA))
        code, _kept = make_code(
            conn, database, office=OFFICE.id, role="facilitator", areas=(AREA,),
            name=laptop.nickname, by=_BY,
        )  # fmt: skip
    link = Invitation(centre.config.centre.address, code, centre.pin).link
    join_centre(laptop, link)
    print(
        _("{name}'s laptop joined the centre with the code {code}").format(
            name=laptop.nickname, code=code
        )
    )


# ---- the windows


def _windows(centre: Centre, laptops: tuple[DemoLaptop, ...]) -> int:
    print(_("What is entered in one window appears in the other. Close both to end."))
    print(_("Passphrase of both: {passphrase}").format(passphrase=laptops[0].passphrase))
    print(_("A joining code for a third laptop: samut centre enrol --folder {folder}").format(
        folder=centre.config.folder
    ), flush=True)  # fmt: skip
    opened = [
        subprocess.Popen([sys.executable, "-m", "desktop", "--store", str(laptop.folder)])  # noqa: S603 - ourselves
        for laptop in laptops
    ]
    try:
        return max(abs(window.wait()) for window in opened)
    finally:
        for window in opened:
            if window.poll() is None:
                window.terminate()
                window.wait()


# ---- the story


def _story(first: DemoLaptop, second: DemoLaptop) -> int:
    """What two facilitators might do, told step by step; 0 when all came to the same."""
    from desktop.actions import demo_pair

    _tell(first, *demo_pair.sync(first))
    _tell(second, *demo_pair.sync(second))
    demo_pair.visit_both(first, second)
    print()
    print(_("Offline, both write what the same household needs, neither seeing the other."))
    _tell(first, *demo_pair.sync(first))
    done, seen = demo_pair.sync(second)
    _tell(second, done, seen)
    _tell(first, *demo_pair.sync(first))
    if len(seen.needs) != 2:
        raise DemoFailed(_("The two texts did not meet."))
    print(_("Both texts are kept until somebody chooses:"))
    for text in seen.needs:
        print(f"    “{text}”")
    print(_("{name} makes one of them: “{text}”").format(
        name=second.nickname, text=demo_pair.combine(second)
    ))  # fmt: skip
    _tell(second, *demo_pair.sync(second))
    _tell(first, *demo_pair.sync(first))
    return _compared(demo_pair.look(first), demo_pair.look(second))


def _tell(laptop: DemoLaptop, done: Round, seen: Seen) -> None:
    said = ngettext("{count} change sent", "{count} changes sent", done.acked).format(
        count=done.acked
    )
    heard = ngettext("{count} record came", "{count} records came", done.rows).format(
        count=done.rows
    )
    stands = ngettext("{count} name on its lists", "{count} names on its lists", seen.people)
    print(f"  {laptop.nickname}: {said}, {heard}, {stands.format(count=seen.people)}", flush=True)


def _compared(one: Seen, other: Seen) -> int:
    here = {area.scope: area.digest for area in one.state.areas if area.matched_at}
    there = {area.scope: area.digest for area in other.state.areas if area.matched_at}
    same = here == there and one.needs == other.needs and len(one.needs) == 1
    waits = one.state.saved + other.state.saved
    print()
    if not same or waits:
        raise DemoFailed(_("The laptops and the centre do not agree."))
    print(
        ngettext(
            "Both laptops and the centre agree on {count} area; nothing waits.",
            "Both laptops and the centre agree on {count} areas; nothing waits.",
            len(here),
        ).format(count=len(here))
    )
    return 0
