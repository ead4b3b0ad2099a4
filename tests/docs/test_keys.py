"""The reference of keys against the bindings of the app: nothing missing, nothing invented."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from textual.binding import Binding

import learnhabit.tui
from learnhabit.config import read_config
from learnhabit.tui.keymap import fitting
from tests.docs.pages import DOCS, ROOT, name_of, spans, tables

PAGE = DOCS / "reference" / "keys.md"
WRITTEN = {
    "escape": "esc",
    "question_mark": "?",
    "slash": "/",
    "comma": ",",
    "asterisk": "*",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}
"""Keys that the page writes otherwise than Textual names them."""

BEGINNERS = [*(DOCS / "tutorial").glob("*.md"), *(DOCS / "how-to").glob("*.md"), ROOT / "README.md"]


def bindings() -> dict[str, set[str]]:
    """The keys that each class of the app binds itself."""
    found: dict[str, set[str]] = {}
    for module in pkgutil.walk_packages(learnhabit.tui.__path__, "learnhabit.tui."):
        loaded = importlib.import_module(module.name)
        for name, each in vars(loaded).items():
            if inspect.isclass(each) and each.__module__ == loaded.__name__ and vars(each).get("BINDINGS"):
                keys = Binding.make_bindings(vars(each)["BINDINGS"])
                found[name] = {WRITTEN.get(binding.key, binding.key) for binding in keys}
    return found


BINDINGS = bindings()


def documented() -> list[tuple[list[str], list[str]]]:
    """(classes, keys) of each table on the page."""
    found = []
    parts = re.split(r"(?m)^<!-- bindings: (.+) -->$", PAGE.read_text(encoding="utf-8"))[1:]
    for classes, text in zip(parts[::2], parts[1::2], strict=True):
        table = tables(text)[0]
        found.append((classes.split(), [key for row in table for key in spans(row["key"])]))
    return found


def test_every_class_with_keys_is_documented_once() -> None:
    classes = [name for names, _ in documented() for name in names]
    assert sorted(classes) == sorted(BINDINGS)


@pytest.mark.parametrize(("classes", "keys"), documented(), ids=lambda value: " ".join(value[:3]))
def test_the_keys_are_those_of_the_program(classes: list[str], keys: list[str]) -> None:
    assert len(keys) == len(set(keys))
    assert set(keys) == set().union(*(BINDINGS[name] for name in classes))


@pytest.mark.parametrize("page", BEGINNERS, ids=name_of)
def test_keys_that_are_mentioned_work_everywhere_or_on_a_main_screen(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    mentioned = re.findall(r"[Pp]ress(?:es)? `([^`]+)`", text) + re.findall(r"`(ctrl\+\w|[a-zA-Z?])`(?! is)", text)
    places = [
        *("LearnhabitApp", "TodayScreen", "LogScreen", "ResolutionsScreen", "TopicsScreen", "RecallScreen"),
        "YearScreen",
        *("StopDialog", "ShareDialog", "SourceDialog"),
    ]
    known = set().union(*(BINDINGS[place] for place in places))
    assert set(mentioned) <= known


def test_the_keymap_that_is_shown_holds(tmp_path: Path) -> None:
    (block,) = re.findall(r"(?s)```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"))
    (tmp_path / "config.toml").write_text(block)
    config = read_config(str(tmp_path))
    held, refused = fitting(config.keys)
    assert {each.action for each in config.keys} <= set(held)
    assert not refused
    assert not config.notes
