# SPDX-License-Identifier: Apache-2.0
"""The parts pages are made of: one file a part, no page and no store known here.

Every part has a name for screen readers, is 40 px high where it can be pressed, and takes its
colours from ``theme``.
"""
