"""A session bus of a test's own, with a notification service that writes down what it gets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import need

ROOT = Path(__file__).parents[2]
SYSTEM_PACKAGES = Path("/usr/lib/python3/dist-packages")
"""Where Debian keeps dbus-python."""

_CONFIGURATION = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow own="*"/>
    <allow eavesdrop="true"/>
  </policy>
</busconfig>
"""


@dataclass(frozen=True)
class Bus:
    """A running bus."""

    address: str
    received: Path

    @property
    def notices(self) -> list[tuple[str, str]]:
        """(summary, body) of everything that arrived, in order."""
        text = self.received.read_text(encoding="utf-8") if self.received.exists() else ""
        return [(each["summary"], each["body"]) for each in map(json.loads, text.splitlines())]

    @contextmanager
    def service(self, *words: str) -> Iterator[None]:
        """Let a notification service run on it; `hung` for one that never answers."""
        with _process(
            [sys.executable, "-m", "tests.end_to_end.notification_service", str(self.received), *words],
            {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address},
        ) as line:
            assert line == "READY", line
            yield


@contextmanager
def private_bus() -> Iterator[Bus]:
    """A bus without a notification service; it ends with the context."""
    need("dbus-daemon", "dbus")
    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder) / "bus.conf"
        configuration.write_text(_CONFIGURATION)
        command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--nopidfile", "--print-address=1"]
        with _process(command, dict(os.environ)) as address:
            assert address.startswith("unix:"), address
            yield Bus(address, Path(folder) / "received")


@contextmanager
def _process(command: list[str], environment: dict[str, str]) -> Iterator[str]:
    """A process for the context; what it is given is the first line that it says."""
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGKILL)
