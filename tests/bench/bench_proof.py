# SPDX-License-Identifier: Apache-2.0
"""What proof costs: a signature, a check, a code read from a bad scan.

    python -m tests.bench.bench_proof [--codes 430] [--rounds 5]

Certificates of one batch are signed as issuing signs them, and checked as the page checks them,
each against the bare Ed25519 of the same bytes in the same round. A scan is one of the campaign
``degraded``, at 100 dots per inch.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.actions.proof import check_many, prover, qr_text
from desktop.imports.scan_code import codes_in
from desktop.model.certificate import Certificate, Wording
from desktop.model.facilitator import Office
from desktop.store import certificate, facilitator
from desktop.store.ids import new_id
from desktop.store.keys import DataKey
from desktop.store.store import Store
from tests.bench import figures
from tests.bench.figures import Figure
from tests.campaigns import degraded

BY = "facilitator-1"
WORDS = Wording(
    "นางสาวกุลธิดา ศรีสวัสดิ์วงศ์", "ประกาศนียบัตร", "ให้ไว้เพื่อแสดงว่า", "ได้ผ่านการอบรม",
    "โครงการอบรมเชิงปฏิบัติการเพื่อพัฒนาศักยภาพอาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์ (อพม.น้อย)",
    "เมื่อวันที่ ๑ มีนาคม ๒๕๖๒", "ให้ไว้ ณ วันที่ ๑ มีนาคม พ.ศ. ๒๕๖๒", ("กรม",), (),
)  # fmt: skip


def issued(many: int) -> list[Certificate]:
    """A batch as it is before it is signed."""
    return [
        Certificate(
            new_id(), "event-1", "completion", 2562, number, f"{number}/2562", number, "issued",
            "2019-03-03", WORDS,
        )
        for number in range(1, many + 1)
    ]  # fmt: skip


def measured(folder: Path, many: int, rounds: int) -> list[Figure]:
    """The figures of one batch."""
    store = Store.create(folder / "store", DataKey(bytes(32)))
    with store.write(BY) as write:
        facilitator.put_office(write, Office("office-1", "กองทดสอบ", "10"))
        batch = issued(many)
        certificate.put_certificates(write, batch)
        prover(write)
    bare = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public, said = bare.public_key(), bytes(150)
    signature = bare.sign(said)
    sign, check, sign_floor, check_floor = [], [], [], []
    for _round in range(rounds):
        with store.write(BY) as write:
            began = time.perf_counter()
            signer = prover(write)
            proofs = [signer.proof_for(one) for one in batch]
            sign.append((time.perf_counter() - began) / many * 1000)
        began = time.perf_counter()
        for _one in batch:
            bare.sign(said)
        sign_floor.append((time.perf_counter() - began) / many * 1000)
        texts = tuple(map(qr_text, proofs))
        began = time.perf_counter()
        verdicts = check_many(store, texts)
        check.append((time.perf_counter() - began) / many * 1000)
        if any(one.outcome != "genuine" for one in verdicts):
            raise RuntimeError("a genuine certificate was not taken for one")
        began = time.perf_counter()
        for _one in batch:
            public.verify(signature, said)
        check_floor.append((time.perf_counter() - began) / many * 1000)
    store.close()
    return [
        Figure(f"a certificate signed, of {many}", statistics.median(sign), 0.2, "ms",
               f"{_times(sign, sign_floor):.1f} x a bare signature"),
        Figure("a code checked, with its register", statistics.median(check), 1.0, "ms",
               f"{_times(check, check_floor):.1f} x a bare verification"),
        Figure("a bare Ed25519 verification", statistics.median(check_floor), 1.0, "ms"),
    ]  # fmt: skip


def _times(those: list[float], floor: list[float]) -> float:
    return statistics.median(one / other for one, other in zip(those, floor, strict=True))


def read(many: int) -> Figure:
    """One code of a bad scan, read."""
    draw = random.Random(1)
    office = degraded.proof.Office(draw, many)
    codes = [degraded.to_digits(one + said) for one, said in office.signed.items()]
    times = []
    for paper, box in degraded.printed(codes):
        scan = degraded.scanned(paper, box, draw)
        began = time.perf_counter()
        codes_in(scan)
        times.append((time.perf_counter() - began) * 1000)
    return Figure("a code read at 100 dpi, p95", figures.percentile(times, 95), 250, "ms",
                  figures.told(times))  # fmt: skip


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--codes", type=int, default=430)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with figures.folder() as folder:
        found = measured(folder, chosen.codes, chosen.rounds)
    found.append(read(min(chosen.codes, 60)))
    return figures.conclude(found, chosen)


if __name__ == "__main__":
    sys.exit(main())
