# SPDX-License-Identifier: Apache-2.0
"""The command line: help in both languages, sentences for what is not understood, no Qt."""

from __future__ import annotations

import subprocess
import sys

import pytest

from desktop.app import main
from desktop.command.parser import COMMANDS, both, parser
from desktop.i18n import language, use_language


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_the_help_is_in_thai_and_in_english(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main([*command, "-h"])

    said = capsys.readouterr().out
    assert left.value.code == 0
    assert "show this help and leave" in said
    assert any("ก" <= letter <= "๛" for letter in said)


def test_what_is_not_understood_is_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["certificates"])

    assert left.value.code == 2
    assert "This command line is not understood." in capsys.readouterr().err


def test_showing_both_languages_leaves_the_language_as_it_was() -> None:
    use_language("en")
    both("options")

    assert language() == "en"


def test_the_store_can_be_named_before_or_after_the_command() -> None:
    assert parser().parse_args(["--store", "a", "doctor"]).store.name == "a"
    assert parser().parse_args(["doctor", "--store", "a"]).store.name == "a"
    assert parser().parse_args([]).command is None


def test_no_sub_command_needs_qt() -> None:
    """Fails when a command, or what it imports, imports PySide6."""
    program = (
        "import sys; import desktop.app; "
        "from desktop.command import certificates, demo, doctor, roster; "
        "import desktop.actions.demo; "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
