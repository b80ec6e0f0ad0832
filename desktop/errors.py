# SPDX-License-Identifier: Apache-2.0
"""Errors a person can act on, and nothing else.

    Exception
    └── Problem          a sentence for the facilitator, already in her language
        └── Refused      a file or a text that was read and could not be taken

Every other exception is a bug and ends in the crash dialog. Rooms add subclasses of their own
beside the code that raises them (``WrongPassphrase`` lives in ``store/keys.py``).
"""

from __future__ import annotations


class Problem(Exception):
    """Something went wrong that the facilitator can understand and act on.

    ``str(problem)`` is a whole sentence in the language of the moment that says what happened
    and what to do. It may hold a name that is on the screen, so it is shown and never logged;
    ``log.py`` writes the class name alone.
    """


class Refused(Problem):
    """Input was refused whole; nothing of it was kept."""
