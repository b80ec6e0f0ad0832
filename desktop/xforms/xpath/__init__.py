# SPDX-License-Identifier: Apache-2.0
"""XPath as forms use it: XPath 1.0 whole, the functions of the ODK XForms specification.

``parser.parse`` makes a tree of ``syntax``, ``compiler.Compiler`` makes a closure of it, and the
closure is called with a node, its position and size, and an ``environment``. Values are Python's
own ``float``, ``str``, ``bool`` and a list of nodes (``values``, ``dates``); ``axes`` walks the
tree; ``functions/`` has a module for each subject; ``pattern`` matches regular expressions that
somebody else wrote.

Nothing here ever raises anything but ``ExpressionRefused``, however wrong the expression or the
answers are. Where ODK's engines differ, DECISIONS.md says what holds here.
"""
