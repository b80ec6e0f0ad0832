# SPDX-License-Identifier: Apache-2.0
"""``samut form``: check forms written in Excel, and try the form engine on recorded files."""

from __future__ import annotations

import argparse


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked of forms: 0 when nothing differs, 1 when something does, 2 refused."""
    what: str = arguments.form_command
    if what == "check":
        from desktop.command import form_check

        return form_check.run(
            arguments.files, odk_validate=arguments.odk_validate, into=arguments.write
        )
    if what == "replay":
        from desktop.command import form_replay

        return form_replay.run(arguments.file, arguments.misses)
    if what == "xpath":
        from desktop.command import form_xpath

        return form_xpath.run(arguments.file, arguments.misses)
    from desktop.command import form_open

    return form_open.run(arguments.files)
