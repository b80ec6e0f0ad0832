# SPDX-License-Identifier: Apache-2.0
"""A place as people type and paste it, and as a form keeps it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import Problem
from desktop.i18n import use_language
from desktop.model.position import (
    Position,
    from_answer,
    outside_thailand,
    parse_position,
    spoken,
    to_answer,
)
from desktop.model.utm import from_utm

MAE_LAMAO = (16.88012, 99.12034)


@pytest.mark.parametrize(
    "text",
    [
        "16.88012, 99.12034",
        "16.88012 99.12034",
        "(16.88012,99.12034)",
        "๑๖.๘๘๐๑๒ ๙๙.๑๒๐๓๔",
        "16,88012; 99,12034",
        "16,88012, 99,12034",
        "16.88012N 99.12034E",
        "N16.88012 E99.12034",
        "E 99.12034 N 16.88012",
        "16.88012° เหนือ 99.12034° ตะวันออก",
        "พิกัด ละติจูด 16.88012 ลองจิจูด 99.12034",
        "ลองจิจูด 99.12034 ละติจูด 16.88012",
        "Lat: 16.88012 Long: 99.12034",
        "99.12034, 16.88012",
        "https://www.google.com/maps/@16.88012,99.12034,15z",
        "https://www.google.com/maps/place/X/@16.1,99.9,17z/data=!3m1!3d16.88012!4d99.12034",
        "https://maps.google.com/?q=16.88012,99.12034",
        "https://www.google.com/maps/search/?api=1&query=16.88012%2C99.12034",
        "https://www.openstreetmap.org/?mlat=16.88012&mlon=99.12034#map=15/16.9/99.1",
        "https://www.openstreetmap.org/#map=15/16.88012/99.12034",
        "https://maps.apple.com/?ll=16.88012,99.12034",
        "geo:16.88012,99.12034",
        "16.88012 99.12034 0 0",
    ],
)
def test_every_way_of_writing_a_place_gives_the_same_place(text: str) -> None:
    assert to_answer(parse_position(text)) == "16.88012 99.12034 0 0"


@pytest.mark.parametrize(
    "text",
    [
        "16°52'48.4\"N 99°07'13.2\"E",
        "16º52′48.4″N 99º07′13.2″E",
        "16°52''48.4 99°07'13.2".replace("''", "'"),
        "16 52 48.4 N 99 7 13.2 E",
        "16 องศา 52 ลิปดา 48.4 ฟิลิปดา เหนือ 99 องศา 7 ลิปดา 13.2 ฟิลิปดา ตะวันออก",
        "16° 52.80667' N, 99° 7.22' E",
        "16 52.80667 99 7.22",
        "https://www.google.com/maps/place/16%C2%B052'48.4%22N+99%C2%B007'13.2%22E/",
    ],
)
def test_degrees_minutes_and_seconds_are_degrees(text: str) -> None:
    found = parse_position(text)
    assert found.latitude == pytest.approx(16.880111, abs=1e-6)
    assert found.longitude == pytest.approx(99.120333, abs=1e-6)


def test_the_grid_of_a_hand_receiver_is_read() -> None:
    """Metres of zone 47; the control values are of PROJ (EPSG:32647 to EPSG:4326)."""
    found = parse_position("47Q 512345 1867890")
    assert found.latitude == pytest.approx(16.8945200, abs=1e-6)
    assert found.longitude == pytest.approx(99.1159126, abs=1e-6)
    assert parse_position("47N 512345mE 1867890mN") == found
    assert from_utm(47, True, 500_000, 0) == pytest.approx((0, 99))


def test_the_south_and_the_west_are_negative() -> None:
    found = parse_position("33.8 S, 70.6 W")
    assert (found.latitude, found.longitude) == (-33.8, -70.6)
    assert outside_thailand(found)


@pytest.mark.parametrize(
    "text",
    [
        "", "แม่สอด", "16.88", "200 300", "0, 0", "16 75 N 99 3 E", "16.8N 99.1N", "16.8N",
        "1 2 3 4 5", "https://example.org/", "https://maps.app.goo.gl/abc", "1e5 2e5",
        "99X 500000 0", "-16N 99E", "16.88, 99.12 ครับ", "1" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_place_is_refused_with_a_sentence(text: str) -> None:
    """Fails when a guess is made of half a place."""
    with pytest.raises(Problem) as told:
        parse_position(text)
    assert len(str(told.value)) > 20


def test_height_and_accuracy_stay_in_the_answer() -> None:
    assert to_answer(parse_position("geo:16.88,99.12;u=35")) == "16.88 99.12 0 35"
    assert to_answer(parse_position("16.88 99.12 412.5 4")) == "16.88 99.12 412.5 4"


def test_a_place_is_said_with_its_accuracy() -> None:
    use_language("th")
    assert spoken(Position(*MAE_LAMAO, None, 4.6)) == "16.88012, 99.12034 ± 5 ม."
    assert spoken(Position(*MAE_LAMAO)) == "16.88012, 99.12034"


@pytest.mark.parametrize(
    "text", ["", "x y", "16", "1 2 3 4 5", "91 0", "0 181", "nan nan", "1_0 2"]
)
def test_an_answer_that_is_no_place_is_none(text: str) -> None:
    assert from_answer(text) is None


@settings(max_examples=60, deadline=None)
@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.none() | st.floats(0.01, 9000),
    st.none() | st.floats(0.01, 9000),
)
def test_what_is_kept_comes_back(
    latitude: float, longitude: float, altitude: float | None, accuracy: float | None
) -> None:
    """Fails when a small number is written with an exponent, which ODK does not read."""
    kept = to_answer(Position(latitude, longitude, altitude, accuracy))
    assert "e" not in kept
    back = from_answer(kept)
    assert back is not None
    assert back.latitude == pytest.approx(latitude, abs=1e-7)
    assert back.longitude == pytest.approx(longitude, abs=1e-7)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80) | st.text("0123456789.,-°'\"NSEW ;/:@?=&๑๒", max_size=60))
def test_any_text_is_a_place_or_a_sentence(text: str) -> None:
    try:
        found = parse_position(text)
    except Problem:
        return
    assert abs(found.latitude) <= 90
    assert abs(found.longitude) <= 180
    assert from_answer(to_answer(found)) is not None
