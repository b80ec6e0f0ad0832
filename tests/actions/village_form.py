# SPDX-License-Identifier: Apache-2.0
"""A small form the program does not ship, with a list beside it."""

from __future__ import annotations

from typing import Final

CLINICS: Final = "name,label\nc1,รพ.สต.แม่ละเมา\nc2,รพ.แม่สอด\n".encode()
"""What stands beside the form as ``clinics.csv``."""

_FORM: Final = """<?xml version="1.0" encoding="utf-8"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>สำรวจหมู่บ้าน · Village survey</h:title>
<model>
<instance><data id="village" version="{version}"><village/><clinic/></data></instance>
<instance id="clinics" src="jr://file-csv/clinics.csv"/>
<bind nodeset="/data/village" type="string" required="true()"/>
<bind nodeset="/data/clinic" type="string"/>
</model>
</h:head>
<h:body>
<input ref="/data/village"><label>ชื่อหมู่บ้าน</label></input>
<select1 ref="/data/clinic"><label>ไปหาหมอที่ไหน</label>
<itemset nodeset="instance('clinics')/root/item"><value ref="name"/><label ref="label"/></itemset>
</select1>
</h:body>
</h:html>
"""


def village_form(version: str = "9") -> bytes:
    """The form in one of its versions."""
    return _FORM.format(version=version).encode()
