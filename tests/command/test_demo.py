# SPDX-License-Identifier: Apache-2.0
"""``samut demo``: five events in a store that opens as it says."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from desktop import app
from desktop.actions.demo import PASSPHRASE, build_demo
from desktop.actions.eligibility import review
from desktop.actions.office import unlock, who_may
from desktop.command.demo import run
from desktop.command.parser import parser
from desktop.store import event, organisation, roster


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    build_demo(folder)
    return folder


def test_the_five_events_are_there_with_everybody_on_a_seat(built: Path) -> None:
    (slot,) = who_may(built)
    store = unlock(built, slot.facilitator_id, PASSPHRASE)
    with store.read() as conn:
        rows = event.events(conn)
        counts = sorted(row.enrolled for row in rows)
        seats = [
            sorted(one.seat or 0 for one in roster.roster(conn, row.event.id) if one.expected)
            for row in rows
        ]
        awards = [len(organisation.awards(conn, row.event.id)) for row in rows]
    apm_noi = next(row.event.id for row in rows if row.enrolled == 154)
    standing = [ruling.verdict.standing for ruling in review(store, apm_noi)]
    store.close()

    assert counts == [70, 70, 83, 154, 430]
    assert all(theirs == list(range(1, len(theirs) + 1)) for theirs in seats)
    assert sorted(awards) == [0, 0, 0, 0, 83]
    assert (standing.count("safe"), standing.count("failed")) == (152, 2)


def test_the_command_says_how_to_unlock_and_opens_the_window_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[tuple[Path, bool, str]] = []

    def window(folder: Path, demo: bool, note: str) -> int:
        opened.append((folder, demo, note))
        return 0

    store = tmp_path / "store"
    assert run(parser().parse_args(["demo", "--store", str(store)]), window) == 0
    assert run(parser().parse_args(["demo", "--store", str(store)]), window) == 0

    said = capsys.readouterr().out
    assert PASSPHRASE in said
    assert who_may(store)[0].label in said
    assert [(folder, demo) for folder, demo, _note in opened] == [(store, True)] * 2
    assert PASSPHRASE in opened[0][2]


def test_without_a_folder_the_store_is_gone_when_the_window_is_closed() -> None:
    """Fails when the temporary folder outlives the demonstration."""
    seen: list[Path] = []

    def window(folder: Path, demo: bool, note: str) -> int:
        assert (folder / "samut.db").is_file()
        seen.append(folder)
        return 0

    assert run(parser().parse_args(["demo"]), window) == 0
    assert not seen[0].exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_leaves_no_demonstration_behind(name: str) -> None:
    """Fails when the signal ends the process at once: five events of people stay on the disk."""
    seen: list[Path] = []
    number = getattr(signal, name)
    before = signal.getsignal(number)

    def window(folder: Path, demo: bool, note: str) -> int:
        seen.append(folder)
        os.kill(os.getpid(), number)
        raise AssertionError("the signal was not heard")

    with pytest.raises(KeyboardInterrupt):
        run(parser().parse_args(["demo"]), window)
    assert not seen[0].exists()
    assert signal.getsignal(number) is before


def test_build_only_wants_a_folder_and_an_empty_one(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["demo", "--build-only"]) == 2
    assert app.main(["demo", "--build-only", "--store", str(built)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2
