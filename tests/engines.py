"""The engines of a test run: databases copied from a template, and a Valkey of its own for each pytest process.

A template is one migrated database per state of the migrations, made once and kept: copying it takes a tenth of a
second. Its name is a digest of the code that made it, so a changed migration makes a new one by itself.
"""

import functools
import hashlib
import importlib.metadata
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config import embedded


def start(*, durable: bool = False) -> None:
    embedded.use(settings.VAR_DIR, durable=durable, broker=False)


def create_database() -> None:
    """The run's database, new and migrated; whoever was connected to an earlier one of that name is cut off."""
    with _server() as server:
        template = _template(server)
        name = _run_database()
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')


def drop_database() -> None:
    connection.close()
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{_run_database()}" WITH (FORCE)')


def _template(server: psycopg.Connection) -> str:
    name = f"isnad_template_{_migrations_digest()}"
    # Whoever asks first migrates, the others wait for it here.
    server.execute("SELECT pg_advisory_lock(hashtext('isnad_template'))")
    if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        _drop_templates(server)
        server.execute(f'CREATE DATABASE "{name}_new"')
        with _connected_to(f"{name}_new"):
            call_command("migrate", verbosity=0, interactive=False)
        server.execute(f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')
    server.execute("SELECT pg_advisory_unlock(hashtext('isnad_template'))")
    return name


def _drop_templates(server: psycopg.Connection) -> None:
    """Those of earlier migrations go, and one that was left half made."""
    rows = server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'isnad\\_template\\_%'").fetchall()
    for (name,) in rows:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@functools.cache
def _migrations_digest() -> str:
    digest = hashlib.sha256(importlib.metadata.version("django").encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for module in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label}/{module.name}\n".encode() + module.read_bytes())
    for part in ("recording.py", "rowtext.py", "sql/append.sql"):  # what `migrate` installs beside the migrations
        digest.update((Path(settings.BASE_DIR, "audit", part)).read_bytes())
    return digest.hexdigest()[:16]


def _run_database() -> str:
    return str(settings.DATABASES["default"]["NAME"])


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    ours = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = ours


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    ours = connection.settings_dict
    known = {"host": ours["HOST"], "port": ours["PORT"], "user": ours["USER"], "password": ours["PASSWORD"]}
    said = {name: value for name, value in known.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **said) as server:
        yield server


class OwnCluster:
    """A database server of one test, which may be stopped as a lost machine would stop it. Durable, as in production.

    While it is open this process works on it, and so does what is started with `environment`.
    """

    def __init__(self, var: Path, environment: Mapping[str, str]) -> None:
        self._var = var
        ours = {"ISNAD_VAR": str(var), "REDIS_URL": settings.REDIS_URL, "DATABASE_URL": ""}
        self.environment = {**environment, **ours}

    def __enter__(self) -> "OwnCluster":
        embedded.use(self._var, broker=False)
        self._before = dict(connection.settings_dict)
        connection.close()
        connection.settings_dict.update(HOST=str(embedded.sockets(self._var)), USER="isnad", PASSWORD="", PORT="")
        create_database()
        return self

    def __exit__(self, *failure: object) -> None:
        connection.close()
        connection.settings_dict.update(self._before)
        embedded.leave(self._var)
        shutil.rmtree(embedded.sockets(self._var), ignore_errors=True)

    def stop_hard(self) -> None:
        """No checkpoint, no goodbye: the next start recovers from the log."""
        embedded.stop(self._var, how="immediate")

    def start(self) -> None:
        embedded.start_again(self._var)
        connection.close()


class Valkey:
    """A Valkey of this process, in memory only, or the one that `REDIS_URL` names, which is left alone."""

    def __init__(self) -> None:
        scheme, _, path = settings.REDIS_URL.partition("://")
        self.socket = Path(path) if scheme == "redis+socket" else None

    def start(self) -> None:
        if self.socket is None:
            return
        options = ["--port", "0", "--unixsocket", str(self.socket), "--save", ""]
        self._server = subprocess.Popen([embedded.program("valkey-server"), *options], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while not self.socket.exists():
            if time.monotonic() > deadline or self._server.poll() is not None:
                raise RuntimeError("Valkey did not start.")
            time.sleep(0.01)

    def kill(self) -> None:
        """As a lost machine would end it: nothing is written, nobody is told."""
        if self.socket is not None:
            self._server.kill()
            self._server.wait()
            self.socket.unlink(missing_ok=True)
