"""Snapshots without what differs between machines and moments."""

from __future__ import annotations

import re
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from learnhabit.tui.app import LearnhabitApp

_FONT_FACE = re.compile(r"\s*@font-face\s*\{.*?\}", re.DOTALL)


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No cursor blinks, and no picture names the addresses of fonts."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda self: None)
    export = LearnhabitApp.export_screenshot

    def without_fonts(self: LearnhabitApp, **options: Any) -> str:
        return _FONT_FACE.sub("", export(self, **options))

    monkeypatch.setattr(LearnhabitApp, "export_screenshot", without_fonts)
