"""Together the containers reach each other, and nobody else reaches more than the API."""

import re
from typing import Any

import pytest
import yaml

from tests.architecture.source import ROOT
from tests.docker.test_images import COMMANDS, SETTINGS

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LASTING = [name for name, service in SERVICES.items() if service["restart"] != "no"]
EXAMPLE = dict(
    line.split("=", 1)
    for line in (ROOT / "docker" / "example.env").read_text().splitlines()
    if not line.startswith("#")
)
GIGABYTE = 1024

every_service = pytest.mark.parametrize("name", SERVICES)


def test_all_parts_are_there() -> None:
    assert set(LASTING) == {"api", "worker", "allocator", "postgres"}


@every_service
def test_a_container_can_change_nothing_but_its_own_data(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "network_mode", "pid"} & service.keys()
    assert all(volume.startswith("database:") for volume in service.get("volumes", ()))


@every_service
def test_a_container_has_a_limit(name: str) -> None:
    assert re.fullmatch(r"\d+[mg]", SERVICES[name]["mem_limit"])
    assert SERVICES[name]["pids_limit"] > 0


@pytest.mark.parametrize("name", LASTING)
def test_a_lasting_container_says_whether_it_is_well(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@every_service
def test_an_image_has_a_full_version(name: str) -> None:
    assert re.fullmatch(r"[\w-]+:\d+\.\d+(\.\d+)?(-\w+)?", SERVICES[name]["image"])


@every_service
def test_what_is_built_is_built_from_a_file_that_exists(name: str) -> None:
    build = SERVICES[name].get("build", {"context": "..", "dockerfile": "Makefile"})

    assert build["context"] == ".."
    assert (ROOT / build["dockerfile"]).is_file()


@every_service
def test_a_command_exists(name: str) -> None:
    assert set(SERVICES[name].get("command", ())) <= COMMANDS


@every_service
def test_variables_are_settings(name: str) -> None:
    assert SERVICES[name].get("environment", {}).keys() <= SETTINGS


@every_service
def test_a_container_waits_for_containers_that_exist(name: str) -> None:
    assert SERVICES[name].get("depends_on", {}).keys() <= SERVICES.keys()


def test_only_the_api_can_be_reached_and_only_from_this_machine() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    outside = [name for name, service in SERVICES.items() if service["networks"] != ["inside"]]

    assert ports == {"api": ["127.0.0.1:8000:8000"]}
    assert outside == ["api"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_the_allocator_has_room_for_all_its_solves() -> None:
    allocator = SERVICES["allocator"]
    environment = allocator["environment"]
    solves = int(environment["EVENWICHT_ALLOCATOR_MAX_PARALLEL"])
    each = int(environment["EVENWICHT_ALLOCATOR_MEMORY_LIMIT_MB"])

    assert solves * each < int(allocator["mem_limit"].removesuffix("g")) * GIGABYTE


def test_secrets_come_from_a_file_that_git_ignores() -> None:
    files = {file for service in SERVICES.values() for file in service.get("env_file", ())}

    assert files == {".env"}
    assert "*.env" in (ROOT / ".gitignore").read_text().splitlines()


@pytest.mark.parametrize("name", ["migrate", "worker", "api"])
def test_the_password_is_given_once_and_cannot_be_left_out(name: str) -> None:
    assert SERVICES[name]["environment"]["DATABASE_URL"] == (
        "postgresql://${POSTGRES_USER}:${POSTGRES_PASSWORD:?}@postgres:5432/${POSTGRES_DB}"
    )


def test_the_example_names_every_secret_and_holds_none() -> None:
    assert EXAMPLE["POSTGRES_PASSWORD"] == ""
    assert EXAMPLE.keys() == {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
