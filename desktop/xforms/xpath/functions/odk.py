# SPDX-License-Identifier: Apache-2.0
"""What the engines know beside the specification."""

from __future__ import annotations

from typing import Final

from desktop.xforms.node import Node
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.functions.registry import function

# Known and left out (DECISIONS.md): the first needs a key the centre does not issue, the others
# are of other clients.
UNSUPPORTED: Final = frozenset(("extract-signed", "property", "depend"))


@function("version")
def _version(_node: Node, environment: Environment) -> str:
    """The version of the form."""
    return environment.form_version()
