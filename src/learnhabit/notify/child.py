"""`python -m learnhabit.notify.child`: shows one notice, JSON on standard input, by plyer or as near to it as is safe.

It exits with 0 when the notice was taken over. Else it exits with 1 and says why: `no way`, `no bus`, `no service` or
`failed`, and on the next line what the system said.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import warnings
from typing import Any

from plyer.facades import Notification

from learnhabit.notify.fitting import escaped

APP = "learnhabit"
SECONDS = 10
"""As long a notice stays, where one may say so."""


class NoWayError(Exception):
    """Nothing is installed that could show a notice."""


class NotifySend(Notification):  # type: ignore[misc]
    """plyer's facade over notify-send.

    plyer itself puts options behind the text, so that a text may be taken for one, and never looks at the exit code.
    """

    def _notify(self, **given: Any) -> None:
        # notify-send reads backslashes in the body as C does.
        body = escaped(given["message"]).replace("\\", "\\\\")
        subprocess.run(
            ["notify-send", "-a", APP, "--", given["title"], body], check=True, capture_output=True, text=True
        )


class Portal(Notification):  # type: ignore[misc]
    """plyer's facade over the portal for programs in a Flatpak, with the text as a quoted GVariant."""

    def _notify(self, **given: Any) -> None:
        title, body = (_variant(given[name]) for name in ("title", "message"))
        subprocess.run(
            [
                *("gdbus", "call", "--session", "--dest", "org.freedesktop.portal.Desktop"),
                *("--object-path", "/org/freedesktop/portal/desktop"),
                *("--method", "org.freedesktop.portal.Notification.AddNotification"),
                *(APP, f"{{'title': <{title}>, 'body': <{body}>}}"),
            ],
            check=True,
            capture_output=True,
            text=True,
        )


class AppleScript(Notification):  # type: ignore[misc]
    """plyer's facade over osascript, for a Mac whose notification centre gives plyer nothing to hold on to."""

    def _notify(self, **given: Any) -> None:
        script = "on run {body, heading}\ndisplay notification body with title heading\nend run"
        subprocess.run(
            ["osascript", "-e", script, given["message"], given["title"]], check=True, capture_output=True, text=True
        )


def _variant(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def linux_way() -> tuple[Any, bool]:
    """(plyer's facade, whether its bodies are markup that is still to be escaped)."""
    if os.path.exists("/.flatpak-info"):
        return Portal(), False
    try:
        import dbus  # noqa: F401
    except ImportError:
        if shutil.which("notify-send"):
            return NotifySend(), False
        raise NoWayError from None
    from plyer.platforms.linux.notification import NotifyDbus

    return NotifyDbus(), True


def show(title: str, body: str) -> None:
    """Show a notice by the system's way; raises whatever went wrong, in threads too."""
    options = {"app_name": APP, "timeout": SECONDS}
    if sys.platform.startswith("linux"):
        facade, markup = linux_way()
        _heard(lambda: facade.notify(title=title, message=escaped(body) if markup else body, **options))
    elif sys.platform == "darwin":
        try:
            from plyer.platforms.macosx.notification import instance

            facade = instance()
            _heard(lambda: facade.notify(title=title, message=body, **options))
        except (ImportError, AttributeError):
            _heard(lambda: AppleScript().notify(title=title, message=body, **options))
    else:
        from plyer.platforms.win.notification import instance

        facade = instance()
        # The balloon ends with the process: its thread is waited for.
        _heard(lambda: facade.notify(title=title, message=body, **options))


def _heard(deed: Any) -> None:
    """Do something and raise what it raises, also in threads that it starts."""
    raised: list[BaseException] = []
    before, others = threading.excepthook, set(threading.enumerate())
    threading.excepthook = lambda given: raised.append(given.exc_value) if given.exc_value is not None else None
    try:
        deed()
        for thread in set(threading.enumerate()) - others:
            thread.join()
    finally:
        threading.excepthook = before
    if raised:
        raise raised[0]


def reason_of(error: BaseException) -> str:
    """`no way`, `no bus`, `no service` or `failed`, and what the system said on the next line."""
    if isinstance(error, NoWayError):
        return "no way"
    said = str(getattr(error, "stderr", "") or error)
    name = str(getattr(error, "get_dbus_name", lambda: "")())
    text = f"{name} {said}".lower()
    # In the words of libnotify, GLib and libdbus.
    if any(each in text for each in ("serviceunknown", "not provided by any .service", "was not provided", "spawn.")):
        return f"no service\n{said}"
    if any(
        each in text
        for each in ("could not connect", "noserver", "failed to connect", "connection refused", "filenotfound",
                     "cannot autolaunch", "unable to autolaunch", "notsupported", "no such file", "badaddress",
                     "address does not contain", "disconnected")
    ):  # fmt: skip
        return f"no bus\n{said}"
    return f"failed\n{said}"


def main() -> int:
    """Show what stands on standard input; the exit code."""
    warnings.simplefilter("ignore")
    try:
        message = json.load(sys.stdin)
        show(message["title"], message["body"])
    except BaseException as error:
        print(reason_of(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
