# SPDX-License-Identifier: Apache-2.0
"""``samut certificates``: the PDF read back says what the story says, or one sentence why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from desktop.app import main
from desktop.paths import shipped

Change = Callable[[dict[str, Any]], object]


def fixture(number: int) -> Path:
    (path,) = shipped("resources", "demo").glob(f"seed{number}_*.json")
    return path


def changed(folder: Path, number: int, change: Change) -> Path:
    """A copy of a story with something else in it."""
    data = json.loads(fixture(number).read_text("utf-8"))
    change(data)
    path = folder / "event.json"
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return path


def made(path: Path, out: Path, *more: str) -> list[str]:
    """The text of each page; the command must say yes."""
    assert main(["--language", "en", "certificates", str(path), "--out", str(out), *more]) == 0
    with pypdfium2.PdfDocument(out) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range().replace("\r\n", "\n"))
            text.close()
            page.close()
    return pages


def flat(text: str) -> str:
    """A page without its line ends: titles are broken where they fit."""
    return text.replace("\n", "").replace(" ", "")


def test_a2_gives_152_pages_whose_numbers_are_seats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fails when numbers are counted over those who passed instead of over seats."""
    pages = made(fixture(2), tmp_path / "a2.pdf")

    assert len(pages) == 152
    numbers = [n for n in range(1, 155) if n not in (11, 12)]
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    for number, page in zip(numbers, pages, strict=True):
        assert f"เลขที่ {number}/2562".translate(thai) in page
        assert "ให้ไว้ ณ วันที่ ๓ มีนาคม พ.ศ. ๒๕๖๒" in page
        assert "๒๘ กุมภาพันธ์ – ๓ มีนาคม ๒๕๖๒" in page
        assert "(นางนภา เศรษฐกร)" in page
        assert not any(digit in page for digit in "0123456789")
    said = capsys.readouterr().out
    assert "Seat 11" in said
    assert "Seat 12" in said
    assert "152 certificates" in said


def test_a3_gives_83_to_organisations_with_their_projects_whole(tmp_path: Path) -> None:
    pages = made(fixture(3), tmp_path / "a3.pdf")

    story = json.loads(fixture(3).read_text("utf-8"))
    names = {org["ref"]: org["name"] for org in story["orgs"]}
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    assert len(pages) == len(story["projects"]) == 83
    assert max(len(project["title"]) for project in story["projects"]) == 125
    for place, (project, page) in enumerate(zip(story["projects"], pages, strict=True), 1):
        read = flat(page)
        assert flat(f"เลขที่ {place}/2565".translate(thai)) in read
        assert flat(project["title"].translate(thai)) in read
        assert flat(names[project["org"]].translate(thai)) in read
        assert flat(project["fund"]) in read
        assert flat("ให้ไว้ ณ วันที่ ๓๐ กันยายน พ.ศ. ๒๕๖๕") in read
        assert "(นายอนุกูล ปีดแก้ว)" in page


@pytest.mark.parametrize(("number", "count"), [(0, 70), (4, 83)])
def test_the_other_stories_work_too(tmp_path: Path, number: int, count: int) -> None:
    assert len(made(fixture(number), tmp_path / "out.pdf")) == count


def test_an_event_without_a_date_asks_for_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a1.pdf"

    assert main(["--language", "en", "certificates", str(fixture(1)), "--out", str(out)]) == 2
    assert "date of issue" in capsys.readouterr().err
    assert not out.exists()

    pages = made(fixture(1), out, "--date", "๓/๙/๒๕๖๓")
    assert len(pages) == 70
    assert "ให้ไว้ ณ วันที่ ๓ กันยายน พ.ศ. ๒๕๖๓" in pages[0]
    assert "ศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก" in pages[0]


def test_arabic_digits_can_be_asked_for(tmp_path: Path) -> None:
    path = changed(tmp_path, 2, lambda data: data["event"].update(digits="arabic"))

    page = made(path, tmp_path / "out.pdf")[0]
    assert "เลขที่ 1/2562" in page
    assert "3 มีนาคม พ.ศ. 2562" in page


def _two_signers(data: dict[str, Any]) -> None:
    data["ceremony"] += [
        {"role": "guest", "name": "นายมานะ อดทน", "position": "ผู้ว่าราชการ", "signs": True},
        {"role": "guest", "name": "นางปิติ ยินดี", "position": "ประธาน", "signs": True},
    ]


def test_whoever_is_marked_to_sign_signs(tmp_path: Path) -> None:
    page = made(changed(tmp_path, 4, _two_signers), tmp_path / "out.pdf")[0]

    assert "(นายมานะ อดทน)" in page
    assert "(นางปิติ ยินดี)" in page
    assert "จินตนา" not in page


def test_every_host_heads_the_certificate(tmp_path: Path) -> None:
    """Fails when those after the second are left out without a word."""
    hosts = ["ศูนย์พัฒนาราษฎร", "เทศบาลตำบล", "มูลนิธิเพื่อเด็ก"]
    page = made(
        changed(tmp_path, 4, lambda data: data["event"].update(hosts=hosts)), tmp_path / "o.pdf"
    )[0]

    assert [host for host in hosts if host not in page] == []


def _bare(data: dict[str, Any]) -> None:
    people = [{"name": "นายหม่อเซ"}, {"first_name": "ซูไฮลา", "last_name": "เจ๊ะแว"}]
    event = {"name": "โครงการทดลอง", "to": "2022-05-01"}
    data.clear()
    data.update(event=event, people=people)


def test_a_file_with_hardly_anything_in_it_is_enough(tmp_path: Path) -> None:
    """Fails when a missing section, surname or title is taken for granted."""
    first, second = made(changed(tmp_path, 2, _bare), tmp_path / "out.pdf")

    assert "นายหม่อเซ" in first
    assert "-" not in first
    assert "ซูไฮลา เจ๊ะแว" in second


def _nobody(data: dict[str, Any]) -> None:
    data.update(people=[], enrollments=[], variants=[])


def _twice(data: dict[str, Any]) -> None:
    data["enrollments"][1]["seat"] = 1


@pytest.mark.parametrize(
    "change",
    [
        _nobody,
        _twice,
        lambda data: data["enrollments"][3].update(person="P9999"),
        lambda data: data["sessions"][0].update(end="08:00"),
        lambda data: data["sessions"][0].update(day="x"),
        lambda data: data["event"].update(to="2019-02-01"),
        lambda data: data["event"].update(to="วันไหนสักวัน"),
        lambda data: data["variants"].append({"seat": 999, "absent_minutes": 1}),
        lambda data: data["cert"].update(number_format="{x}"),
        # Fails when a number is printed as "<class 'int'>", or every certificate has the same.
        lambda data: data["cert"].update(number_format="{n.__class__}/{be}"),
        lambda data: data["cert"].update(number_format="{n!r}"),
        lambda data: data["cert"].update(number_format="{be}"),
        lambda data: data["cert"].update(kind="diploma"),
        lambda data: data["event"].update(hosts=5),
        lambda data: data["event"].update(to="9999-12-31"),
        lambda data: data["enrollments"][0].update(seat=-4),
        lambda data: data["people"][0].update(first_name=None),
        lambda data: data["people"][0].update(first_name="鼎"),
        lambda data: data.update(sessions="none"),
        lambda data: data.clear(),
    ],
)
def test_what_is_not_an_event_is_refused_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Change
) -> None:
    out = tmp_path / "out.pdf"
    path = changed(tmp_path, 2, change)

    assert main(["certificates", str(path), "--out", str(out)]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert "Traceback" not in said.err
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"[1, 2", b"\xff\xfe\x00", b"[]", b'"x"', b"[" * 5000])
def test_what_is_not_json_is_refused_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "event.json"
    path.write_bytes(content)

    assert main(["certificates", str(path), "--out", str(tmp_path / "out.pdf")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_folder_that_is_not_there_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["certificates", str(fixture(4)), "--out", str(tmp_path / "no" / "out.pdf")]) == 2
    assert main(["certificates", str(tmp_path / "no.json"), "--out", str(tmp_path / "o.pdf")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2


def test_the_same_story_gives_the_same_bytes(tmp_path: Path) -> None:
    made(fixture(4), tmp_path / "one.pdf")
    made(fixture(4), tmp_path / "two.pdf")

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_where_nothing_can_be_written_nothing_with_names_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fails when the half of a file that was begun stays beside a folder of that name."""
    folder = tmp_path / "folder"
    (folder / "out.pdf").mkdir(parents=True)
    told = ["--language", "en", "certificates", str(fixture(4)), "--out", str(folder / "out.pdf")]
    assert main(told) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert [one.name for one in folder.iterdir()] == ["out.pdf"]


def test_certificates_that_nobody_signs_are_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fails when 83 papers without a place to sign are printed and nothing is said."""
    path = changed(tmp_path, 4, lambda data: data.update(ceremony=[]))
    made(path, tmp_path / "a4.pdf")
    assert "Nobody signs yet" in capsys.readouterr().out
    made(fixture(4), tmp_path / "a4.pdf")
    assert "Nobody signs yet" not in capsys.readouterr().out
