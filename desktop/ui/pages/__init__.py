# SPDX-License-Identifier: Apache-2.0
"""One page a noun. A page is a ``desktop.ui.page.Page``, is handed a ``Desk``, and knows no other
page: it asks the frame to go somewhere by the noun of the place.
"""
