# SPDX-License-Identifier: Apache-2.0
"""The battery dies while a form is filled: what was answered is there, to the last field."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store import draft as drafts
from desktop.store.keys import DataKey
from desktop.store.store import Store
from tests.actions.office_ground import NOW

ROOT = Path(__file__).resolve().parents[3]
SITTING = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

app = QApplication([])
from desktop.actions import draft
from desktop.settings import Settings
from desktop.store import form as forms
from desktop.ui.desk import Desk
from desktop.ui.forms.opening import open_draft
from desktop.ui.forms.question import Question
from desktop.ui.forms.view import FormView
from desktop.ui.tasks import Tasks
from tests.actions.office_ground import BY, NOW, Ground
from tests.ui.forms.sitting import HOUSE, type_in, xform

ground = Ground(Path(sys.argv[1]))
with ground.store.write(BY) as write:
    forms.put_form(write, "house", "1", ("บ้าน", "House"), xform(HOUSE))
which = draft.begin(ground.store, BY, "house").value.id
tasks = Tasks()
desk = Desk(ground.store, tasks, BY, Settings(), lambda: NOW)
view = FormView(desk, open_draft(ground.store, which).session, which)
view.show()
saved = []
view.answering.journal.saved.connect(saved.append)
lines = {one.node.name: one for one in view.findChildren(Question)}
for name, text in (("first", "กุลธิดา"), ("age", "๔๐")):
    lines[name].editor.setFocus()
    type_in(lines[name].editor, text)
    QTest.keyClick(lines[name].editor, Qt.Key.Key_Tab)
while view.answering.journal.waiting or not saved:
    app.processEvents()
type_in(lines["first"].editor, "ศรี")  # the field under the cursor
print(which, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_killed_program_loses_the_field_under_the_cursor_and_nothing_else(
    tmp_path: Path,
) -> None:
    """Mutant: ``Journal`` gathers steps and writes them when the section is left."""
    told = subprocess.run(
        [sys.executable, "-c", SITTING, str(tmp_path / "profile")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == -signal.SIGKILL, told.stderr
    store = Store.open(tmp_path / "profile", DataKey(bytes(range(32))), clock=lambda: NOW)
    try:
        with store.read() as conn:
            steps = drafts.steps(conn, told.stdout.strip())
    finally:
        store.close()
    assert [(one.place, one.value) for one in steps] == [
        ("/data/who/first", "กุลธิดา"),
        ("/data/who/age", "40"),
    ]
