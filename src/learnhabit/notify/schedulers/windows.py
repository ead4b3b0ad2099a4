"""A task of the Windows Task Scheduler. Written by its documentation and tested against recorded calls; not run on
Windows."""

from __future__ import annotations

import os
import subprocess
import tempfile
from xml.sax.saxutils import escape

from learnhabit.notify.calling import call, required
from learnhabit.notify.schedulers.scheduler import Planned, State, remove, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

TASK = "learnhabit-remind"


class TaskScheduler:
    """Each minute while the person is logged in, on battery too."""

    name = "windows"
    about = "the Windows Task Scheduler, every minute, also while the app is closed"
    systems: tuple[str, ...] = ("win32",)

    def is_available(self) -> bool:
        """It always is there."""
        return True

    def files(self, command: Sequence[str]) -> tuple[Planned, ...]:
        """The task as XML: only there the battery settings can be turned off."""
        return (Planned(path=_path(), text=task_text(command)),)

    def install(self, command: Sequence[str]) -> None:
        """Hand the task over, in the place of an older one; the file is needed for that moment only."""
        for planned in self.files(command):
            write(planned.path, planned.text.encode("utf-16"))
            try:
                required(
                    ["schtasks", "/Create", "/TN", TASK, "/XML", planned.path, "/F"],
                    "The Task Scheduler did not take the task",
                )
            finally:
                remove(planned.path)

    def installed(self) -> str:
        """What is installed, as it stands there; empty when nothing is."""
        said = call(["schtasks", "/Query", "/TN", TASK, "/XML"])
        return "" if said.code else said.out

    def uninstall(self) -> bool:
        """Delete the task."""
        return call(["schtasks", "/Delete", "/TN", TASK, "/F"]).code == 0

    def state(self) -> State:
        """Whether the task is there and enabled."""
        said = call(["schtasks", "/Query", "/TN", TASK, "/XML"])
        if said.code:
            return State(installed=False, running=False, detail="")
        enabled = "<Enabled>false</Enabled>" not in said.out
        return State(installed=True, running=enabled, detail="" if enabled else "the task is disabled")


def task_text(command: Sequence[str]) -> str:
    """The task; its program is Python without a console window."""
    program, *arguments = command
    quiet = os.path.join(os.path.dirname(program), "pythonw.exe")
    program = quiet if os.path.exists(quiet) else program
    return f"""\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>learnhabit sends the reminders that are due</Description></RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <Repetition><Interval>PT1M</Interval></Repetition>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author"><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT2M</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(subprocess.list2cmdline(arguments))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


def _path() -> str:
    return os.path.join(tempfile.gettempdir(), f"{TASK}.xml")
