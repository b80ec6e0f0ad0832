# SPDX-License-Identifier: Apache-2.0
"""Forged certificates: ``python -m tests.campaigns.proof --seeds 1:27``.

Each seed makes some 980 codes out of genuine ones in twelve ways and reads them as the program
does. Not one may be accepted, that is: called genuine with content that was not signed so.
``--mutant`` reads with one protection taken away, and then there must be some.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final
from unittest import mock

from desktop.actions import proof as actions
from desktop.actions.proof import proven
from desktop.model import proof as code
from desktop.model.proof import Claim, certificate_part, decode, encode, to_digits
from desktop.model.proof_list import KnownKey
from desktop.store.ids import natural_id
from desktop.sync import issuer
from desktop.sync.issuer import Signer, genuine
from tests.campaigns import seeds

A_SEED: Final = 1_000
_NAMES: Final = (
    "นางสาวกุลธิดา ศรีสวัสดิ์วงศ์",
    "นายสมชาย ใจดี",
    "ว่าที่ร้อยตรีหญิง น้ำทิพย์ ณ นคร",
    "มูลนิธิเพื่อนชุมชน",
    "Zoë Müller",
    "พระมหาสมชาย ปยุตฺโต",
    "ลาหู่",
)
_TITLES: Final = (
    "โครงการอบรมเชิงปฏิบัติการเพื่อพัฒนาศักยภาพอาสาสมัคร",
    "Shift and Share",
    "",
    "การพัฒนาเครือข่ายครอบครัว รุ่นที่ ๓",
    "พิธีมอบใบประกาศเกียรติคุณแก่องค์กรสวัสดิการชุมชนและองค์กรสาธารณประโยชน์ที่ได้รับการสนับสนุนงบประมาณ"
    "จากกองทุนส่งเสริมการจัดสวัสดิการสังคมแห่งประเทศไทย",
)
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493


class Office:
    """A key, and certificates it signed."""

    def __init__(self, draw: random.Random, many: int = 40) -> None:
        self.signer = Signer(draw.randbytes(32))
        self.known = KnownKey(self.signer.public, "office-1", "สำนักงาน")
        self.signed: dict[bytes, bytes] = {}
        for number in range(1, many + 1):
            claim = Claim(
                self.signer.key_id,
                certificate_part(natural_id("certificate", str(number))),
                draw.randrange(4),
                2562,
                number,
                f"{number}/2562",
                date(2019, 1, 1) + timedelta(draw.randrange(300)),
                draw.choice(_NAMES),
                draw.choice(_TITLES),
                draw.choice(("", "กรม")),
            )
            payload = encode(code.fitted(claim, code.room()))
            self.signed[payload] = self.signer.sign(payload)

    def one(self, draw: random.Random) -> tuple[bytes, bytes]:
        """One of its certificates: payload and signature."""
        return draw.choice(list(self.signed.items()))


def accepts(known: KnownKey, digits: str) -> bool:
    """Whether the program would call it genuine."""
    return proven((known,), digits)[0] == "genuine"


# ---- ways to forge


def _bits(office: Office, draw: random.Random) -> str:
    signed = bytearray(b"".join(office.one(draw)))
    for _flip in range(draw.choice((1, 1, 2, 8))):
        signed[draw.randrange(len(signed))] ^= 1 << draw.randrange(8)
    return to_digits(bytes(signed))


def _digit(office: Office, draw: random.Random) -> str:
    digits = list(to_digits(b"".join(office.one(draw))))
    for _edit in range(draw.choice((1, 1, 2, 3))):
        at = draw.randrange(len(digits))
        digits[at] = str((int(digits[at]) + draw.randrange(1, 10)) % 10)
    return "".join(digits)


def _cut(office: Office, draw: random.Random) -> str:
    digits = to_digits(b"".join(office.one(draw)))
    end = draw.randrange(len(digits))
    return draw.choice((digits[:end], digits[end:], digits[:end] + digits[end + 1 :]))


def _cut_bytes(office: Office, draw: random.Random) -> str:
    payload, signature = office.one(draw)
    end = draw.randrange(len(payload))
    signed = draw.choice(
        (payload[:end] + signature, payload[end:] + signature, payload + bytes(64))
    )
    return to_digits(signed)


def _swapped(office: Office, draw: random.Random) -> str:
    """The name (or title, or number) of one genuine certificate in another."""
    one, signature = office.one(draw)
    other = decode(office.one(draw)[0])
    field = draw.choice(("recipient", "title", "issued", "part", "kind"))
    return to_digits(encode(replace(decode(one), **{field: getattr(other, field)})) + signature)


def _invented(office: Office, draw: random.Random) -> str:
    """Other content, with a genuine signature of something else, or a made-up one."""
    payload, signature = office.one(draw)
    claim = replace(
        decode(payload),
        recipient="นายปลอม แปลง",
        number=draw.randrange(1, 999_999),
        number_text=f"{draw.randrange(1, 99)}/2562",
        edition=draw.randrange(1, 256),
    )
    return to_digits(encode(claim) + draw.choice((signature, draw.randbytes(64), bytes(64))))


def _other_key(office: Office, draw: random.Random) -> str:
    """Signed by another key under the id of the office's key."""
    claim = replace(decode(office.one(draw)[0]), recipient="นายปลอม แปลง")
    forger = Signer(draw.randbytes(32))
    _OTHERS.append(forger.public)
    return to_digits(encode(claim) + forger.sign(encode(claim)))


def _replayed(office: Office, draw: random.Random) -> str:
    """A signature of the same key: of another certificate, or of something that is none."""
    claim = replace(decode(office.one(draw)[0]), recipient="นายปลอม แปลง")
    key = office.signer._key
    signature = draw.choice(
        (
            office.one(draw)[1],
            key.sign(encode(claim)),
            key.sign(issuer.LIST_CONTEXT + encode(claim)),
        )
    )
    return to_digits(encode(claim) + signature)


def _twin(office: Office, draw: random.Random) -> str:
    """A second writing of a genuine certificate: another S, another payload, more bytes."""
    payload, signature = office.one(draw)
    s = int.from_bytes(signature[32:], "little") + _ORDER
    twin = signature[:32] + s.to_bytes(32, "little")
    number = decode(payload).number_text.encode()
    longer = payload[:24] + bytes([len(number)]) + number + payload[25:]
    padded = payload[:-1] + bytes([(payload[-1] + 1) % 256])
    return to_digits(
        draw.choice(
            (payload + twin, longer + signature, payload + b"\0" + signature, padded + signature)
        )
    )


def _version(office: Office, draw: random.Random) -> str:
    payload, signature = office.one(draw)
    return to_digits(bytes([draw.choice((0, 2, 3, 255))]) + payload[1:] + signature)


def _later(office: Office, draw: random.Random) -> str:
    """What a later version of the office's own program signs: not for this reader."""
    payload = bytes([draw.randrange(2, 256)]) + office.one(draw)[0][1:]
    return to_digits(payload + office.signer.sign(payload))


def _unusual(office: Office, draw: random.Random) -> str:
    """The office's own signature over bytes that are no claim as it is written."""
    payload = office.one(draw)[0]
    number = decode(payload).number_text.encode()
    longer = payload[:24] + bytes([len(number)]) + number + payload[25:]
    made = draw.choice((longer, payload + b"\0"))
    return to_digits(made + office.signer.sign(made))


WAYS: Final[tuple[Callable[[Office, random.Random], str], ...]] = (
    _bits,
    _digit,
    _cut,
    _cut_bytes,
    _swapped,
    _invented,
    _other_key,
    _replayed,
    _twin,
    _version,
    _later,
    _unusual,
)


# ---- mutants


def _no_signature(_office: Office) -> Any:
    return mock.patch.object(actions, "genuine", return_value=True)


def _no_context(_office: Office) -> Any:
    return mock.patch.object(issuer, "CONTEXT", b"")


def _every_version(_office: Office) -> Any:
    def read(payload: bytes) -> Claim:
        return decode(b"\1" + payload[1:])

    return mock.patch.object(code, "decode", read)


def _every_writing(_office: Office) -> Any:
    def read(payload: bytes) -> Claim:
        with mock.patch.object(code, "encode", return_value=payload):
            return decode(payload)

    return mock.patch.object(code, "decode", read)


def _only_the_head(office: Office) -> Any:
    """The signature over number and date alone, as if the texts were only for show."""

    def signed(_public: bytes, payload: bytes, signature: bytes) -> bool:
        return any(
            one[:24] == payload[:24] and said == signature for one, said in office.signed.items()
        )

    return mock.patch.object(actions, "genuine", signed)


def _any_key(_office: Office) -> Any:
    """A key is believed for its id: whoever signs under that id is the office."""

    def signed(_public: bytes, payload: bytes, signature: bytes) -> bool:
        return any(genuine(public, payload, signature) for public in _OTHERS)

    return mock.patch.object(actions, "genuine", signed)


_OTHERS: Final[list[bytes]] = []
"""Public keys of forgers."""
MUTANTS: Final[dict[str, Callable[[Office], Any]]] = {
    "no-signature": _no_signature,
    "no-context": _no_context,
    "every-version": _every_version,
    "every-writing": _every_writing,
    "only-the-head": _only_the_head,
    "any-key": _any_key,
}


def run(draw: random.Random, many: int, mutant: str = "") -> dict[str, Any]:
    """``many`` forged codes; ``accepted`` says how those were made that passed."""
    office = Office(draw)
    _OTHERS.clear()
    ways: Counter[str] = Counter()
    accepted = []
    with MUTANTS[mutant](office) if mutant else nullcontext():
        for turn in range(many):
            way = WAYS[turn % len(WAYS)]
            digits = way(office, draw)
            if digits in (to_digits(one + said) for one, said in office.signed.items()):
                continue  # a swap of two equal names
            ways[way.__name__.strip("_")] += 1
            if accepts(office.known, digits):
                accepted.append(way.__name__.strip("_"))
    return {"forged": sum(ways.values()), "ways": dict(ways), "accepted": accepted}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds, default=range(1, 2))
    parser.add_argument("--mutant", choices=sorted(MUTANTS), default="")
    chosen = parser.parse_args()
    began, ways, accepted = time.monotonic(), Counter[str](), Counter[str]()
    for seed in chosen.seeds:
        found = run(random.Random(seed), A_SEED, chosen.mutant)
        ways.update(found["ways"])
        accepted.update(found["accepted"])
    print(
        json.dumps(
            {
                "forged": sum(ways.values()),
                "ways": dict(ways),
                "mutant": chosen.mutant,
                "accepted": dict(accepted),
                "seconds": round(time.monotonic() - began, 1),
            }
        )
    )
    return 1 if accepted else 0


if __name__ == "__main__":
    sys.exit(main())
