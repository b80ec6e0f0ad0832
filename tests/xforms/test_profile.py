# SPDX-License-Identifier: Apache-2.0
"""What a form uses that is not done here is said by name."""

from __future__ import annotations

import pytest

from desktop.xforms import profile
from tests.xforms.making import form

REFUSED = [
    ("geotrace", '<bind nodeset="/data/a" type="geotrace"/>', '<input ref="/data/a"/>'),
    ("geoshape", '<bind nodeset="/data/a" type="geoshape"/>', '<input ref="/data/a"/>'),
    ("ex", "", '<input ref="/data/a" appearance="ex:org.app(x=1)"/>'),
    ("image-map", "", '<select1 ref="/data/a" appearance="image-map"/>'),
    ("search", "", "<select1 ref='/data/a' appearance=\"minimal search('x')\"/>"),
    ("encryption", '<submission base64RsaPublicKey="x"/>', ""),
    ("background-audio", '<odk:recordaudio event="odk-instance-load" ref="/data/a"/>', ""),
    ("dangling", "", '<input ref="/data/nobody"/>'),
]
DEGRADED = [
    ("maps", '<bind nodeset="/data/a" type="geopoint"/>',
     '<input ref="/data/a" appearance="maps"/>'),
    ("appearance", "", '<input ref="/data/a" appearance="sparkling"/>'),
    ("dangling", '<bind nodeset="/data/nobody" type="int"/>', ""),
    ("image", "<itext><translation lang='th'><text id='a'><value>ก</value><value form='image'>"
     "jr://images/a.png</value></text></translation></itext>", ""),
    ("setgeopoint", '<odk:setgeopoint event="odk-instance-load" ref="/data/a"/>', ""),
]  # fmt: skip


@pytest.mark.parametrize(("feature", "model", "body"), REFUSED)
def test_what_cannot_be_done_is_refused_by_name(feature: str, model: str, body: str) -> None:
    """F20, fails when a feature is left out in silence."""
    found = profile.judge(form("<a/>", model, body))
    assert feature in {one.feature for one in found if one.severity == profile.REFUSED}


@pytest.mark.parametrize(("feature", "model", "body"), DEGRADED)
def test_what_is_plainer_is_said_and_not_refused(feature: str, model: str, body: str) -> None:
    found = profile.judge(form("<a/>", model, body))
    assert {one.feature: one.severity for one in found} == {feature: profile.DEGRADED}


def test_a_path_from_the_root_into_its_own_repeat_is_pointed_out() -> None:
    """F21."""
    of = form(
        "<p jr:template=''><a/><b/></p>",
        '<bind nodeset="/data/p/b" calculate="/data/p/a"/>',
        '<repeat nodeset="/data/p"><input ref="/data/p/a"/></repeat>',
    )
    assert [one.feature for one in profile.judge(of)] == ["absolute"]


def test_a_form_of_what_is_done_here_has_no_finding() -> None:
    of = form(
        "<a/><b/><c/><d/><e/>",
        """<bind nodeset="/data/b" type="barcode"/><bind nodeset="/data/c" type="binary"/>
        <bind nodeset="/data/d" type="int"/>""",
        """<select1 ref="/data/a" appearance="minimal autocomplete"><item><value>x</value>
        <label>X</label></item></select1><input ref="/data/b"/>
        <upload ref="/data/c" mediatype="audio/*"/>
        <range ref="/data/d" start="1" end="5" step="1" appearance="picker"/>
        <input ref="/data/e" appearance="multiline w2"/>""",
    )
    assert profile.judge(of) == ()


def test_a_language_with_gaps_is_counted() -> None:
    of = form(
        "<a/>",
        "",
        "",
        """<itext><translation lang="th"><text id="x"><value>ก</value></text></translation>
        <translation lang="en"></translation></itext>""",
    )
    found = profile.judge(of)
    assert [one.feature for one in found] == ["translation"]
    assert "en" in found[0].message
