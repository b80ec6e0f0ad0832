# SPDX-License-Identifier: Apache-2.0
"""``python -m desktop`` is ``samut``."""

from __future__ import annotations

import sys

from desktop.app import main

if __name__ == "__main__":
    sys.exit(main())
