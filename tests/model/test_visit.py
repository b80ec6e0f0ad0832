# SPDX-License-Identifier: Apache-2.0
"""How a form names the people of a visiting team."""

from __future__ import annotations

from desktop.model.visit import Companion, read_people, write_people

ID = "01a1f854-6e92-72af-80b0-8208460b76ca"


def test_people_are_read_as_they_were_written() -> None:
    team = (Companion("สมศรี ใจดี", ID), Companion("ลุงมี"), Companion("Dr. O'Neil [จปฐ.]"))
    assert read_people(write_people(team)) == team


def test_lines_and_semicolons_part_people_and_nobody_comes_twice() -> None:
    assert read_people(" ก ข ;\nค;; ก ข\n") == (Companion("ก ข"), Companion("ค"))
    assert read_people("") == ()
