# SPDX-License-Identifier: Apache-2.0
"""What ``samut`` understands on its command line, with help in Thai and English at once.

Whoever types ``-h`` may sit before a computer set to the other language, so both are shown.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final, NoReturn

from desktop import __version__
from desktop.command.centre_arguments import add_kinds
from desktop.i18n import LANGUAGES, N_, _, language, use_language

COMMANDS: Final = ("certificates", "roster", "form", "centre", "verify", "demo", "doctor")


def both(message: str, between: str = "\n") -> str:
    """A message in Thai and in English; the language of the moment stays as it was."""
    spoken = language()
    use_language("th")
    thai = _(message)
    use_language(spoken)
    return message if thai == message else f"{thai}{between}{message}"


class _Parser(argparse.ArgumentParser):
    """A parser whose refusals are one sentence in both languages, with exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        words = both(N_("This command line is not understood. samut -h says what can be typed."))
        self.exit(2, f"{words}\n({message})\n")


def _described(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawTextHelpFormatter
    parser._positionals.title = both(N_("what to type"), " · ")
    parser._optionals.title = both(N_("options"), " · ")
    parser.add_argument("-h", "--help", action="help", help=both(N_("show this help and leave")))
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        default=argparse.SUPPRESS,
        help=both(N_("the language of the answers (otherwise that of the computer)")),
    )


def parser() -> argparse.ArgumentParser:
    """The parser of ``samut`` with its sub-commands; ``command`` is None for the window."""
    top = _Parser(
        prog="samut",
        description=both(
            N_(
                "Samut Sanam, the field notebook of social-development facilitators.\n"
                "Without a command the window opens."
            )
        ),
        add_help=False,
    )
    _described(top)
    top.add_argument(
        "--version",
        action="version",
        version=f"Samut Sanam {__version__}",
        help=both(N_("show the version and leave")),
    )
    top.add_argument(
        "--store",
        type=Path,
        metavar="FOLDER",
        default=None,
        help=both(N_("open the store in this folder instead of the usual one")),
    )
    commands = top.add_subparsers(
        dest="command",
        metavar="COMMAND",
        title=both(N_("commands"), " · "),
        parser_class=_Parser,
    )
    _certificates(commands)
    _roster(commands)
    _form(commands)
    _centre(commands)
    _verify(commands)
    _demo(commands)
    _doctor(commands)
    return top


_Commands = "argparse._SubParsersAction[_Parser]"


def _command(commands: _Commands, name: str, summary: str) -> argparse.ArgumentParser:  # type: ignore[valid-type]
    words = both(summary)
    made: argparse.ArgumentParser = commands.add_parser(  # type: ignore[attr-defined]
        name, help=words, description=words, add_help=False
    )
    _described(made)
    return made


def _certificates(commands: _Commands) -> None:  # type: ignore[valid-type]
    made = _command(
        commands,
        "certificates",
        N_("make the certificates of an event given as a JSON file, without a window"),
    )
    made.add_argument(
        "fixture", type=Path, metavar="EVENT.json", help=both(N_("the event: people, timetable"))
    )
    made.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE.pdf",
        help=both(N_("the PDF to write; a file of that name is replaced")),
    )
    made.add_argument(
        "--digits",
        choices=("thai", "arabic"),
        help=both(N_("digits on the certificates (otherwise those of the event, or Thai)")),
    )
    made.add_argument(
        "--date",
        metavar="D/M/YYYY",
        help=both(N_("date of issue, such as 3/3/2562 (otherwise the last day of the event)")),
    )


def _roster(commands: _Commands) -> None:  # type: ignore[valid-type]
    made = _command(
        commands,
        "roster",
        N_(
            "show what is understood of a list of people (.xlsx or .csv), with the problems of "
            "each line;\na file that cannot be taken is refused with one sentence and exit code 2"
        ),
    )
    made.add_argument("file", type=Path, metavar="FILE", help=both(N_("the list: .xlsx or .csv")))
    made.add_argument(
        "--json",
        action="store_true",
        help=both(
            N_(
                "as JSON in UTF-8: kind, sheets, sheet, columns,\n"
                "people [line, name, person, problems [field, level, sentence, suggestion]],\n"
                "skipped [line_no, why, text]"
            )
        ),
    )


def _form(commands: _Commands) -> None:  # type: ignore[valid-type]
    made = _command(
        commands, "form", N_("check forms written in Excel, and try the form engine on files")
    )
    kinds = made.add_subparsers(
        dest="form_command",
        metavar="WHAT",
        title=both(N_("what to do with forms"), " · "),
        parser_class=_Parser,
        required=True,
    )
    check = _command(
        kinds,
        "check",
        N_(
            "convert forms (.xlsx) and say what is wrong, by sheet and row;\n"
            "the last line is: N passed, M failed"
        ),
    )
    check.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="FORM.xlsx",
        help=both(N_("the form as it was written in Excel")),
    )
    check.add_argument(
        "--odk-validate",
        action="store_true",
        help=both(N_("let ODK Validate look at the converted form too (needs Java)")),
    )
    check.add_argument(
        "--write",
        type=Path,
        metavar="FOLDER",
        help=both(N_("write each form that is clean there, ready to be brought onto a laptop")),
    )
    _played(
        kinds,
        "replay",
        "TRACE.jsonl",
        N_("play recorded answers into forms and compare every state"),
        N_("the recording (.jsonl or .jsonl.gz)"),
    )
    _played(
        kinds,
        "xpath",
        "ASSERTIONS.jsonl",
        N_("evaluate expressions and compare them with what is expected"),
        N_("the assertions (.jsonl or .jsonl.gz)"),
    )
    opened = _command(
        kinds, "open", N_("open XForms and print their first instance, or why they are refused")
    )
    opened.add_argument(
        "files", type=Path, nargs="+", metavar="FILE.xml", help=both(N_("an XForm"))
    )
    for one in (check, opened):
        one.add_argument(
            "--english",
            dest="language",
            action="store_const",
            const="en",
            default=argparse.SUPPRESS,
            help=both(N_("the same as --language en")),
        )


def _played(kinds: _Commands, name: str, shape: str, summary: str, file: str) -> None:  # type: ignore[valid-type]
    made = _command(kinds, name, summary)
    made.add_argument("file", type=Path, metavar=shape, help=both(file))
    made.add_argument(
        "--misses",
        type=Path,
        metavar="FILE",
        default=None,
        help=both(N_("write every difference to this file, one JSON value a line")),
    )


def _centre(commands: _Commands) -> None:  # type: ignore[valid-type]
    made = _command(
        commands,
        "centre",
        N_("the centre that laptops sync with: make it, serve it, look after it"),
    )
    kinds = made.add_subparsers(
        dest="centre_command",
        metavar="WHAT",
        title=both(N_("what to do with the centre"), " · "),
        parser_class=_Parser,
        required=True,
    )
    add_kinds(lambda name, summary: _command(kinds, name, summary), both)


def _demo(commands: _Commands) -> None:  # type: ignore[valid-type]
    made = _command(
        commands, "demo", N_("open a throw-away store with five events and say how to unlock it")
    )
    made.add_argument(
        "--store",
        type=Path,
        metavar="FOLDER",
        default=argparse.SUPPRESS,
        help=both(N_("build the store in this folder and keep it")),
    )
    made.add_argument(
        "--build-only", action="store_true", help=both(N_("build the store and open no window"))
    )


def _verify(commands: _Commands) -> None:  # type: ignore[valid-type]
    made = _command(
        commands,
        "verify",
        N_(
            "check certificates by the lists of their offices, without a network and a store;\n"
            "exit code 1 when one of them is not genuine"
        ),
    )
    made.add_argument(
        "what",
        metavar="FILE|DIGITS",
        help=both(N_("a picture or PDF of certificates, or the digits of a code")),
    )
    made.add_argument(
        "--list",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=both(N_("the list of an office whose certificates are known; may be repeated")),
    )


def _doctor(commands: _Commands) -> None:  # type: ignore[valid-type]
    made = _command(
        commands,
        "doctor",
        N_("say what is right and wrong: libraries, fonts, store, printers, clock"),
    )
    made.add_argument(
        "--store",
        type=Path,
        metavar="FOLDER",
        default=argparse.SUPPRESS,
        help=both(N_("look at the store in this folder instead of the usual one")),
    )
