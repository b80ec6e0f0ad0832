# SPDX-License-Identifier: Apache-2.0
"""The service at the other end of sync. Empty in this release."""
