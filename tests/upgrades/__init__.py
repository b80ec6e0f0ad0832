# SPDX-License-Identifier: Apache-2.0
"""Files of every earlier version, and the way from each to today's."""
