"""The processes under `make run`: watched, logged within bounds, ended."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config import processes
from config.children import Child, end, output_log
from config.schedule import SCHEDULE

pytestmark = [pytest.mark.embedded, pytest.mark.xdist_group("waiting")]


@pytest.fixture
def log(tmp_path):
    log = output_log(tmp_path / "log")
    yield log
    for handler in log.handlers:
        handler.close()


def child(log, code, name="thing"):
    return Child(name, [sys.executable, "-u", "-c", code], os.environ, log)


def eventually(check):
    deadline = time.monotonic() + 10
    while not check() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert check()


def test_what_a_child_says_is_in_the_log_and_its_last_lines_at_hand(log, tmp_path):
    talking = child(log, "import sys\nfor n in range(30): print('line', n)\nprint('oh', file=sys.stderr)")
    eventually(lambda: talking.has_ended() and "oh" in talking.last_lines)
    assert len(talking.last_lines) == 15
    text = (tmp_path / "log" / "marquee.log").read_text()
    assert "line 0\n" in text
    assert "oh\n" in text


def test_bytes_that_are_no_text_do_not_stop_the_log(log):
    rough = child(log, r"import sys; sys.stdout.buffer.write(b'\xff\xfe rough\n')")
    eventually(lambda: rough.has_ended() and any("rough" in line for line in rough.last_lines))


def test_the_log_does_not_grow_for_ever(log, tmp_path):
    log.handlers[0].maxBytes = 1_000
    for number in range(200):
        log.info("a line of some length, number %s", number)
    files = sorted(path.name for path in (tmp_path / "log").iterdir())
    assert files == ["marquee.log", "marquee.log.1", "marquee.log.2"]


def test_children_are_ended_and_the_deaf_are_killed(log, monkeypatch):
    monkeypatch.setattr("config.children.ENDS_WITHIN", 0.5)
    polite = child(log, "import time; time.sleep(60)")
    deaf = child(log, "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('up')\ntime.sleep(60)")
    eventually(lambda: "up" in deaf.last_lines)
    end([polite, deaf])
    assert polite.has_ended()
    assert deaf.process.returncode < 0


@pytest.mark.parametrize(
    ("last_act", "how"),
    [
        ("sys.exit(3)", "with the code 3"),
        ("sys.exit()", "with the code 0"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "by SIGKILL"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "by SIGSEGV"),
    ],
)
def test_how_a_child_ended_is_told_with_its_last_words(log, last_act, how):
    ended = child(log, f"import os, signal, sys\nprint('so long', flush=True)\n{last_act}")
    eventually(lambda: ended.has_ended() and ended.last_lines)
    assert ended.ending() == f"{how} | so long"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's work, on Linux")
def test_what_fills_the_catalogue_ends_with_the_one_who_started_it(tmp_path):
    code = (
        "import subprocess, sys\nfrom config.children import end_with_parent\n"
        "subprocess.run([sys.executable, '-c', 'import os, time; print(os.getpid(), flush=True); time.sleep(60)'],"
        " preexec_fn=end_with_parent)"
    )
    launcher = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=processes.MANAGE.parent
    )
    pid = launcher.stdout.readline().strip()
    launcher.kill()
    launcher.wait()
    launcher.stdout.close()
    eventually(lambda: not Path(f"/proc/{pid}").exists())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_web_server_that_is_ended_while_it_starts_leaves_nobody_behind(log, settings):
    settings.PORT = 0
    server = Child("web server", processes.web(), os.environ, log)
    workers = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    eventually(lambda: workers.read_text().split())
    left = workers.read_text().split()
    end([server])
    assert not [pid for pid in left if Path(f"/proc/{pid}").exists()]


def test_a_child_that_cannot_start_is_an_error_at_once(log):
    with pytest.raises(FileNotFoundError):
        Child("nothing", ["/no/such/program"], os.environ, log)


def test_several_web_processes_share_their_metrics_and_begin_at_nothing(settings, tmp_path):
    settings.DATA_DIR, settings.WEB_CONCURRENCY = tmp_path, 3
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "counter_1.db").write_bytes(b"old")
    folder = processes.web_environment()["PROMETHEUS_MULTIPROC_DIR"]
    assert list(Path(folder).iterdir()) == []
    settings.WEB_CONCURRENCY = 1
    assert "PROMETHEUS_MULTIPROC_DIR" not in processes.web_environment()


def test_the_commands_say_what_the_settings_say(settings):
    settings.HOST, settings.PORT, settings.WEB_CONCURRENCY, settings.WEB_THREADS = "127.0.0.9", 8123, 3, 5
    command = " ".join(processes.web())
    for told in "--host 127.0.0.9", "--port 8123", "--workers 3", "--blocking-threads 5", "--interface wsgi":
        assert told in command
    assert "--beat" in processes.worker(with_beat=True)
    assert "--beat" not in processes.worker(with_beat=False)
    assert processes.beat()[-3:-1] == ["beat", "--loglevel"]


HEAPS = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}


@pytest.mark.parametrize("name", HEAPS)
def test_a_web_server_keeps_few_heaps_and_gives_back_what_they_grew_unless_told_otherwise(monkeypatch, name):
    monkeypatch.delenv(name, raising=False)
    assert processes.web_environment()[name] == HEAPS[name]
    monkeypatch.setenv(name, "4")
    assert processes.web_environment()[name] == "4"


def test_rounds_of_all_kinds_at_once_leave_a_thread_for_the_film_that_somebody_asks_for():
    command = processes.worker(with_beat=False)
    assert int(command[command.index("--concurrency") + 1]) > len(SCHEDULE)
