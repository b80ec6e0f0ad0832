# SPDX-License-Identifier: Apache-2.0
"""``samut verify``: certificates checked by the lists of their offices."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.proof import qr_text
from desktop.actions.proof_key import withdraw_key
from desktop.actions.proof_list import export_list
from desktop.app import main
from desktop.model.certificate import Certificate
from desktop.sync.issuer import public_of
from tests.actions.proof_ground import forge, issue, key_of, pdf_of, step
from tests.hall import BY, Hall, open_hall


@pytest.fixture
def given(tmp_path: Path) -> tuple[Path, Certificate, Certificate]:
    """The list of an office, a certificate of it, and one that is void."""
    hall: Hall = open_hall(tmp_path / "store")
    good, bad = issue(hall, 1), issue(hall, 2)
    step(hall, bad, "void", "2019-03-02")
    path = tmp_path / "office.samut-list"
    path.write_bytes(export_list(hall.store, BY))
    hall.store.close()
    return path, good, bad


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["--language", "en", "verify", *arguments])
    return code, capsys.readouterr().out


def test_digits_are_checked_by_the_list(
    given: tuple[Path, Certificate, Certificate], capsys: pytest.CaptureFixture[str]
) -> None:
    """The mutants: exit code 0 for what is not genuine; a code believed without a list."""
    path, good, bad = given
    code, out = said(capsys, qr_text(good.proof), "--list", str(path))
    assert code == 0
    assert "Genuine | 1/2562 | นางสาวน้ำทิพย์ ณ นคร" in out
    assert said(capsys, qr_text(bad.proof), "--list", str(path))[0] == 1
    assert said(capsys, qr_text(good.proof)) == (
        1,
        "Not proven | 1/2562 | นางสาวน้ำทิพย์ ณ นคร | "
        "โครงการอบรมเชิงปฏิบัติการเพื่อพัฒนาศักยภาพอาสาสมัคร | 2019-03-03\n",
    )


def test_every_page_of_a_file_has_its_line(
    given: tuple[Path, Certificate, Certificate],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    path, good, bad = given
    batch = tmp_path / "batch.pdf"
    batch.write_bytes(pdf_of([qr_text(good.proof)], [], [qr_text(bad.proof)]))
    code, out = said(capsys, str(batch), "--list", str(path))
    assert code == 1
    words = [line.split(" | ")[0] for line in out.splitlines()[1:]]
    assert words == ["1: Genuine", "2: No code", "3: No longer valid"]


def test_in_thai_its_days_are_of_the_buddhist_era(
    given: tuple[Path, Certificate, Certificate], capsys: pytest.CaptureFixture[str]
) -> None:
    """The mutant: 2019 on a certificate of 2562, which nobody compares."""
    path, good, _bad = given
    main(["--language", "th", "verify", qr_text(good.proof), "--list", str(path)])
    out = capsys.readouterr().out
    assert "3 มี.ค. 2562" in out
    assert "1 มี.ค. 2562" in out.splitlines()[0], "as known on"
    assert "2019" not in out


@pytest.mark.parametrize("typed", ["12345", "๑๒๓๔๕"])
def test_what_is_no_code_says_what_to_do(capsys: pytest.CaptureFixture[str], typed: str) -> None:
    """The mutant: "Other code" and nothing else, which tells nobody what to do."""
    code, out = said(capsys, typed)
    assert code == 1
    assert out.startswith("Other code | What was scanned is not the code of a certificate.")


def test_a_code_that_was_cut_says_what_to_do(
    given: tuple[Path, Certificate, Certificate], capsys: pytest.CaptureFixture[str]
) -> None:
    """The mutant: a key error where there is no claim to show."""
    _path, good, _bad = given
    code, out = said(capsys, qr_text(good.proof)[:-7])
    assert code == 1
    assert "Scan it once more" in out


def test_a_file_that_is_neither_is_exit_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--language", "en", "verify", str(tmp_path / "missing.pdf")]) == 2
    assert "cannot be opened" in capsys.readouterr().err


def test_a_withdrawn_key_sends_to_the_office_unless_its_register_knew_the_paper(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The mutants: exit code 0, because the signature is right; a genuine paper refused, or its
    key not spoken of."""
    hall = open_hall(tmp_path / "store")
    one, key = issue(hall, 1), key_of(hall)
    withdraw_key(hall.store, BY, public_of(key))
    path = tmp_path / "office.samut-list"
    path.write_bytes(export_list(hall.store, BY))
    hall.store.close()
    code, out = said(capsys, forge(one, key, recipient="นายโจร ใจร้าย"), "--list", str(path))
    assert code == 1
    assert "Ask the office | 1/2562" in out
    code, out = said(capsys, qr_text(one.proof), "--list", str(path))
    assert code == 0
    assert "Genuine | 1/2562" in out
    assert "key withdrawn, confirmed by the register" in out
