# SPDX-License-Identifier: Apache-2.0
"""The store against kills, failing disks, power cuts, full disks and prying eyes.

Each promise has a harness, and each harness has mutants that must make it fail: a green run
without a red mutant is no evidence. The long runs are in ``tests/campaigns``.
"""
