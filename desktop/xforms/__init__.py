# SPDX-License-Identifier: Apache-2.0
"""The form engine for home visits. Empty in this release."""
