# SPDX-License-Identifier: Apache-2.0
"""Large parts of one page, apart so that a file stays readable.

A part is a widget with signals. It is given what it shows and tells what was asked of it; the
page asks the store and acts. What two pages need belongs in ``widgets`` instead.
"""
