"""A notification service on the bus of the environment: writes what it is told to a file, or hangs.

`python -m tests.end_to_end.notification_service FILE [hung]`. It prints READY when it can be called.
"""

# Types of D-Bus stand where Python's types do, and names are the specification's.
# mypy: ignore-errors
# ruff: noqa: F722, F821, N802, UP037

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, method

NAME = "org.freedesktop.Notifications"


class Notifications(ServiceInterface):
    """The interface of the specification, as far as senders use it."""

    def __init__(self, path: str, *, hung: bool) -> None:
        super().__init__(NAME)
        self._path = path
        self._hung = hung
        self._number = 0

    @method()
    async def Notify(
        self,
        app_name: "s",
        replaces_id: "u",
        app_icon: "s",
        summary: "s",
        body: "s",
        actions: "as",
        hints: "a{sv}",
        expire_timeout: "i",
    ) -> "u":
        if self._hung:
            await asyncio.sleep(3600)
        self._number += 1
        with open(self._path, "a", encoding="utf-8") as file:
            file.write(json.dumps({"app": app_name, "summary": summary, "body": body}) + "\n")
        return self._number

    @method()
    def GetCapabilities(self) -> "as":
        return ["body", "body-markup"]

    @method()
    def GetServerInformation(self) -> "ssss":
        return ["test", "learnhabit", "1", "1.2"]


async def main(arguments: list[str]) -> None:
    """Serve until the process is ended."""
    bus: Any = await MessageBus().connect()
    bus.export("/org/freedesktop/Notifications", Notifications(arguments[0], hung="hung" in arguments))
    await bus.request_name(NAME)
    print("READY", flush=True)
    await bus.wait_for_disconnect()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
