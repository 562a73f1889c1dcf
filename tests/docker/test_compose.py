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
POSTGRES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
OWN = ["migrate", "worker", "api"]

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
    known = POSTGRES if name == "postgres" else SETTINGS

    assert SERVICES[name].get("environment", {}).keys() <= known


@every_service
def test_a_container_waits_for_containers_that_exist(name: str) -> None:
    assert SERVICES[name].get("depends_on", {}).keys() <= SERVICES.keys()


def test_only_the_api_can_be_reached_and_only_from_this_machine() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    outside = [name for name, service in SERVICES.items() if service["networks"] != ["inside"]]

    assert ports == {"api": ["127.0.0.1:8000:8000"]}
    # The worker sends events out, and nobody reaches it.
    assert outside == ["worker", "api"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_the_allocator_has_room_for_all_its_solves() -> None:
    allocator = SERVICES["allocator"]
    environment = allocator["environment"]
    solves = int(environment["EVENWICHT_ALLOCATOR_MAX_PARALLEL"])
    each = int(environment["EVENWICHT_ALLOCATOR_MEMORY_LIMIT_MB"])

    assert solves * each < int(allocator["mem_limit"].removesuffix("g")) * GIGABYTE


def test_secrets_come_from_a_file_that_git_ignores() -> None:
    assert "*.env" in (ROOT / ".gitignore").read_text().splitlines()
    assert not any("env_file" in service for service in SERVICES.values())


@pytest.mark.parametrize("name", OWN)
def test_the_password_is_given_once_and_cannot_be_left_out(name: str) -> None:
    assert SERVICES[name]["environment"]["DATABASE_URL"] == (
        "postgresql://${POSTGRES_USER}:${POSTGRES_PASSWORD:?}@postgres:5432/${POSTGRES_DB}"
    )


@pytest.mark.parametrize("name", OWN)
def test_it_runs_for_production_and_what_that_needs_cannot_be_left_out(name: str) -> None:
    environment = SERVICES[name]["environment"]

    assert environment["EVENWICHT_MODE"] == "production"
    assert environment["EVENWICHT_KEY_SECRET"] == "${EVENWICHT_KEY_SECRET:?}"
    assert environment["EVENWICHT_PUBLIC_URL"] == "${EVENWICHT_PUBLIC_URL:?}"


@pytest.mark.parametrize("name", ["postgres", "allocator"])
def test_the_secret_of_the_keys_is_with_nobody_who_does_not_need_it(name: str) -> None:
    assert "EVENWICHT_KEY_SECRET" not in str(SERVICES[name])


def test_the_example_names_every_variable_and_holds_no_secret() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker" / "compose.yaml").read_text()))

    assert EXAMPLE.keys() == asked
    assert {name for name, value in EXAMPLE.items() if not value} == {
        "POSTGRES_PASSWORD",
        "EVENWICHT_KEY_SECRET",
        "EVENWICHT_PUBLIC_URL",
    }
