# SPDX-License-Identifier: Apache-2.0
"""The decisions about a centre: what is usual, what is refused, and with which sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.centre.config import (
    CentreSection,
    Config,
    DatabaseSection,
    WrongConfig,
    config_text,
    read_config,
)
from desktop.i18n import use_language


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


def _written(folder: Path, text: str) -> Path:
    (folder / "centre.toml").write_text(text, "utf-8")
    return folder


def test_an_empty_file_is_a_centre_on_sqlite(tmp_path: Path) -> None:
    config = read_config(_written(tmp_path, ""), {})

    assert config == Config(tmp_path)
    assert config.database_url == f"sqlite:///{tmp_path / 'centre.db'}"
    assert config.host_name == "localhost"


def test_what_init_writes_is_read_back_as_it_was(tmp_path: Path) -> None:
    name = 'สนง. "พมจ." ตาก\nสาขา\\แม่สอด'
    decided = Config(
        tmp_path,
        centre=CentreSection(name, "https://centre.example:9443"),
        database=DatabaseSection("postgresql+psycopg://samut@/samut"),
    )

    assert read_config(_written(tmp_path, config_text(decided)), {}) == decided


def test_the_environment_stands_above_the_file(tmp_path: Path) -> None:
    """Fails when the file wins: a password set in the environment would not be used."""
    _written(tmp_path, '[database]\nurl = "sqlite:///a.db"\n[listen]\nport = 1\n')
    config = read_config(
        tmp_path,
        {
            "SAMUT_CENTRE_DATABASE_URL": "postgresql+psycopg://a:b@c/d",
            "SAMUT_CENTRE_LISTEN_PORT": "9000",
            "SAMUT_CENTRE_LISTEN_PROXIES": "10.0.0.0/8, ::1",
        },
    )

    assert config.database_url == "postgresql+psycopg://a:b@c/d"
    assert config.listen.port == 9000
    assert config.listen.proxies == ("10.0.0.0/8", "::1")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[listen\n", "is not written as TOML should be"),
        ("[lisen]\n", "[lisen], which nobody knows"),
        ("listen = 3\n", "[listen] must be a section"),
        ("[listen]\nwokers = 2\n", "[listen] has wokers, which nobody knows"),
        ('[listen]\nport = "8443"\n', "[listen] port must be a whole number"),
        ("[listen]\nport = true\n", "[listen] port must be a whole number"),
        ("[listen]\nport = 70000\n", "[listen] port must be from 0 to 65535"),
        ("[listen]\nhost = 1\n", "[listen] host must be a text"),
        ("[listen]\nproxies = 'x'\n", "[listen] proxies must be a list"),
        ("[listen]\nproxies = ['x y']\n", "x y is none"),
        ("[listen]\ntls = 'none'\n", "[listen] tls must be"),
        ("[listen]\ntls = 'files'\n", "needs certificate and key"),
        ("[listen]\nworkers = 2\n", "On SQLite there can be only one worker"),
        ("[centre]\naddress = 'http://a'\n", "[centre] address must look like"),
        ("[centre]\naddress = 'https://a/b'\n", "[centre] address must look like"),
        ("[database]\nurl = 'mysql://a'\n", "[database] url must begin with"),
        ("[backup]\ns3_endpoint = 'https://s3.example'\n", "needs s3_bucket"),
        ("[limits]\ndevice = 0\n", "[limits] device must be from 1"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_the_place(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(WrongConfig) as refused:
        read_config(_written(tmp_path, text), {})
    assert sentence in str(refused.value)


def test_a_folder_without_a_centre_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(WrongConfig, match="samut centre init"):
        read_config(tmp_path, {})


def test_a_wrong_number_in_the_environment_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongConfig, match="port must be a whole number"):
        read_config(_written(tmp_path, ""), {"SAMUT_CENTRE_LISTEN_PORT": "many"})
