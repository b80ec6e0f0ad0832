# SPDX-License-Identifier: Apache-2.0
"""A full disk and an installation with a part missing: a sentence, and nothing lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.i18n import _
from desktop.store import area, codelist, holiday
from desktop.ui.widgets.desk_box import DeskBox
from desktop.ui.widgets.outcome import Outcome
from tests.actions.office_ground import NOW
from tests.journeys.filling import Answer, Filling, begin_visit, go_on, to_the_first_page
from tests.journeys.luck import PASSPHRASE, knock, window


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 760 KiB: room for the store and not for what founding it takes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=760k", "tmpfs", str(place)]
    if (
        sys.platform != "linux"
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("this machine does not let us mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_full_at_the_first_start_leaves_no_half_store(
    qapp: QApplication, small_disk: Path
) -> None:
    """Fails when the office is written after the store got its name: the next start asks for a
    passphrase, and nobody was ever shown the recovery code."""
    profile = small_disk / "profile"
    with window(qapp, profile) as hand:
        hand.press("Next")
        hand.type("Name of the office", "สำนักงาน พมจ. ตาก")
        hand.type("Province, amphoe or tambon it works in", "ตาก")
        hand.press("Next")
        hand.type("Name and surname", "ธิดา ใจดี")
        hand.type("Short name on the unlock window", "ธิดา")
        hand.press("Next")
        hand.type("Passphrase", PASSPHRASE)
        hand.type("The same once more", PASSPHRASE)
        hand.press("Make my notebook")
        hand.read("พื้นที่ดิสก์เต็ม")
        assert not list(profile.glob("samut.db*"))
        subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
        hand.press("Make my notebook")
        hand.read("Recovery code")
    assert (profile / "samut.db").exists()


def test_a_full_disk_at_the_desk_says_so_and_the_mark_is_made_when_there_is_room(
    qapp: QApplication, founded: Path, small_disk: Path
) -> None:
    """Fails when the panel turns green before the commit."""
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    profile = small_disk / "profile"
    shutil.copytree(founded, profile)
    with window(qapp, profile) as hand:
        hand.unlock(PASSPHRASE)
        ballast = small_disk / "holiday.mp4"
        free = os.statvfs(small_disk)
        ballast.write_bytes(bytes(free.f_bavail * free.f_frsize))
        hand.go("Check-in desk")
        (box,) = hand.shown(DeskBox)
        for room, words in ((False, "พื้นที่ดิสก์เต็ม"), (True, "09.00")):
            if room:
                ballast.unlink()
            hand.into(box, "ชาย1")
            hand.key(Qt.Key.Key_Return, on=box)
            hand.until(lambda w=words: w in hand.shown(Outcome)[0].accessibleName(), words)
        hand.settle()


def test_a_full_disk_under_a_form_is_told_and_its_answers_are_kept_when_there_is_room(
    qapp: QApplication, founded: Path, small_disk: Path
) -> None:
    """Fails when an answer that the disk refused is dropped, or is thought to be kept; when what
    came after it is written before it."""
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    profile = small_disk / "profile"
    shutil.copytree(founded, profile)
    said: dict[str, Answer] = {
        "วัตถุประสงค์": "สำรวจ/สอบข้อเท็จจริง",
        "ผลการพบ": "พบผู้รับบริการ",
        "อ่านประกาศให้ฟังแล้วหรือไม่": "ใช่",
        "ความเห็นผู้เยี่ยม/นักสังคมสงเคราะห์": "ควรติดตามต่อ",
    }
    with window(qapp, profile) as hand:
        hand.unlock(PASSPHRASE)
        begin_visit(hand)
        ballast = small_disk / "holiday.mp4"
        free = os.statvfs(small_disk)
        ballast.write_bytes(bytes(free.f_bavail * free.f_frsize))
        done = Filling(hand, said).walk()
        assert sorted(done.typed) == sorted(said)
        assert hand.count("{count} answer not saved", "{count} answers not saved") >= len(said)
        hand.read("พื้นที่ดิสก์เต็ม")
        ballast.unlink()
        hand.press("Try again")
        hand.read(_("Saved {time}").format(time="09:00:00"))
    with window(qapp, profile) as hand:
        hand.unlock(PASSPHRASE)
        go_on(hand)
        to_the_first_page(hand)
        assert sorted(Filling(hand, said).walk().found) == sorted(said)


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of shipped files, which may be robbed of one."""
    resources = tmp_path / "installed" / "resources"
    resources.mkdir(parents=True)
    for one in paths.shipped("resources").iterdir():
        (resources / one.name).symlink_to(one)
    (resources.parent / "forms").symlink_to(paths.shipped("forms"))
    caches = (
        area._reference,
        area.area,
        area.provinces,
        area._names_of_provinces,
        codelist._lists,
        holiday._days,
    )
    monkeypatch.setattr(paths, "_shipped_root", lambda: resources.parent)
    for one in caches:
        one.cache_clear()
    yield resources
    monkeypatch.undo()
    for one in caches:
        one.cache_clear()


@pytest.mark.parametrize("broken", [False, True])
def test_a_missing_table_of_areas_is_a_sentence_and_closes_no_page(
    qapp: QApplication, kept: Path, installation: Path, broken: bool
) -> None:
    """Fails when the reader's own error gets out: the window says that it made a mistake."""
    (installation / "areas.sqlite").unlink()
    if broken:
        (installation / "areas.sqlite").write_bytes(b"x" * 9000)
    with window(qapp, kept) as hand:
        knock(hand)
        assert hand.start.frame is not None
        hand.go("Settings")
        hand.read("areas.sqlite")


@pytest.mark.parametrize("name", ["codelists.json", "holidays.json"])
@pytest.mark.parametrize("content", [None, "{", "[]", '{"days": 3}'])
def test_a_shipped_list_that_is_not_what_it_was_is_a_sentence(
    installation: Path, name: str, content: str | None, each_language: str
) -> None:
    from desktop.store.errors import MissingPart

    (installation / name).unlink()
    if content is not None:
        (installation / name).write_text(content, "utf-8")
    ask = codelist.codes if name == "codelists.json" else lambda _name: holiday.holiday(NOW.date())
    with pytest.raises(MissingPart, match=name):
        ask("event_role")
