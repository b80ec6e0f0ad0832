# SPDX-License-Identifier: Apache-2.0
"""PDFium may be used by one thread at a time: whoever uses it, in any room, holds this."""

from __future__ import annotations

import threading
from typing import Final

ONE_AT_A_TIME: Final = threading.Lock()
