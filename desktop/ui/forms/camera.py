# SPDX-License-Identifier: Apache-2.0
"""A camera at this computer, where the system brings a program that takes one picture.

Qt's own cameras are not in the parts of Qt that this program carries. On Linux ``ffmpeg`` or
``fswebcam`` take a picture and hand it over through a pipe, so that none lies about as a file.
Elsewhere there is no such program: nothing is offered, and pictures come in as files.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.errors import Problem
from desktop.i18n import _

_SECONDS: Final = 15
_DEVICES: Final = "/dev"


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera and the program that takes its pictures."""

    device: str
    command: tuple[str, ...]


def camera(devices: str = _DEVICES) -> Camera | None:
    """The first camera that can be used; None when there is none. Asks no device yet."""
    found = sorted(Path(devices).glob("video[0-9]*"))
    if not found:
        return None
    device = str(found[0])
    if program := shutil.which("ffmpeg"):
        # The first frames of a webcam are dark: the fifteenth is taken.
        return Camera(
            device,
            (
                program, "-hide_banner", "-loglevel", "error", "-f", "v4l2", "-i", device,
                "-vf", "select=gte(n\\,15)", "-frames:v", "1", "-f", "image2pipe",
                "-c:v", "mjpeg", "-q:v", "2", "-",
            ),
        )  # fmt: skip
    if program := shutil.which("fswebcam"):
        return Camera(
            device,
            (
                program, "--quiet", "--no-banner", "--skip", "15", "--device", device,
                "--jpeg", "95", "-",
            ),
        )  # fmt: skip
    return None


def take_picture(camera: Camera) -> bytes:
    """One picture, as JPEG. Takes some seconds; raises ``Problem`` when none comes."""
    try:
        answer = subprocess.run(  # noqa: S603 - a program of the system, no words of a person
            camera.command, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise _silent() from None
    if answer.returncode or not answer.stdout:
        raise _silent()
    return answer.stdout


def _silent() -> Problem:
    return Problem(
        _("The camera gives no picture. Close other programs that use it, and try again.")
    )
