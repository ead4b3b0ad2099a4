"""The agent: what is written for each scheduler, that nothing else is touched, and a real cron."""

from __future__ import annotations

import os
import plistlib
import shlex
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from learnhabit.errors import LearnhabitError
from learnhabit.notify import calling
from learnhabit.notify.calling import Said
from learnhabit.notify.schedulers import launchd, systemd, windows
from learnhabit.notify.schedulers.autostart import Autostart
from learnhabit.notify.schedulers.cron import BEGIN, Cron
from learnhabit.notify.schedulers.launchd import Launchd
from learnhabit.notify.schedulers.systemd import Systemd, service_text
from learnhabit.notify.schedulers.windows import TaskScheduler, task_text
from tests.end_to_end.bus import private_bus
from tests.end_to_end.program import Program
from tests.support import ALONE, need

COMMAND = (
    sys.executable,
    "-P",
    "-m",
    "learnhabit",
    "--data-dir",
    "/tmp/my data/50% $off \"q\" 'a' \\b",
    "remind",
    "tick",
)


# systemd


def verified(folder: Path) -> subprocess.CompletedProcess[str]:
    need("systemd-analyze", "systemd")
    return subprocess.run(
        ["systemd-analyze", "--user", "verify", *(str(path) for path in sorted(folder.iterdir()))],
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def write_units(folder: Path) -> None:
    for planned in Systemd().files(COMMAND):
        (folder / Path(planned.path).name).write_text(planned.text)


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    write_units(tmp_path)
    done = verified(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("OnCalendar=*:*:00", "OnCalendar=each minute"),
        ("ExecStart=", "ExecStart=/no/such/program "),
        ("[Timer]", "[Timetable]"),
        ("AccuracySec=5s", "AccuracySeconds=5s"),
    ],
)
def test_wrong_units_are_noticed(tmp_path: Path, old: str, new: str) -> None:
    write_units(tmp_path)
    for path in tmp_path.iterdir():
        path.write_text(path.read_text().replace(old, new))
    done = verified(tmp_path)
    assert done.returncode or done.stderr


def test_the_service_runs_the_very_command(tmp_path: Path) -> None:
    line = next(line for line in service_text(COMMAND).splitlines() if line.startswith("ExecStart="))
    # By systemd's rules: quoted words, C escapes, %% for a percent sign, $$ for a dollar.
    words = shlex.split(line.removeprefix("ExecStart="))
    assert [word.replace("%%", "%").replace("$$", "$") for word in words] == list(COMMAND)


def test_systemd_that_does_not_answer_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert not Systemd().is_available()
    with pytest.raises(LearnhabitError, match="systemd did not read the timer"):
        Systemd().install(COMMAND)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


# What the systems that are not here are told: their programs' calls are recorded.


class Recorded:
    """Calls that were made, each answered with success unless its words say otherwise."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []
        self.refuse: Callable[[Sequence[str]], bool] = lambda words: False

    def call(self, arguments: Sequence[str], text: str | None = None) -> Said:
        self.calls.append(tuple(arguments))
        return Said(code=int(self.refuse(arguments)), out="", err="refused")


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    calls = Recorded()
    for module in (calling, systemd, launchd, windows):
        monkeypatch.setattr(module, "call", calls.call)
    return calls


def test_launchd(recorded: Recorded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    path = tmp_path / "Library/LaunchAgents/org.learnhabit.remind.plist"
    agent = Launchd()
    assert not agent.state().installed
    for _ in range(2):
        agent.install(COMMAND)
    assert plistlib.loads(path.read_bytes()) == {
        "Label": "org.learnhabit.remind",
        "ProgramArguments": list(COMMAND),
        "StartInterval": 60,
        "RunAtLoad": True,
        "ProcessType": "Background",
    }
    domain = f"gui/{os.getuid()}"
    assert recorded.calls[:2] == [
        ("launchctl", "bootout", f"{domain}/org.learnhabit.remind"),
        ("launchctl", "bootstrap", domain, str(path)),
    ]
    assert agent.state().running
    assert agent.uninstall() and not path.exists() and not agent.uninstall()
    recorded.refuse = lambda words: words[1] == "bootstrap"
    with pytest.raises(LearnhabitError, match="launchd did not take the agent"):
        agent.install(COMMAND)
    assert not path.exists()


def test_windows(recorded: Recorded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    task = TaskScheduler()
    task.install(COMMAND)
    path = tmp_path / "learnhabit-remind.xml"
    assert recorded.calls == [("schtasks", "/Create", "/TN", "learnhabit-remind", "/XML", str(path), "/F")]
    assert not path.exists(), "the file is for that moment only"
    assert task.uninstall()
    assert recorded.calls[-1] == ("schtasks", "/Delete", "/TN", "learnhabit-remind", "/F")
    recorded.refuse = lambda words: True
    assert not task.state().installed
    with pytest.raises(LearnhabitError, match="Task Scheduler did not take"):
        task.install(COMMAND)


def test_the_task_of_windows_is_well_formed() -> None:
    text = task_text(COMMAND)
    root = ET.fromstring(text.encode("utf-16"))
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert root.findtext(".//t:Exec/t:Command", namespaces=space) == sys.executable
    assert root.findtext(".//t:Exec/t:Arguments", namespaces=space) == subprocess.list2cmdline(COMMAND[1:])
    for name, value in {
        "Interval": "PT1M",
        "LogonType": "InteractiveToken",
        "StartWhenAvailable": "true",
        "DisallowStartIfOnBatteries": "false",
        "StopIfGoingOnBatteries": "false",
        "MultipleInstancesPolicy": "IgnoreNew",
    }.items():
        assert root.findtext(f".//t:{name}", namespaces=space) == value, name


def test_a_desktop_that_starts_the_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    entry = Autostart()
    for _ in range(2):
        entry.install(COMMAND)
    [path] = [path for path in tmp_path.rglob("*") if path.is_file()]
    text = path.read_text()
    line = next(line for line in text.splitlines() if line.startswith("Exec="))
    # First the value of a string, then a quoted argument, in which a dollar is escaped as well.
    words = shlex.split(line.removeprefix("Exec=").replace("\\\\", "\\").replace("\\$", "$"))
    assert [word.replace("%%", "%") for word in words] == [*COMMAND[:-1], "run"]
    assert entry.state().installed and entry.uninstall() and not entry.uninstall()
    assert not path.exists()


# By the command line


def test_a_dry_run_shows_all_and_writes_nothing(program: Program) -> None:
    before = program.file()
    answer = program.ok("remind", "install", "--with", "systemd", "--dry-run").out
    for planned in Systemd().files(("x",)):
        assert Path(planned.path).name in answer
    assert "OnCalendar=*:*:00" in answer and "Nothing was written" in answer
    machine = program.json("remind", "install", "--with", "systemd", "--dry-run")
    assert machine["written"] is False
    assert [Path(each["path"]).name for each in machine["files"]] == [
        "learnhabit-remind.service",
        "learnhabit-remind.timer",
    ]
    assert program.file() == before
    assert [path.name for path in program.home.parent.iterdir()] == ["home"]


def test_it_is_shown_before_it_is_written(program: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of the folder")
    answer = program.spawn(
        "remind", "install", "--with", "autostart", environment={"XDG_CONFIG_HOME": str(tmp_path / "file")}
    )
    assert answer.code == 1
    assert "Exec=" in answer.out and "learnhabit-remind.desktop" in answer.out
    assert "could not be written" in answer.err and "Traceback" not in answer.err


def test_the_status_knows_when_the_agent_last_looked(program: Program) -> None:
    def agent(moment: str) -> tuple[bool, str]:
        status = program.at(moment).json("remind", "status")
        assert status["last_tick"] in (None, "2026-11-23T19:30:00+01:00")
        link = status["links"][0]
        return link["ok"], link["says"]

    program.ok("remind", "install", "--with", "autostart")
    assert agent("2026-11-23T19:30:00+01:00") == (
        False,
        "autostart is set up, but has not looked for reminders yet",
    )
    program.at("2026-11-23T19:30:00+01:00").ok("remind", "tick")
    assert agent("2026-11-23T19:31:00+01:00") == (True, "autostart looks each minute")
    assert agent("2026-11-23T19:42:00+01:00") == (
        False,
        "autostart is set up, but has not looked for reminders for 12 min",
    )
    program.ok("remind", "uninstall")


def test_what_this_machine_lacks_is_refused(program: Program) -> None:
    title, hint = program.refused(1, "remind", "install", "--with", "launchd")
    assert title == "This machine has no launchd that answers" and "--with" in hint


def test_it_is_installed_twice_and_gone_again(program: Program) -> None:
    for _ in range(2):
        program.ok("remind", "install", "--with", "autostart")
    entry = program.home.parent / ".config/autostart/learnhabit-remind.desktop"
    assert str(program.home) in entry.read_text()
    assert program.json("remind", "status")["agent"] == "autostart"
    assert program.json("remind", "uninstall") == {"removed": ["autostart"]}
    assert not entry.exists()
    assert program.json("remind", "uninstall") == {"removed": []}


# A real crontab: one user's, so one test has it at a time.


@pytest.fixture
def crontab(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """This user's crontab, as it was before when the test is over."""
    monkeypatch.setenv("PATH", os.environ["PATH"].removeprefix(f"{ALONE}{os.pathsep}"))
    need("crontab", "cron")

    def read() -> str:
        return subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False).stdout

    before = read()
    yield read
    if before:
        subprocess.run(["crontab", "-"], input=before, text=True, check=True)
    else:
        subprocess.run(["crontab", "-r"], capture_output=True, check=False)


def test_the_block_in_the_crontab(crontab: Callable[[], str]) -> None:
    own = "# mine\n0 5 * * 1 tar -zcf /var/backups/home.tgz /home/\nMAILTO=x"
    subprocess.run(["crontab", "-"], input=f"{own}\n", text=True, check=True)
    cron = Cron()
    assert not cron.state().installed
    for _ in range(2):
        cron.install(COMMAND)
    text = crontab()
    assert text.startswith(f"{own}\n{BEGIN}\n* * * * * ")
    assert text.count(BEGIN) == 1
    # What cron hands to the shell is the very command.
    line = text.splitlines()[-2].removeprefix("* * * * * ").replace(r"\%", "%").removesuffix(" >/dev/null 2>&1")
    assert shlex.split(line) == list(COMMAND)
    assert cron.state().installed
    assert cron.uninstall() and not cron.uninstall()
    assert crontab() == f"{own}\n"
    subprocess.run(["crontab", "-r"], check=True)
    cron.install(COMMAND)
    assert cron.uninstall()
    assert crontab() == ""
    with pytest.raises(LearnhabitError, match="cron can't run this command"):
        cron.install((*COMMAND, "a\nb"))


@pytest.mark.campaign
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may start a cron")
def test_a_real_cron_fires_a_real_tick(crontab: Callable[[], str], program: Program) -> None:
    subprocess.run(["crontab", "-r"], capture_output=True, check=False)
    # A zone in which it is noon: a study day that ends meanwhile would let the reminder expire.
    zone = f"XXX{datetime.now(UTC).hour - 12:+d}"
    due = datetime.now(UTC).replace(hour=12) + timedelta(minutes=1)
    now = program.at("", zone)
    now.ok("settings", "quiet_hours", "off")
    now.ok("remind", "add", f"daily {due:%H:%M}", "--if", "always", "--text", "From cron")
    with private_bus() as bus, bus.service():
        cron = subprocess.Popen(["cron", "-f"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            # cron's environment is nearly empty: the bus is where a session puts it.
            runtime = program.home.parent / "run"
            runtime.mkdir()
            (runtime / "bus").symlink_to(bus.address.split("path=")[1].split(",")[0])
            Cron().install(("env", f"XDG_RUNTIME_DIR={runtime}", f"TZ={zone}", sys.executable, "-P", "-m", "learnhabit",
                            "--data-dir", str(program.home), "remind", "tick"))  # fmt: skip
            deadline = time.monotonic() + 200
            while not bus.notices and time.monotonic() < deadline:
                time.sleep(0.5)
            assert [title for title, _ in bus.notices] == ["From cron"]
            status = now.spawn("remind", "status", "--json", environment={"DBUS_SESSION_BUS_ADDRESS": bus.address}).json
            assert (status["agent"], status["running"], status["arrives"]) == ("cron", True, True)
        finally:
            cron.kill()
            cron.wait()
            Cron().uninstall()
    assert [each["state"] for each in now.json("remind", "log")] == ["sent"]
