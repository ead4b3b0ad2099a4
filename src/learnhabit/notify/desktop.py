"""Notices on the desktop, through plyer in a child process.

A child, because plyer may hang for a minute, raise in threads, write to the terminal, or say nothing when it failed.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

from learnhabit.notify.fitting import fitted
from learnhabit.notify.notifier import Notice, NotSentError

TIME_LIMIT = 25.0
"""Seconds within which a notification service has to answer; less than a claim on a delivery lasts."""
CHILD = "learnhabit.notify.child"

_WAYS = "install notify-send: libnotify-bin on Debian and Ubuntu, libnotify on Fedora and Arch"
_BUS = "reminders come once you are logged in to a desktop; learnhabit remind status says more"
_SERVICE = "install and start one, such as your desktop's own, dunst or mako"
_KNOWN = {
    "no way": ("There is nothing to notify with", _WAYS),
    "no bus": ("There is no session bus", _BUS),
    "no service": ("No notification service is running", _SERVICE),
}


class DesktopNotifier:
    """Sends notices to the desktop that the person is logged in to."""

    def __init__(self, *, time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit

    def send(self, notice: Notice) -> None:
        """Show it; NotSentError with the reason when it was not taken over within the time limit."""
        shown = fitted(notice)
        code, said = self._run(json.dumps({"title": shown.title, "body": shown.body}))
        if code == 0:
            return
        kind, _, detail = said.strip().partition("\n")
        title, hint = _KNOWN.get(kind, ("The notification could not be sent", detail.strip() or kind or "no reason"))
        raise NotSentError(title, hint)

    def _run(self, message: str) -> tuple[int, str]:
        # A group of its own, so that what the child has started ends with it.
        with subprocess.Popen(
            [sys.executable, "-P", "-m", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(dict(os.environ)),
            text=True,
            encoding="utf-8",
            start_new_session=sys.platform != "win32",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as child:
            try:
                said, _ = child.communicate(message, timeout=self._time_limit)
            except subprocess.TimeoutExpired:
                _end(child)
                raise NotSentError(
                    "The notification service did not answer", f"it was given {self._time_limit:g} s"
                ) from None
            return child.returncode, said


def environment(inherited: dict[str, str]) -> dict[str, str]:
    """The environment for the child, with the session bus where only its socket is known: cron gives neither."""
    if sys.platform.startswith("linux") and not inherited.get("DBUS_SESSION_BUS_ADDRESS"):
        address = bus_address(inherited)
        if address:
            return {**inherited, "DBUS_SESSION_BUS_ADDRESS": address}
    return inherited


def bus_address(inherited: dict[str, str]) -> str:
    """Where the session bus listens: as the environment says, else at its usual socket; empty where there is none."""
    address = inherited.get("DBUS_SESSION_BUS_ADDRESS", "")
    if address:
        return address
    folder = inherited.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    path = os.path.join(folder, "bus")
    return f"unix:path={path}" if os.path.exists(path) else ""


def _end(child: subprocess.Popen[str]) -> None:
    if sys.platform == "win32":
        child.kill()
    else:
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
