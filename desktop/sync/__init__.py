# SPDX-License-Identifier: Apache-2.0
"""Sync with the centre: ops, push, pull, merge, transports.

Empty in this release: the store records its ops from the first day, and nothing is sent yet.
"""
