"""Snapshots without what differs between machines and moments."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from learnhabit.tui.app import LearnhabitApp

_FONT_FACE = re.compile(r"\s*@font-face\s*\{.*?\}", re.DOTALL)


@pytest.fixture(scope="session")
def _snapshot_variables() -> dict[str, str]:
    """What the snapshot plugin tells itself by the environment, before a test's environment is cleaned."""
    return {name: value for name, value in os.environ.items() if name.startswith("TEXTUAL_SNAPSHOT")}


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch, _snapshot_variables: dict[str, str], _isolated: None) -> None:
    """No cursor blinks, and no picture names the addresses of fonts."""
    for name, value in _snapshot_variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda self: None)
    export = LearnhabitApp.export_screenshot

    def without_fonts(self: LearnhabitApp, **options: Any) -> str:
        return _FONT_FACE.sub("", export(self, **options))

    monkeypatch.setattr(LearnhabitApp, "export_screenshot", without_fonts)
