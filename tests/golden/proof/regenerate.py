# SPDX-License-Identifier: Apache-2.0
"""Write vectors of a new version of the proof's format, or of lists, beside the old ones.

    python -m tests.golden.proof.regenerate v2
    python -m tests.golden.proof.regenerate lists2

Version 1 is on paper: its files are never written again, and this program refuses to. Lists of
``lists1`` lie in other offices.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from desktop.model import proof as code
from desktop.model.proof import Claim, certificate_part, paper_digest
from desktop.model.proof_list import KnownKey, Revoked, TrustList
from desktop.model.proof_text import TOKENS
from desktop.sync.issuer import Signer, write_list

HERE = Path(__file__).parent
PRIVATE = bytes(range(32))


def claims() -> list[Claim]:
    """One of each: plain, replaced, with an office's own number, a name of another script."""
    key = Signer(PRIVATE).key_id
    day = date(2019, 3, 3)
    return [
        Claim(
            key, certificate_part("0192b8a4-0000-7000-8000-000000000001"), 1, 2562, 12, "12/2562",
            day, "นางสาวกุลธิดา ศรีสวัสดิ์วงศ์",
            "โครงการอบรมเชิงปฏิบัติการเพื่อพัฒนาศักยภาพอาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์",
            "กรมพัฒนาสังคมและสวัสดิการ",
        ),
        Claim(
            key, certificate_part("0192b8a4-0000-7000-8000-000000000002"), 3, 2565, 83,
            "พม 0603/083", date(2022, 8, 31), "มูลนิธิ “เพื่อน” – ชุมชน", "โครงการดีเด่น …", "", 2,
        ),
        Claim(
            key, certificate_part("5a2c1e0e-54e6-5d2f-9d0c-7d4c2f1b8a36"), 0, 2567, 16_777_215,
            "16777215/2567", date(2149, 6, 6), "Zoë Müller-Łukasz ฯพณฯ မောင်မောင် 𠮷野", "", "", 255,
        ),
        Claim(
            key, certificate_part("0192b8a4-0000-7000-8000-000000000004"), 1, 2562, 1, "1/2562",
            date(1970, 1, 1), "พระมหาสมชาย ปยุตฺโต", "A course~ of 3 days {1}", "ศูนย์",
        ),
    ]  # fmt: skip


def vectors() -> dict[str, Any]:
    """Every claim with its bytes and digits."""
    signer = Signer(PRIVATE)
    made = []
    for claim in claims():
        payload = code.encode(claim)
        signature = signer.sign(payload)
        said = asdict(claim) | {
            "key": claim.key.hex(), "part": claim.part.hex(), "issued": claim.issued.isoformat(),
        }  # fmt: skip
        made.append(
            {"claim": said, "payload": payload.hex(), "signature": signature.hex(),
             "digits": code.to_digits(payload + signature)}
        )  # fmt: skip
    return {
        "private": PRIVATE.hex(), "public": signer.public.hex(), "vectors": made,
        "tokens": {f"{byte:02x}": word for byte, word in sorted(TOKENS.items())},
    }  # fmt: skip


def lists() -> dict[str, TrustList]:
    """One as lists were at first, and one that says everything a list can say."""
    key, office = Signer(PRIVATE).public, "กองทดสอบ"
    made = [code.encode(claim) for claim in claims()]
    revoked = (
        Revoked(certificate_part("one"), "void", "2019-03-03"),
        Revoked(certificate_part("two"), "replaced", "2019-03-03", "12/2562"),
    )
    known = KnownKey(key, "office-1", office)
    gone = KnownKey(
        key, "office-1", office, "2019-03-05T01:00:00.000Z", frozenset(map(paper_digest, made))
    )
    return {
        "plain": TrustList("office-1", office, "2019-03-04T08:00:00.000Z", (known,), revoked),
        "whole": TrustList(
            "office-1", office, "2019-03-06T08:00:00.000Z", (gone,), revoked,
            beside=frozenset({certificate_part("three"), certificate_part("four")}),
        ),
    }  # fmt: skip


def list_vectors() -> dict[str, Any]:
    """The files of these lists, and the digest of each paper that is named."""
    return {
        "papers": {
            said.hex(): paper_digest(said).hex()
            for said in (code.encode(claim) for claim in claims())
        },
        "lists": {name: write_list(one, PRIVATE).decode() for name, one in lists().items()},
    }


def main() -> int:
    folder = HERE / sys.argv[1]
    if folder.exists():
        print(f"{folder.name} is on paper already.")
        return 1
    folder.mkdir()
    made = list_vectors() if folder.name.startswith("lists") else vectors()
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    (folder / "vectors.json").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
