"""Which link between a notice and the person's eyes is broken, without sending anything."""

from __future__ import annotations

import importlib.util
import shutil
import sys

from learnhabit.domain.record import Record
from learnhabit.notify.calling import call
from learnhabit.notify.desktop import bus_address

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

SERVICE = "org.freedesktop.Notifications"


class Link(Record):
    """One link of the chain."""

    name: str
    """`way`, `bus`, `service`, and those that the reminders add."""
    ok: bool
    says: str
    """What is, in words."""
    do: str
    """What to do; empty when it is in order."""


def links(environment: Mapping[str, str]) -> tuple[Link, ...]:
    """The links of the desktop, from the program that sends to the service that shows."""
    if not sys.platform.startswith("linux"):
        return (Link(name="way", ok=True, says="the system's own notifications", do=""),)
    return (_way(), *_bus(bus_address(dict(environment))))


def _way() -> Link:
    if importlib.util.find_spec("dbus") is not None:
        return Link(name="way", ok=True, says="Python's dbus", do="")
    if shutil.which("notify-send"):
        return Link(name="way", ok=True, says="notify-send", do="")
    return Link(
        name="way",
        ok=False,
        says="there is nothing to notify with",
        do="install notify-send: libnotify-bin on Debian and Ubuntu, libnotify on Fedora and Arch",
    )


def _bus(address: str) -> tuple[Link, ...]:
    if not address:
        return (
            Link(name="bus", ok=False, says="there is no session bus", do="log in to a desktop; in SSH there is none"),
        )
    owned = _ask(address, "NameHasOwner")
    if owned is None:
        return (Link(name="bus", ok=True, says=address, do=""),)
    if "error" in owned:
        return (
            Link(name="bus", ok=False, says="the session bus does not answer", do="log out of the desktop, and in"),
        )
    bus = Link(name="bus", ok=True, says="the session bus answers", do="")
    if "true" in owned:
        return bus, Link(name="service", ok=True, says="a notification service is running", do="")
    if SERVICE in (_ask(address, "ListActivatableNames") or ""):
        return bus, Link(name="service", ok=True, says="a notification service starts when it is needed", do="")
    return bus, Link(
        name="service",
        ok=False,
        says="no notification service is running",
        do="start one, such as your desktop's own, dunst or mako",
    )


def _ask(address: str, method: str) -> str | None:
    """What the bus answers; `error` when it does not, None where no program is there to ask it."""
    given = [f"string:{SERVICE}"] if method == "NameHasOwner" else []
    if shutil.which("dbus-send"):
        said = call(
            [
                *("dbus-send", f"--bus={address}", "--print-reply=literal", "--reply-timeout=5000"),
                *("--dest=org.freedesktop.DBus", "/org/freedesktop/DBus", f"org.freedesktop.DBus.{method}", *given),
            ]
        )
    elif shutil.which("busctl"):
        said = call(
            [
                *("busctl", f"--address={address}", "--timeout=5", "call", "org.freedesktop.DBus"),
                *("/org/freedesktop/DBus", "org.freedesktop.DBus", method, *(["s", SERVICE] if given else [])),
            ]
        )
    else:
        return None
    return "error" if said.code else said.out
