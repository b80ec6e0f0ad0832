# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium, driven through its debugging pipe: no library, and no port to listen on."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

PROGRAM: Final = shutil.which("chromium") or shutil.which("google-chrome") or ""
_LONG: Final = 60.0
_EXEC: Final = """
import os, sys
for given, wanted in ((int(sys.argv[1]), 100), (int(sys.argv[2]), 101), (100, 3), (101, 4)):
    os.dup2(given, wanted)
os.closerange(5, 256)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""It reads its orders from file 3 and answers on file 4."""


class Chromium:
    """One browser with one page."""

    def __init__(self, profile: Path, width: int = 1366, height: int = 768) -> None:
        told_read, self._tell = os.pipe()
        self._hear, said_write = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-c", _EXEC, str(told_read), str(said_write), PROGRAM,
             "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--no-first-run", "--disable-extensions", "--disable-background-networking",
             "--hide-scrollbars", "--remote-debugging-pipe", f"--user-data-dir={profile}",
             f"--window-size={width},{height}", "about:blank"],
            pass_fds=(told_read, said_write), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(told_read)
        os.close(said_write)
        os.set_blocking(self._hear, False)
        self._next, self._rest, self._session = 0, b"", ""
        self.heard: list[dict[str, Any]] = []
        try:
            self._attach()
        except BaseException:
            self.close()
            raise

    def _attach(self) -> None:
        page = self._first_page()
        self._session = self.call(
            "Target.attachToTarget", targetId=page["targetId"], flatten=True
        )["sessionId"]
        for part in ("Page", "Network", "Log", "Runtime", "Accessibility"):
            self.call(f"{part}.enable")

    def _first_page(self) -> dict[str, Any]:
        """The page it opens with; on a busy computer the browser answers before it is there."""
        end = time.monotonic() + _LONG
        while time.monotonic() < end:
            for one in self.call("Target.getTargets")["targetInfos"]:
                if one["type"] == "page":
                    return dict(one)
            time.sleep(0.05)
        raise TimeoutError("Chromium opens no page")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One order, and its result."""
        self._next += 1
        order: dict[str, Any] = {"id": self._next, "method": method, "params": params}
        if self._session and not method.startswith("Target."):
            order["sessionId"] = self._session
        os.write(self._tell, json.dumps(order).encode() + b"\0")
        answer = self._until(lambda told: told.get("id") == order["id"])
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return dict(answer["result"])

    def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        end = time.monotonic() + _LONG
        while time.monotonic() < end:
            while b"\0" in self._rest:
                line, self._rest = self._rest.split(b"\0", 1)
                told = json.loads(line)
                self.heard.append(told)
                if wanted(told):
                    return dict(told)
            try:
                self._rest += os.read(self._hear, 1 << 20)
            except BlockingIOError:
                time.sleep(0.01)
        raise TimeoutError("Chromium does not answer")

    def go(self, address: str) -> None:
        """Open a page and wait until it is there with its typeface."""
        self.heard.clear()
        self.call("Page.navigate", url=address)
        self.loaded()

    def loaded(self) -> None:
        """Wait for the page's load, and for its typeface."""
        if not any(told.get("method") == "Page.loadEventFired" for told in self.heard):
            self._until(lambda told: told.get("method") == "Page.loadEventFired")
        self.run("document.fonts.ready.then(() => 1)")

    def run(self, script: str) -> Any:
        """The value of a line of JavaScript, run from outside the page's own policy."""
        found = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in found:
            raise RuntimeError(str(found["exceptionDetails"]))
        return found["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until a line of JavaScript is true."""
        end = time.monotonic() + _LONG
        while not self.run(script):
            if time.monotonic() > end:
                raise TimeoutError(f"never came to be so: {script}")
            time.sleep(0.02)

    def type(self, text: str) -> None:
        """Put text where the keyboard is."""
        self.call("Input.insertText", text=text)

    def press(self, key: str) -> None:
        """Press and let go one key: ``Tab``, ``Enter``."""
        code = {"Tab": 9, "Enter": 13}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key,
                windowsVirtualKeyCode=code, **(text if kind == "keyDown" else {}),
            )  # fmt: skip

    def size(self, width: int, height: int, *, phone: bool = False) -> None:
        """How large the window is."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height,
            deviceScaleFactor=1, mobile=phone,
        )  # fmt: skip

    def dress(self, scheme: str) -> None:
        """What the system prefers: ``light`` or ``dark``."""
        self.call(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """Keep what is seen as a PNG."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(shot["data"]))

    def close(self) -> None:
        """End the browser."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._tell)
        os.close(self._hear)
