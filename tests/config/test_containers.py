"""The production shape, as far as it can be checked without a container engine: the files are held to the code."""

import re
import subprocess
import sys
from typing import Any

import pytest
import yaml

from config.celery import app
from tests.settings import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OURS = sorted(
    name for name, service in SERVICES.items() if service.get("image", "").startswith("isnad") and name != "replay"
)


def test_all_parts_are_there() -> None:
    assert set(SERVICES) == {"postgres", "valkey", "migrate", "web", "replay", "worker", "capture-worker", "beat"}
    assert SERVICES["postgres"]["image"].startswith("postgres:18")


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_part_that_stays_says_whether_it_is_well(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", OURS)
def test_ours_run_with_few_rights_and_secrets_from_files(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"]
    environment = service["environment"]
    for variable in ("SECRET_KEY", "TOTP_KEY", "CAPTURE_KEY", "LEDGER_KEY", "DATABASE_URL"):
        assert variable not in environment
        assert environment[f"{variable}_FILE"].removeprefix("/run/secrets/") in service["secrets"]


def test_the_replay_has_nothing_that_an_archived_page_could_want() -> None:
    replay = SERVICES["replay"]
    assert "config.replay_wsgi:application" in replay["command"]
    assert replay["cap_drop"] == ["ALL"]
    assert replay["read_only"]
    assert replay["secrets"] == ["secret_key"]
    assert all(volume.endswith(":ro") for volume in replay["volumes"])
    assert not {"default", *(name for each in OURS for name in SERVICES[each].get("networks", []))} & set(
        replay["networks"]
    )


def test_the_replay_starts_with_what_it_is_told() -> None:
    told = {name: value for name, value in SERVICES["replay"]["environment"].items() if not name.endswith("_FILE")}
    environment = told | {"DEBUG": "0", "SECRET_KEY": "k" * 50, "REPLAY_ORIGIN": "https://*.replay.example.net"}
    subprocess.run([sys.executable, "-c", "import config.replay_wsgi"], cwd=ROOT, env=environment, check=True)


def test_every_setting_named_is_one_that_is_read() -> None:
    documented = set(re.findall(r"^\| `(\w+)`", (ROOT / "docs/deployment.md").read_text(), flags=re.MULTILINE))
    named = {key.removesuffix("_FILE") for name in [*OURS, "replay"] for key in SERVICES[name]["environment"]}
    assert named <= documented


def test_the_workers_read_all_queues_there_are() -> None:
    commands = [service["command"] for name, service in SERVICES.items() if name.endswith("worker")]
    read = {queue for command in commands for queue in command[command.index("--queues") + 1].split(",")}
    assert read == {queue.name for queue in app.conf.task_queues}


def test_every_volume_and_secret_is_declared() -> None:
    for service in SERVICES.values():
        assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(COMPOSE["volumes"])
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])


def test_the_image_does_not_run_as_root() -> None:
    for stage in DOCKERFILE.split("FROM ")[-2:]:
        assert re.search(r"^USER (?!root)\w+$", stage, flags=re.MULTILINE)
    assert "secrets" in (ROOT / ".dockerignore").read_text().split()


def test_the_capture_worker_has_a_browser_and_its_walls() -> None:
    worker = SERVICES["capture-worker"]
    stage = re.search(
        rf"^FROM \w+ AS {worker['build']['target']}$(.*?)^FROM ", DOCKERFILE, flags=re.MULTILINE | re.DOTALL
    )
    assert stage
    assert " chromium " in stage[1]
    assert worker["mem_limit"]
    assert worker["security_opt"] == ["no-new-privileges:true"]
