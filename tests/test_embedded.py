"""The embedded PostgreSQL, each test with a server of its own in a folder of its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from welzijnportal import embedded

pytestmark = pytest.mark.skipif(not settings.USES_EMBEDDED_DATABASE, reason="another PostgreSQL is in use")


@pytest.fixture
def eigen_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let the module believe that the checkout lies elsewhere; stop that server afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="wp-"))
    folder.chmod(0o755)
    monkeypatch.setattr(embedded, "PROJECT", folder)
    monkeypatch.setattr(embedded, "_held_locks", [])
    monkeypatch.setenv("EMBEDDED_PROJECT", str(folder))
    yield folder
    embedded.stop(even_if_used=True)
    shutil.rmtree(embedded.socket_dir(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _run(code: str) -> subprocess.Popen[str]:
    """Start a process that uses the same server."""
    start = f"""
        import sys
        from pathlib import Path
        sys.path.insert(0, {str(settings.BASE_DIR)!r})
        from welzijnportal import embedded
        import os
        embedded.PROJECT = Path(os.environ["EMBEDDED_PROJECT"])
    """
    program = textwrap.dedent(start) + textwrap.dedent(code)
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)


def _postmaster() -> int:
    return int((embedded.data_dir() / "postmaster.pid").read_text().split("\n", 1)[0])


def _store(value: int) -> None:
    with psycopg.connect(embedded.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bewijs (waarde int)")
        connection.execute("INSERT INTO bewijs VALUES (%s)", [value])


def _stored() -> list[int]:
    with psycopg.connect(embedded.conninfo()) as connection:
        return [row[0] for row in connection.execute("SELECT waarde FROM bewijs ORDER BY 1")]


def test_start_stop_start_keeps_the_data(eigen_server: Path) -> None:
    assert embedded.start() is True
    assert embedded.start() is False
    _store(1)
    assert embedded.stop() is True
    assert embedded.is_running() is False
    assert embedded.start() is True
    assert _stored() == [1]


def test_server_listens_on_no_network_and_its_folder_is_private(eigen_server: Path) -> None:
    embedded.start()
    with psycopg.connect(embedded.conninfo()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW default_text_search_config").fetchone() == ("pg_catalog.dutch",)
    assert embedded.socket_dir().stat().st_mode & 0o777 == 0o700
    assert embedded.data_dir().stat().st_mode & 0o077 == 0


def test_a_server_that_outlived_its_parent_is_used_again(eigen_server: Path) -> None:
    parent = _run("embedded.start(); embedded.hold(); print('klaar', flush=True); import time; time.sleep(60)")
    assert parent.stdout is not None
    assert parent.stdout.readline() == "klaar\n"
    before = _postmaster()
    _store(7)
    parent.kill()
    parent.communicate()
    assert embedded.start() is False
    assert _postmaster() == before
    assert _stored() == [7]


def test_a_killed_server_recovers_with_all_that_was_committed(eigen_server: Path) -> None:
    embedded.start()
    _store(42)
    os.kill(_postmaster(), signal.SIGKILL)
    deadline = time.monotonic() + 10
    while embedded.is_running() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert embedded.start() is True
    assert _stored() == [42]


def test_a_stale_pid_file_never_costs_another_process_its_life(eigen_server: Path) -> None:
    embedded.start()
    lines = (embedded.data_dir() / "postmaster.pid").read_text().split("\n")
    embedded.stop()
    account = embedded.service_user()
    switch = {"user": account.pw_uid, "group": account.pw_gid} if os.geteuid() == 0 else {}
    bystander = subprocess.Popen(["sleep", "60"], **switch)  # type: ignore[call-overload]
    try:
        (embedded.data_dir() / "postmaster.pid").write_text("\n".join([str(bystander.pid), *lines[1:]]))
        assert embedded.stop(even_if_used=True) is False
        assert embedded.start() is True
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_stop_leaves_a_server_that_another_process_uses(eigen_server: Path) -> None:
    other = _run("embedded.hold(); embedded.start(); print('klaar', flush=True); import time; time.sleep(60)")
    assert other.stdout is not None
    assert other.stdout.readline() == "klaar\n"
    assert embedded.stop() is False
    assert embedded.is_running()
    other.kill()
    other.communicate()
    assert embedded.stop() is True


def test_a_server_whose_socket_was_cleaned_away_is_started_anew(eigen_server: Path) -> None:
    embedded.start()
    _store(9)
    shutil.rmtree(embedded.socket_dir())
    assert embedded.start() is True
    assert _stored() == [9]


def test_a_checkout_in_the_place_of_a_removed_one_gets_a_server_of_its_own(eigen_server: Path) -> None:
    embedded.start()
    _store(1)
    orphan, old_socket = _postmaster(), embedded.socket_dir()
    shutil.rmtree(embedded.home())
    try:
        assert embedded.start() is True
        assert embedded.socket_dir() != old_socket
        _store(2)
        assert _stored() == [2]
    finally:
        os.kill(orphan, signal.SIGKILL)
        shutil.rmtree(old_socket, ignore_errors=True)


def test_two_starts_at_once_make_one_server(eigen_server: Path) -> None:
    pair = [_run("print(embedded.start())") for _ in range(2)]
    assert sorted(process.communicate(timeout=120)[0].strip() for process in pair) == ["False", "True"]


def test_an_initdb_that_was_cut_off_is_done_again(eigen_server: Path) -> None:
    embedded.data_dir().mkdir(parents=True)
    (embedded.data_dir() / "PG_VERSION").write_text("18\n")
    assert embedded.start() is True
    _store(3)
    assert _stored() == [3]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server under another account")
def test_as_root_the_server_runs_from_a_folder_that_only_root_may_enter(eigen_server: Path) -> None:
    eigen_server.chmod(0o700)
    embedded.start()
    _store(5)
    assert _stored() == [5]
    assert not embedded.data_dir().is_relative_to(eigen_server)
    home = embedded.home()
    embedded.stop()
    shutil.rmtree(home)


def test_ensure_database_makes_it_once(eigen_server: Path) -> None:
    embedded.start()
    assert embedded.ensure_database("een-naam") is True
    assert embedded.ensure_database("een-naam") is False
