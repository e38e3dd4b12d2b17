"""The image and the Compose file: what a reader could overlook when they change."""

import os
import re
import socket
import subprocess
import sys
import time
import tomllib
from urllib.parse import urlsplit

import pytest

from config import processes
from tests.containers import ROOT, asked_for, compose, known_variables, own_services, services, stages

COMPILERS = re.compile(r"\b(gcc|g\+\+|clang|make|build-essential|apt-get|apk)\b")
EXACT = re.compile(r":\d+\.\d+(\.\d+)?-\w+")
BUILD, RESULT = stages()


def test_both_stages_are_the_same_exact_slim_python():
    assert BUILD.image == RESULT.image
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", RESULT.image)


def test_the_images_python_is_one_that_the_project_runs_on():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    lowest, highest = (int(minor) for minor in re.fullmatch(r">=3\.(\d+),<3\.(\d+)", wanted).groups())
    assert lowest <= int(RESULT.image.split(".")[1]) < highest


def test_no_stage_brings_a_compiler():
    assert not [rest for stage in (BUILD, RESULT) for _, rest in stage.steps if COMPILERS.search(rest)]
    assert any("--only-binary :all:" in run for run in BUILD.all("RUN"))


def test_the_result_installs_nothing_and_takes_what_was_built():
    assert not [run for run in RESULT.all("RUN") if "pip" in run]
    assert RESULT.all("COPY") == ["--from=build /venv /venv", "--from=build /app /app"]


def test_the_image_runs_as_a_fixed_user_that_is_not_root():
    user, _, group = RESULT.last("USER").partition(":")
    assert int(user) > 1000
    assert int(group) > 1000
    assert f"--uid {user} --gid {group}" in RESULT.last("RUN")
    names = [name for name, _ in RESULT.steps]
    assert "RUN" not in names[names.index("USER") :]


def test_only_the_data_folder_belongs_to_the_user():
    assert f"--owner={RESULT.last('USER').split(':')[0]}" in RESULT.last("RUN")
    assert RESULT.last("RUN").endswith(RESULT.last("VOLUME"))
    assert RESULT.environment["DATA_DIR"] == RESULT.last("VOLUME") == "/data"
    assert not [copy for copy in RESULT.all("COPY") if "--chown" in copy]


def test_static_files_are_in_the_image_and_not_behind_the_volume():
    static_root = RESULT.environment["STATIC_ROOT"]
    gathers = [run for run in BUILD.all("RUN") if "config.start prepare" in run]
    assert f" STATIC_ROOT={static_root} " in gathers[0]
    assert static_root.startswith("/app/")


def test_the_image_holds_no_secret():
    for stage in (BUILD, RESULT):
        assert not {name for name in stage.environment if re.search("SECRET|TOKEN|PASSWORD|_URL", name)}
        assert not stage.all("ARG")
    assert all(run.startswith("SECRET_KEY=only-while-") for run in BUILD.all("RUN") if "SECRET_KEY" in run)


def test_every_variable_that_the_image_sets_is_a_known_one():
    not_ours = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", *processes.HEAPS}
    assert RESULT.environment.keys() - not_ours <= known_variables().keys()


def test_the_image_runs_the_web_server_for_every_address():
    assert RESULT.command("CMD") == ["python", "-m", "config.start", "web"]
    assert RESULT.environment["HOST"] == "0.0.0.0"
    assert RESULT.last("EXPOSE") == RESULT.environment["PORT"]


def health(port):
    python, *arguments = RESULT.command("HEALTHCHECK")
    assert python == "python"
    environment = os.environ | {"PORT": str(port)}
    return subprocess.run([sys.executable, *arguments], env=environment, stderr=subprocess.DEVNULL, check=False)


@pytest.mark.django_db(transaction=True)
def test_the_health_check_finds_a_server_that_answers(live_server):
    assert health(urlsplit(live_server.url).port).returncode == 0


def test_the_health_check_misses_a_server_that_is_not_there():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        assert health(held.getsockname()[1]).returncode == 1


def test_the_build_sees_what_runs_and_nothing_else():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    let_in = {rule[1:] for rule in rules if rule.startswith("!")}
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    needed = apps | {"config", "locale", "static", "templates", "manage.py", "requirements.txt"}
    assert needed <= let_in <= needed | {"LICENSE"}


def test_compose_runs_the_five_parts_and_one_migration():
    assert services().keys() == {"web", "worker", "beat", "migrate", "postgres", "redis"}
    assert services()["postgres"]["image"].startswith("postgres:17.")


def test_every_image_that_is_not_ours_is_pinned():
    theirs = [service["image"] for name, service in services().items() if name not in own_services()]
    assert len(theirs) == 2
    assert all(EXACT.search(image) for image in theirs)


def test_compose_takes_only_variables_that_are_explained():
    assert asked_for().keys() <= known_variables().keys()
    for service in own_services().values():
        assert service["environment"].keys() <= known_variables().keys()
        assert service["env_file"] == ".env"


def test_compose_stops_with_a_sentence_where_a_secret_is_missing():
    for name in "SECRET_KEY", "POSTGRES_PASSWORD":
        assert re.match(r":\?set \w+ in \.env", asked_for()[name])


def test_compose_holds_no_secret():
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    values = re.findall(r"^\s*(?:\w*(?:KEY|TOKEN|PASSWORD|DSN)):\s*(.*)$", text, re.MULTILINE)
    passwords = re.findall(r"//\w+:(.+?)@", text)
    assert values
    assert passwords
    assert all(value.startswith("${") for value in values + passwords)


def test_only_the_web_server_is_published_and_to_this_machine_unless_told():
    assert [name for name, service in services().items() if "ports" in service] == ["web"]
    (published,) = services()["web"]["ports"]
    assert published == f"${{HOST:-127.0.0.1}}:${{PORT:-8000}}:{own_services()['web']['environment']['PORT']}"


def test_what_compose_sets_for_the_image_agrees_with_it():
    for service in own_services().values():
        shared = service["environment"].keys() & RESULT.environment.keys()
        assert {name: service["environment"][name] for name in shared} == {
            name: RESULT.environment[name] for name in shared
        }
        assert f"data:{RESULT.last('VOLUME')}" in service["volumes"]


@pytest.mark.parametrize("name", services())
def test_each_part_says_whether_it_is_well_and_starts_again(name):
    service = services()[name]
    if name == "migrate":
        assert service["restart"] == "no"
        return
    assert service["restart"] == "unless-stopped"
    assert name == "web" or service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert service["deploy"]["resources"]["limits"]["memory"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_each_process_waits_for_what_it_needs(name):
    conditions = {other: how["condition"] for other, how in services()[name]["depends_on"].items()}
    assert conditions == {
        "postgres": "service_healthy",
        "redis": "service_healthy",
        "migrate": "service_completed_successfully",
    }


@pytest.mark.parametrize("name", own_services())
def test_each_process_may_do_little(name):
    service = own_services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_each_command_is_one_that_the_project_knows():
    start = [sys.executable, "-m", "config.start"]
    usage = subprocess.run(start, cwd=ROOT, capture_output=True, text=True, check=False)
    known = set(usage.stderr.strip().rpartition(" ")[2].split("|"))
    commands = [service.get("command", RESULT.command("CMD")) for service in own_services().values()]
    assert len(commands) == 4
    for command in commands:
        assert command[:3] == ["python", "-m", "config.start"]
        assert command[3] in known


def test_redis_keeps_tasks_over_a_restart_and_under_pressure():
    command = services()["redis"]["command"]
    assert command[command.index("--appendonly") + 1] == "yes"
    assert command[command.index("--maxmemory-policy") + 1].startswith("volatile-")


def test_what_is_to_last_is_on_volumes():
    mounted = {mount.partition(":")[0] for service in services().values() for mount in service["volumes"]}
    assert mounted == compose()["volumes"].keys() == {"data", "postgres", "redis"}


@pytest.mark.parametrize(("given", "told"), [("", "static"), ("/app/staticfiles", "/app/staticfiles")])
def test_static_files_may_be_elsewhere_than_the_data(tmp_path, given, told):
    program = "from config import settings; print(settings.STATIC_ROOT)"
    environment = os.environ | {"DATA_DIR": str(tmp_path), "STATIC_ROOT": given}
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert run.stdout.decode().strip() == str(tmp_path / told)


def test_a_scheduler_that_starts_leaves_the_web_servers_metrics(tmp_path):
    counted = tmp_path / "metrics" / "counter_1.db"
    counted.parent.mkdir()
    counted.touch()
    environment = os.environ | {"DATA_DIR": str(tmp_path), "WEB_CONCURRENCY": "2"}
    beat = subprocess.Popen([sys.executable, "-m", "config.start", "beat"], cwd=ROOT, env=environment)
    try:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob("beat-schedule*")):
            assert beat.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
    finally:
        beat.terminate()
        beat.wait(30)
    assert counted.is_file()
