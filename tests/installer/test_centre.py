# SPDX-License-Identifier: Apache-2.0
"""What puts the centre on a server: the database it makes, and the units systemd is given."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.centre.config import CentreSection, Config, DatabaseSection, read_config
from desktop.centre.database import open_database
from desktop.centre.founding import found_centre
from desktop.command.parser import parser
from tests.centre.postgresql import NoServer, Server, end_server, start_server

CENTRE = Path(__file__).parents[2] / "installer" / "centre"
UNITS = sorted(CENTRE.glob("*.service"))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    try:
        started = start_server()
    except NoServer as wrong:
        pytest.skip(str(wrong))
    yield started
    end_server(started)


def bootstrap(server: Server) -> str:
    """Run ``postgresql.sh`` as who may administer the server."""
    if not (server.binaries / "psql").exists() and shutil.which("psql") is None:
        pytest.skip("there is no psql")
    done = subprocess.run(
        ["bash", str(CENTRE / "postgresql.sh")],
        env={
            **os.environ,
            "PATH": f"{server.binaries}{os.pathsep}{os.environ['PATH']}",
            "PGHOST": str(server.folder),
            "PGUSER": "postgres",
        },
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_centre_stands_on_the_database_that_the_script_makes(
    server: Server, tmp_path: Path
) -> None:
    """Fails when the role may not make its tables, or when a second run breaks the first."""
    assert "ready" in bootstrap(server)
    url = f"postgresql+psycopg://samut@/samut?host={server.folder}"
    config = Config(
        tmp_path / "centre", CentreSection("ศูนย์", "https://centre.example:8443"),
        database=DatabaseSection(url),
    )  # fmt: skip
    found_centre(config, "admin")
    bootstrap(server)
    database = open_database(url)
    try:
        with database.read() as conn:
            may = conn.exec_driver_sql(
                "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles "
                "WHERE rolname = current_user"
            ).scalar_one()
            waits = conn.exec_driver_sql("SHOW synchronous_commit").scalar_one()
    finally:
        database.close()
    assert (may, waits) == (False, "on")


def test_the_units_start_commands_that_exist() -> None:
    """Fails when a command or an option of ``samut centre`` is renamed and the units are not."""
    assert len(UNITS) == 2
    for unit in UNITS:
        line = re.search(r"^ExecStart=(.+)$", unit.read_text("utf-8"), re.MULTILINE)
        assert line is not None
        program, *words = shlex.split(line[1])
        assert program.endswith("/bin/samut")
        assert parser().parse_args(words).command == "centre"


def test_the_readme_s_commands_are_understood() -> None:
    text = (CENTRE / "README.md").read_text("utf-8").replace("\\\n", " ")
    said = re.findall(
        r"(?:bin/samut|\./run) (centre (?:init|serve|status|backup|demo)[^`\n]*)", text
    )
    assert len(said) >= 4
    for words in said:
        parser().parse_args(shlex.split(words.partition("#")[0]))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in (*UNITS, CENTRE / "samut-centre-backup.timer"):
        text = unit.read_text("utf-8")
        text = text.replace("/opt/samut-sanam/venv/bin/samut", sys.executable)
        (tmp_path / unit.name).write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.glob("samut-*")))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "samut-" in line]
    assert said == []


def test_the_settings_a_reader_is_told_to_write_are_known(tmp_path: Path) -> None:
    """Fails when the names in nginx.conf are not those of ``centre.toml``."""
    text = (CENTRE / "nginx.conf").read_text("utf-8")
    told = re.findall(r"\[(\w+)\] (\w+ = \"[^\"]+\")", text)
    assert len(told) == 2
    lines = "".join(f"[{section}]\n{setting}\n" for section, setting in told)
    (tmp_path / "centre.toml").write_text(lines, "utf-8")
    assert read_config(tmp_path, {}).listen.tls == "proxy"
