"""Leaving: on a key, on a signal, when the terminal's window is shut, and after a mistake of the program."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

    Base = App[int]
else:
    Base = object

PATIENCE = 2.0
"""Seconds that a signal gives the app to leave by itself."""
RESTORE = "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[0m"


class Leaving(Base):
    """The end of the app."""

    def heed_signals(self) -> None:
        """Leave cleanly on SIGTERM and SIGHUP, from before the terminal is taken over."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            try:
                loop.add_signal_handler(getattr(signal, name), self._leave)
            except (AttributeError, NotImplementedError, RuntimeError, ValueError):
                return  # Not on this system, or not in the main thread.

    def _leave(self) -> None:
        # A terminal that is gone takes no more output, and Textual may wait for it for ever. Nothing can be lost by
        # ending at once: whatever was acknowledged is in the file.
        watchdog = threading.Timer(PATIENCE, os._exit, [0])
        watchdog.daemon = True
        watchdog.start()
        # A shut window sends SIGCONT too, on which Textual would take the terminal over again.
        signal.signal(signal.SIGCONT, signal.SIG_IGN)
        self.exit(0)

    def _handle_exception(self, error: Exception) -> None:
        # While the screens are being closed, what still arrives for them finds their widgets gone.
        if not self._exit:
            super()._handle_exception(error)


def restore_terminal() -> None:
    """Give the terminal back after the app ended by a mistake, whatever state it was in."""
    if sys.__stdout__ is not None and sys.__stdout__.isatty():
        sys.__stdout__.write(RESTORE)
        sys.__stdout__.flush()
