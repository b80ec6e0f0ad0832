# SPDX-License-Identifier: Apache-2.0
"""Make ``resources/verify/bundle.js`` and ``reader.wasm``: ``python resources/build/verify.py``.

Needs Node and npm. The page's own code lies beside the bundle; the libraries come from npm in the
versions named here: the signature check (noble-ed25519 with SHA-512 of noble-hashes, MIT) and the
reader of QR codes (zxing-wasm, MIT, around ZXing-C++, Apache-2.0). The digest of the sources goes
into the first line, so that a test sees when the bundle is older than they are.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parents[1] / "verify"
SOURCES: Final = ("page.js", "proof.js", "tokens.js", "words.js")
PACKAGES: Final = (
    "@noble/ed25519@3.2.0", "@noble/hashes@2.4.0", "zxing-wasm@3.1.4", "esbuild@0.28.2",
)  # fmt: skip


def digest() -> str:
    """SHA-256 of the sources, in their order."""
    told = hashlib.sha256()
    for name in SOURCES:
        told.update((HERE / name).read_bytes())
    return told.hexdigest()


def tokens() -> str:
    """The words of the codes, as a module of their own; from the program's own table."""
    sys.path.insert(0, str(HERE.parents[1]))
    from desktop.model.proof_text import TOKENS

    lines = "\n".join(f'  0x{byte:02x}: "{word}",' for byte, word in TOKENS.items())
    return (
        "// SPDX-License-Identifier: Apache-2.0\n"
        "// Made by resources/build/verify.py from desktop/model/proof_text.py.\n\n"
        f"export const TOKENS = {{\n{lines}\n}};\n"
    )


def main() -> None:
    """Bundle into one classic script and put the reader beside it."""
    (HERE / "tokens.js").write_text(tokens(), "utf-8")
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed")
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        (folder / "package.json").write_text("{}")
        subprocess.run(  # noqa: S603 - a program of this machine, our own words
            [npm, "install", "--no-audit", "--no-fund", *PACKAGES], cwd=folder, check=True
        )
        for name in SOURCES:
            shutil.copy(HERE / name, folder / name)
        out = folder / "bundle.js"
        subprocess.run(  # noqa: S603 - as above
            [folder / "node_modules" / ".bin" / "esbuild", "page.js", "--bundle", "--minify",
             "--format=iife", "--target=es2022", "--charset=utf8", "--legal-comments=none",
             "--define:import.meta.url=undefined", f"--outfile={out}"],
            cwd=folder, check=True,
        )  # fmt: skip
        made = out.read_text("utf-8").replace("</script", "<\\/script")
        (HERE / "bundle.js").write_text(f"// {digest()}\n{made}", "utf-8")
        shutil.copy(
            folder / "node_modules/zxing-wasm/dist/reader/zxing_reader.wasm", HERE / "reader.wasm"
        )


if __name__ == "__main__":
    main()
