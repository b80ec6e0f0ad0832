# SPDX-License-Identifier: Apache-2.0
"""The repository names no machine: neither a registry to install from nor a folder of one desk."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Written in pieces, so that this file is not its own first finding.
REGISTRIES = "|".join(
    ("files" + "[.]pythonhosted", "//pypi" + "[.]", "deb" + "[.]debian", "registry" + "[.]npmjs")
)
# instance('list')/root/item is a path in a form.
FOLDERS = r"(?<![\w.$})])/(?:work|root|home/\w+|Users/\w+)/"
MACHINE = re.compile(f"{REGISTRIES}|{FOLDERS}")


def tracked() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing is tracked")
    listed = subprocess.run([git, "-C", ROOT, "ls-files", "-z"], capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def machine_in(text: str) -> list[str]:
    return [found.group() for found in MACHINE.finditer(text)]


@pytest.mark.parametrize(
    "text",
    [
        "--index-url https:" + "//pypi" + ".org/simple",
        "open('" + "/ro" + "ot/x.txt')",
        "cd " + "/ho" + "me/somchai/samut",
    ],
)
def test_a_machine_is_recognised(text: str) -> None:
    """Guards the test below: fails when its pattern matches nothing any more."""
    assert machine_in(text) != []


def test_no_tracked_text_names_a_registry_or_a_folder_of_one_machine() -> None:
    findings = {}
    for path in tracked():
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content:
            found = machine_in(content.decode("utf-8", "replace"))
            if found or str(ROOT) in content.decode("utf-8", "replace"):
                findings[path.relative_to(ROOT).as_posix()] = found

    assert findings == {}


def test_every_requirement_is_pinned_by_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", ".ci/uv.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        pins = [at for at, line in enumerate(lines) if re.match(r"[a-z0-9]", line)]
        assert pins, name
        for at in pins:
            assert "==" in lines[at], lines[at]
            assert lines[at + 1].strip().startswith("--hash=sha256:"), lines[at]


def test_the_pins_hold_what_the_build_file_asks_for() -> None:
    """Fails when a dependency is added and .ci/lock is not run: ./run would start without it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": [
            *project["dependencies"],
            *project["optional-dependencies"]["dev"],
        ],
    }
    for name, wanted in asked.items():
        pins = re.findall(
            r"^([a-z0-9-]+)==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
        )
        names = {re.split(r"[<>=\[]", each)[0].strip().lower() for each in wanted}
        assert names - set(pins) == set(), name
