"""Notices over a real bus to a real service, by both of plyer's ways; and what happens when a link is broken."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from learnhabit.clock import FrozenClock
from learnhabit.notify import child
from learnhabit.notify.desktop import DesktopNotifier
from learnhabit.notify.diagnosis import links
from learnhabit.notify.notifier import Notice, NotSentError
from learnhabit.services.delivering import tick
from learnhabit.services.reminding import add_reminder, deliveries
from learnhabit.services.workspace import open_workspace
from tests.end_to_end.bus import SYSTEM_PACKAGES, Bus, private_bus
from tests.support import need

WAYS = ("notify-send", "dbus-python")


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    with private_bus() as running:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", running.address)
        yield running


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the ways to a notification service, so that the child takes just this one."""
    name: str = request.param
    if name == "notify-send":
        need("notify-send", "libnotify-bin")
    else:
        monkeypatch.syspath_prepend(str(SYSTEM_PACKAGES))
        monkeypatch.setenv(
            "PYTHONPATH", os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), str(SYSTEM_PACKAGES))))
        )
        if importlib.util.find_spec("_dbus_bindings") is None:
            # Debian has it for its own Python; for another one it would have to be compiled.
            pytest.skip("python3-dbus is not installed, or is for another Python")
    return name


def refused(notice: Notice, seconds: float = 20) -> NotSentError:
    with pytest.raises(NotSentError) as caught:
        DesktopNotifier(time_limit=seconds).send(notice)
    return caught.value


HOSTILE = {
    "plain": (("Ten minutes of LoRA", "After coffee: one page."), ("Ten minutes of LoRA", "After coffee: one page.")),
    "dash": (("-u critical", "--help"), ("-u critical", "--help")),
    "double dash": (("--", "--"), ("--", "--")),
    "markup": (
        ("<b>a</b>", "<b>a</b> & <img src='x'>"),
        ("<b>a</b>", "&lt;b&gt;a&lt;/b&gt; &amp; &lt;img src='x'&gt;"),
    ),
    "backslashes": ((r"C:\new", r"C:\new\table \\ \x41"), (r"C:\new", r"C:\new\table \\ \x41")),
    "nul": (("a\0b", "c\0d\x1b[31m"), ("ab", "cd[31m")),
    "surrogate": (("a\ud800b", "c\udfff"), ("ab", "c")),
    "empty": (("", ""), ("learnhabit", "Time to study")),
    "blank": ((" \n ", "\t"), ("learnhabit", "Time to study")),
    "lines": (("a\nb", "c\nd"), ("a b", "c\nd")),
    "percent": (("%s %d %n", "100 %"), ("%s %d %n", "100 %")),
    "quotes": (("'\"`$(id)`", "'; touch x; '"), ("'\"`$(id)`", "'; touch x; '")),
    "scripts": (("検索 🎉 مرحبا", "e\u0301 👩‍💻"), ("検索 🎉 مرحبا", "e\u0301 👩‍💻")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_arrives_as_it_was_written(bus: Bus, way: str, name: str) -> None:
    (title, body), expected = HOSTILE[name]
    with bus.service():
        DesktopNotifier().send(Notice(title=title, body=body))
    assert bus.notices == [expected]


def test_long_texts_are_clipped_for_every_system(bus: Bus, way: str) -> None:
    with bus.service():
        DesktopNotifier().send(Notice(title="x" * 5_000, body="😀" * 5_000))
    [(title, body)] = bus.notices
    assert title == "x" * 62 + "…"
    assert body == "😀" * 127 + "…"
    assert len(body.encode("utf-16-le")) // 2 <= 255


def test_without_a_service_it_says_so(bus: Bus, way: str) -> None:
    error = refused(Notice(title="a", body="b"))
    assert error.title == "No notification service is running"
    assert "dunst" in error.hint


def test_a_dead_bus_is_named(bus: Bus, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/tmp/there-is-no-bus-here")
    assert refused(Notice(title="a", body="b")).title == "There is no session bus"


def test_a_hung_service_is_left_in_time(bus: Bus, way: str) -> None:
    with bus.service("hung"):
        began = time.monotonic()
        error = refused(Notice(title="a", body="b"), seconds=1)
        assert error.title == "The notification service did not answer"
        assert time.monotonic() - began < 10
    assert bus.notices == []


@pytest.mark.campaign
def test_a_hung_service_is_left_after_the_real_time_limit(bus: Bus) -> None:
    with bus.service("hung"):
        began = time.monotonic()
        with pytest.raises(NotSentError):
            DesktopNotifier().send(Notice(title="a", body="b"))
        # notify-send and libdbus give up by themselves at about the same time: either way it ends.
        assert time.monotonic() - began < 40


def test_without_any_way_it_names_the_package(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    error = refused(Notice(title="a", body="b"))
    assert error.title == "There is nothing to notify with"
    assert "libnotify-bin" in error.hint


def test_the_bus_of_the_session_is_found_as_cron_does_not_name_it(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("run")
    path = bus.address.split("path=")[1].split(",")[0]
    (folder / "bus").symlink_to(path)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    with bus.service():
        DesktopNotifier().send(Notice(title="from cron", body="b"))
    assert bus.notices == [("from cron", "b")]


def test_what_stands_in_the_folder_is_not_run(
    bus: Bus, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("folder")
    (folder / "json.py").write_text("raise SystemExit('this folder is not trusted')")
    monkeypatch.chdir(folder)
    with bus.service():
        DesktopNotifier().send(Notice(title="a", body="b"))
    assert bus.notices == [("a", "b")]


def test_the_diagnosis_names_the_broken_link(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[str]:
        return [link.says for link in links(os.environ) if not link.ok]

    assert broken() == ["no notification service is running"]
    with bus.service():
        assert broken() == []
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/tmp/there-is-no-bus-here")
    assert broken() == ["the session bus does not answer"]
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    assert broken() == ["there is no session bus"]
    assert all(link.do for link in links(os.environ) if not link.ok)


def test_a_tick_records_what_went_wrong(bus: Bus, way: str, tmp_path: Path) -> None:
    """A hung service, and then one that answers."""

    def ticked(moment: str) -> list[tuple[str, str]]:
        with open_workspace(str(tmp_path), FrozenClock(datetime.fromisoformat(moment))) as workspace:
            tick(workspace, DesktopNotifier(time_limit=1))
            return [(each.state, each.reason) for each in deliveries(workspace)]

    with open_workspace(str(tmp_path), FrozenClock(datetime.fromisoformat("2026-11-23T19:00:00+01:00"))) as workspace:
        add_reminder(workspace, "daily 19:30", text="--help <b>")
    with bus.service("hung"):
        assert ticked("2026-11-23T19:30:00+01:00") == [("pending", "The notification service did not answer")]
    with bus.service():
        assert ticked("2026-11-23T19:31:00+01:00")[0][0] == "sent"
    assert [title for title, _ in bus.notices] == ["--help <b>"]


class Recorded:
    """A facade of plyer for a system that is not here."""

    def __init__(self, deed: Callable[[], object] = lambda: None) -> None:
        self.calls: list[dict[str, object]] = []
        self.deed = deed

    def notify(self, **given: object) -> None:
        self.calls.append(given)
        self.deed()


def elsewhere(patch: pytest.MonkeyPatch, platform: str, name: str, facade: object) -> None:
    """Let plyer have this facade on another system."""
    patch.setattr(sys, "platform", platform)
    module = ModuleType(f"plyer.platforms.{name}.notification")
    module.instance = lambda: facade  # type: ignore[attr-defined]
    patch.setitem(sys.modules, f"plyer.platforms.{name}", ModuleType(f"plyer.platforms.{name}"))
    patch.setitem(sys.modules, f"plyer.platforms.{name}.notification", module)


GIVEN = {"title": "a", "message": "b & c", "app_name": "learnhabit", "timeout": 10}


def test_macos_and_windows_are_asked_through_plyer(monkeypatch: pytest.MonkeyPatch) -> None:
    for platform, name in (("darwin", "macosx"), ("win32", "win")):
        facade = Recorded()
        elsewhere(monkeypatch, platform, name, facade)
        child.show("a", "b & c")
        assert facade.calls == [GIVEN], platform


def test_a_mac_without_a_notification_centre_is_asked_by_osascript(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> object:
        raise AttributeError("NoneType has no attribute deliverNotification_")

    calls: list[list[str]] = []
    elsewhere(monkeypatch, "darwin", "macosx", Recorded(missing))
    monkeypatch.setattr(subprocess, "run", lambda words, **options: calls.append(words))
    child.show("-title", 'body" & (do shell script "x")')
    [words] = calls
    # The text is an argument of the script, never a part of it.
    assert words[0:2] == ["osascript", "-e"]
    assert words[3:] == ['body" & (do shell script "x")', "-title"]


def test_what_goes_wrong_in_a_thread_of_windows_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ValueError("Shell_NotifyIconW failed.")

    def in_thread() -> None:
        threading.Thread(target=fail).start()

    elsewhere(monkeypatch, "win32", "win", Recorded(in_thread))
    with pytest.raises(ValueError, match="Shell_NotifyIconW failed"):
        child.show("a", "b")
