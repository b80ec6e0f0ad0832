# SPDX-License-Identifier: Apache-2.0
"""``samut centre``: what the staff type at the server's own keyboard."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from desktop.app import main
from desktop.centre.centre import open_centre
from desktop.centre.staff.account import members
from desktop.sync.invitation import read_invitation

Told = Callable[..., str]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command in English that must end well; what it said."""

    def run(*arguments: str) -> str:
        capsys.readouterr()
        assert main(["centre", *arguments, "--language", "en"]) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def folder(tmp_path: Path, told: Told) -> Path:
    """A centre that ``init`` made."""
    made = tmp_path / "centre"
    told("init", "--folder", str(made), "--name", "ศูนย์ตาก", "--address", "https://tak.example")
    return made


def _refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert main(["centre", *arguments, "--language", "en"]) == 2
    return capsys.readouterr().err


def test_init_makes_a_whole_centre_and_says_the_first_password_once(
    tmp_path: Path, told: Told
) -> None:
    made = tmp_path / "new" / "centre"
    said = told(
        "init", "--folder", str(made), "--address", "https://tak.example", "--admin", "noi"
    )

    centre = open_centre(made)
    with centre.database.read() as conn:
        (first,) = members(conn)
    pin, address = centre.pin, centre.config.centre.address
    centre.close()
    assert (first.login, first.role, first.must_change) == ("noi", "admin", True)
    assert re.search(r"User name: noi    Password for the first sign-in: \w{4}(-\w{4}){3}\n", said)
    assert pin in said
    assert f"{address}/staff/" in said
    for secret in ("centre.key", "tls/ca.key", "tls/server.pem", "backup.key"):
        assert stat.S_IMODE((made / secret).stat().st_mode) == 0o600
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_init_leaves_what_is_there_alone(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fails when a second init makes every laptop a stranger to its centre."""
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    assert "is not empty" in _refused(capsys, "init", "--folder", str(folder))
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before

    nowhere = tmp_path / "half"
    refused = _refused(capsys, "init", "--folder", str(nowhere), "--admin", "two words")
    assert "user name" in refused
    assert not nowhere.exists(), "nothing half done"
    assert "address must look like" in _refused(
        capsys, "init", "--folder", str(nowhere), "--address", "http://a"
    )


def test_behind_a_proxy_there_is_no_authority_and_no_pin(tmp_path: Path, told: Told) -> None:
    made = tmp_path / "centre"
    said = told("init", "--folder", str(made), "--behind-proxy", "--address", "https://a.example")

    assert "fingerprint" not in said
    assert not (made / "tls").exists()
    assert "Fingerprint" not in told("enrol", "--folder", str(made), "ก", "--office", "ข")


def test_enrol_prints_a_code_that_lets_a_laptop_in_and_its_qr(
    folder: Path, tmp_path: Path, told: Told
) -> None:
    png = tmp_path / "code.png"
    said = told(
        "enrol", "--folder", str(folder), "สมหญิง", "--office", "พมจ. ตาก", "--area", "๖๓๐๖",
        "--png", str(png),
    )  # fmt: skip
    code = re.search(r"^Code: ([A-Z2-7]{5}-[A-Z2-7]{5})$", said, re.MULTILINE)
    (picture,) = zxingcpp.read_barcodes(Image.open(png))
    invitation = read_invitation(picture.text)

    assert code is not None
    centre = open_centre(folder)
    pin = centre.pin
    centre.close()
    assert (invitation.address, invitation.code, invitation.pin) == (
        "https://tak.example", code[1], pin,
    )  # fmt: skip
    assert "█" in said or "▄" in said
    assert picture.text in said
    assert "lasts 24 hours" in said
    again = told("enrol", "--folder", str(folder), "ก", "--office", "พมจ. ตาก", "--no-qr")
    assert "█" not in again
    assert len(_status(told, folder)["offices"]) == 1, "an office of this name is not made twice"


def _status(told: Told, folder: Path) -> dict[str, list[object]]:
    read: dict[str, list[object]] = json.loads(told("status", "--folder", str(folder), "--json"))
    return read


def test_an_area_that_cannot_be_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = _refused(
        capsys, "enrol", "--folder", str(folder), "ก", "--office", "ข", "--area", "tak"
    )
    assert "tambon's code" in refused


def test_status_says_who_synced_when(folder: Path, told: Told) -> None:
    said = told("status", "--folder", str(folder))

    assert "Centre: https://tak.example" in said
    assert "0 laptops" in said
    assert "Last backup that was read back: never" in said


def test_without_a_centre_every_command_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("serve", "status", "backup"):
        refused = _refused(capsys, command, "--folder", str(tmp_path))
        assert "samut centre init" in refused


def test_a_backup_brings_the_same_centre_back_on_an_empty_machine(
    folder: Path, tmp_path: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fails when the keys are not in the backup: every laptop would have to join again."""
    told("enrol", "--folder", str(folder), "ก", "--office", "พมจ. ตาก", "--no-qr")
    away = tmp_path / "away"
    assert "Nothing says where backups go" in _refused(capsys, "backup", "--folder", str(folder))
    said = told("backup", "--folder", str(folder), "--to", str(away))
    name = said.split(":", 1)[0]
    before = open_centre(folder)
    before.close()

    new = tmp_path / "new"
    key = ("--key", str(folder / "backup.key"))
    said = told("restore", "--folder", str(new), "--from", str(away), name, *key)
    centre = open_centre(new)
    centre.close()
    assert centre.identity == before.identity
    assert centre.pin == before.pin
    status = _status(told, new)
    assert int(str(status["epoch"])) > 1_700_000_000
    assert [one["name"] for one in status["offices"]] == ["พมจ. ตาก"]  # type: ignore[index]

    again = told("restore", "--folder", str(new), "--from", str(away), name, *key)
    assert "The database that was here is now" in again
    assert len(list(new.glob("centre.db.before-*"))) >= 1
    held = (new / "centre.db").read_bytes()
    assert "no backup" in _refused(
        capsys, "restore", "--folder", str(new), "--from", str(away), "nothing.age", *key
    )
    assert (new / "centre.db").read_bytes() == held, "and the database is where it was"


def test_a_wrong_key_opens_nothing_and_leaves_nothing(
    folder: Path, tmp_path: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    away, other = tmp_path / "away", tmp_path / "other"
    name = told("backup", "--folder", str(folder), "--to", str(away)).split(":", 1)[0]
    told("init", "--folder", str(other))
    new = tmp_path / "new"
    wrong = ("restore", "--folder", str(new), "--from", str(away), name, "--key")

    assert "another recovery key" in _refused(capsys, *wrong, str(other / "backup.key"))
    assert "AGE-SECRET-KEY" in _refused(capsys, *wrong, str(folder / "centre.toml"))
    assert "cannot be read" in _refused(capsys, *wrong, str(tmp_path / "no"))
    assert not (new / "centre.toml").exists()


def test_the_demonstration_ends_with_both_laptops_and_the_centre_agreeing(
    tmp_path: Path, told: Told
) -> None:
    """The whole way: founding, joining over TLS, two texts for one field, a person's choice."""
    said = told("demo", "--headless", "--folder", str(tmp_path / "demo"))

    assert said.count("joined the centre with the code") == 2
    assert said.count("12 names on its lists") == 7
    assert "Both texts are kept until somebody chooses" in said
    assert re.search(r"agree on \d+ areas; nothing waits\.\n$", said)
    again = told("demo", "--headless", "--folder", str(tmp_path / "demo"))
    assert "joined the centre" not in again
