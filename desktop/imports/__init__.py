# SPDX-License-Identifier: Apache-2.0
"""Rosters in: xlsx, csv and pasted rows, read by a child that can do no harm."""
