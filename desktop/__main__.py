# SPDX-License-Identifier: Apache-2.0
"""``python -m desktop`` is ``samut``; a frozen build is also its own reading children."""

from __future__ import annotations

import sys


def main() -> int:
    """Start the program, or be the child that reads a file when the first argument says so."""
    if sys.argv[1:2] == ["--reading-child"]:
        # Before anything of the program is loaded: the child is to hold nothing.
        from desktop.imports import reading_child

        return reading_child.main(*sys.argv[2:3])
    if sys.argv[1:2] == ["--scan-child"]:
        from desktop.imports import scan_child

        return scan_child.main()
    from desktop import app

    return app.main()


if __name__ == "__main__":
    sys.exit(main())
