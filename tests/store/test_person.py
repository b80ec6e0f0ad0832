# SPDX-License-Identifier: Apache-2.0
"""Who is known already: likely ones are shown, and nobody is merged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.model.person import Likeness
from desktop.store import person
from desktop.store.person import Asked
from desktop.thai.names import Name, split_name
from desktop.thai.search_key import loosely_equal, search_key
from tests.actions.office_ground import Ground, cid


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground(tmp_path)
    ground.add("ณัฐพงษ์ ดอเลาะ", identifier=cid(1), area="96", birth_year=2530, organisation="อบต.ก")
    ground.add("หม่อเซ", area="63")
    yield ground
    ground.store.close()


def like(
    ground: Ground,
    name: str,
    identifier: str | None = None,
    province: str = "",
    birth_year: int | None = None,
) -> list[str]:
    with ground.store.read() as conn:
        hits = person.likenesses(
            conn,
            name=split_name(name),
            identifier=identifier,
            province=province,
            birth_year=birth_year,
        )
    return [hit.why for hit in hits]


def test_the_same_number_is_the_likeliest_whatever_the_name(ground: Ground) -> None:
    assert like(ground, "คนอื่น ชื่ออื่น", cid(1)) == ["identifier"]
    assert like(ground, "คนอื่น ชื่ออื่น", cid(2)) == []


def test_a_name_that_sounds_the_same_is_likelier_with_its_province_and_year(
    ground: Ground,
) -> None:
    """Fails when a slip of spelling hides a person: she would be entered a second time."""
    for name in ("ณัฐพงศ์ ดอเลาะ", "ณัฐพงษ์ ดอเล่าะ", "ณัฐพงษ์ ดอเลา"):
        assert like(ground, name) == ["name"]
        assert like(ground, name, None, "96") == ["name_area"]
        assert like(ground, name, None, "96", 2530) == ["name_area_birth"]
        assert like(ground, name, None, "96", 2541) == ["name"]
        assert like(ground, name, None, "50", 2530) == ["name"]
    assert like(ground, "ณัฐพงษ์ ใจดี") == []
    assert like(ground, "หม่อเซ") == ["name"]
    assert like(ground, "หม่อเซ ใจดี") == []


def test_a_likeness_says_enough_to_decide(ground: Ground) -> None:
    with ground.store.read() as conn:
        (hit,) = person.likenesses(
            conn, name=split_name("ณัฐพงษ์ ดอเลาะ"), identifier=cid(1), province="",
            birth_year=None,
        )  # fmt: skip
    assert isinstance(hit, Likeness)
    assert (hit.name, hit.organisation, hit.province) == ("ณัฐพงษ์ ดอเลาะ", "อบต.ก", "96")
    assert (hit.birth_year, hit.last4, hit.events) == (2530, cid(1)[-4:], ("อบรม อพม.น้อย",))


def test_many_are_asked_for_at_once_with_the_answers_of_one_by_one(ground: Ground) -> None:
    """Fails when the batch mixes up whose answer is whose."""
    names = ["ณัฐพงศ์ ดอเลาะ", "ไม่มี ใคร", "หม่อเซ", "ณัฐพงษ์ ดอเลาะ", ""]
    with ground.store.read() as conn:
        asked = [Asked(split_name(name)) for name in names]
        together = person.likenesses_of(conn, asked)
        one_by_one = [person.likenesses_of(conn, [one])[0] for one in asked]
        assert list(together) == one_by_one
        assert [len(found) for found in together] == [1, 0, 1, 1, 0]
        assert person.likenesses_of(conn, []) == ()


def test_a_person_is_read_as_she_was_kept(ground: Ground) -> None:
    with ground.store.read() as conn:
        ids = [line.person_id for line in ground.roster()]
        kept = person.people(conn, ids)
        assert set(kept) == set(ids)
        assert all(person.person(conn, one) == kept[one] for one in ids)
        assert person.numbers_of(conn, ids) == {
            one: held[0] for one in ids if (held := person.identifiers(conn, one))
        }
        with pytest.raises(LookupError):
            person.person(conn, "nobody")


def test_an_empty_name_is_like_nobody(ground: Ground) -> None:
    with ground.store.read() as conn:
        assert person.likenesses_of(conn, [Asked(Name("", "", "", "", ""))]) == ((),)


def test_the_cheap_comparison_dismisses_nobody_who_is_like(ground: Ground) -> None:
    """Fails when the quick test before ``loosely_equal`` turns away a pair that it would take."""
    first = "สมชาย"
    surnames = [
        "วิชัย",
        "วิไชย",
        "วิไช",
        "วิชัยย์",
        "วิชา",
        "วิช",
        "ไชยา",
        "ชัยยา",
        "ไชย",
        "ทองใบ",
        "ทองไบ",
        "ตองใบ",
    ]
    for one in surnames:
        for other in surnames:
            keys = [search_key(f"{first} {last}") for last in (one, other)]
            same = person._Comparison()(search_key(first), *keys)
            assert same == loosely_equal(*keys), (one, other)
