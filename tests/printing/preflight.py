# SPDX-License-Identifier: Apache-2.0
"""PDFBox Preflight, which judges PDF/A-1b, on files that say they are PDF/A-2u."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

_JARS = [
    Path("/usr/share/java") / f"{name}.jar"
    for name in (
        "preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io",
        "bcprov", "bcmail", "bcpkix", "jaxb-api",
    )
]  # fmt: skip
_MARKS = (
    (b"%PDF-1.7", b"%PDF-1.4"),
    (b"<pdfaid:part>2<", b"<pdfaid:part>1<"),
    (b"conformance>U<", b"conformance>B<"),
)


def assert_archival(data: bytes, folder: Path) -> None:
    """Change the three marks of the level, none longer, and let Preflight judge the rest.

    What it cannot judge is what only level 2 allows (transparency of an emblem).
    """
    if shutil.which("java") is None or not _JARS[0].exists():
        pytest.skip("Java or libpdfbox2-java is not installed")
    for old, new in _MARKS:
        assert data.count(old) == 1
        data = data.replace(old, new)
    file = folder / "a1b.pdf"
    file.write_bytes(data)
    done = subprocess.run(
        [
            "java", "-Xshare:auto", "-cp", ":".join(map(str, _JARS)),
            "org.apache.pdfbox.preflight.Validator_A1b", str(file),
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert "is a valid PDF/A-1b file" in done.stdout, done.stdout + done.stderr
