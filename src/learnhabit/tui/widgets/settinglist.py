"""The list of settings, in groups: what it is called, and its value."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message

from learnhabit.domain.cadence import TimeOff
from learnhabit.domain.day_text import short_day
from learnhabit.services.settings import SETTINGS, shown_value
from learnhabit.services.settings_view import SettingsView, is_usual
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, SOFT, STRONG, row
from learnhabit.tui.widgets.marklist import Line, MarkList

TITLE = 22
"""Cells before a value."""
OFF = "off:"
"""Before the id of time off."""


@dataclass(frozen=True)
class Item:
    """Something on the list."""

    key: str
    """Of a setting; else what it is."""
    title: str
    value: str
    about: str = ""
    hint: str = ""
    command: str = ""
    usual: bool = True
    """It is set as it is for everybody at first."""
    default: str = ""
    """That value in words."""
    deed: str = "Change"
    """What enter does with it."""


def groups(view: SettingsView, theme: str) -> list[tuple[str, list[Item]]]:
    """Everything that is shown, by its heading."""

    def setting(key: str) -> Item:
        each = SETTINGS[key]
        hint = each.hint or (", ".join(each.choices[:-1]) + f" or {each.choices[-1]}" if len(each.choices) < 4 else "")
        shown = theme if key == "theme" else view.shown[key]
        return Item(
            key, each.title, shown, each.about, hint, f"learnhabit settings {key}", usual=is_usual(view, key),
            default=shown_value(key, each.default) if each.default else "",
        )  # fmt: skip

    count = len(view.time_off)
    off = Item(
        "time-off", "Time off", "none ahead" if not count else "1 stretch" if count == 1 else f"{count} stretches",
        "Days that ask for nothing, the past too (illness): no day of them is missed, and resolutions wait. What is "
        "studied on them counts.", "", "learnhabit time-off FROM TO", usual=not count, deed="Declare",
    )  # fmt: skip
    each_off = [
        Item(f"{OFF}{each.id}", "", _days(each), "Removed, it counts no more from today on; days that are "
             "over stay off.", "", "learnhabit time-off remove ID", usual=False, deed="Remove")
        for each in view.time_off
    ]  # fmt: skip
    own = view.own_keys
    keys = Item(
        "keys", "Keys", "the usual ones" if not own else f"{own} of your own",
        "Any action can have other keys. Footers, help and the palette show yours.", "", "learnhabit settings keys",
        usual=not own,
    )  # fmt: skip
    return [
        ("RHYTHM", [*map(setting, ("cadence", "minimum", "goal", "day_start", "week_start")), off, *each_off]),
        ("LOOKS", [*map(setting, ("theme", "motion", "clock")), keys]),
        ("REMINDERS", [
            *map(setting, ("quiet_hours", "catch_up", "bell")),
            Item("reminders", "Reminders", "when they come, and only if", "On the tab beside this one.", deed="Open"),
        ]),
        ("STUDY", [setting(key) for key in ("recall_limit", "cue", "partner")]),
        ("YOUR DATA", [
            Item("folder", "Folder", view.folder, "Everything lies in this folder, and nowhere else. --data-dir or "
                 "LEARNHABIT_HOME chooses another one.", deed="Copy the path"),
            Item("backup", "Last backup", view.backup or "none yet", "Copies are made by themselves, checked, and "
                 "thinned as they age.", "", "learnhabit backup list", deed="Copy the command"),
            Item("export", "Take it all out", "one file of JSON", "Every fact of yours in one file, which import reads "
                 "again, here or elsewhere.", "", "learnhabit export FILE.json", deed="Copy the command"),
        ]),
    ]  # fmt: skip


def _days(off: TimeOff) -> str:
    days = short_day(off.from_day)
    if off.to_day != off.from_day:
        days = f"{days} to {short_day(off.to_day)}"
    return f"{days} ({off.why})" if off.why else days


class SettingList(MarkList):
    """Settings to move through; it posts which one is marked."""

    DEFAULT_CSS = "SettingList { height: 1fr; width: 1fr; }"

    class Marked(Message):
        """The cursor stands on another one."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[tuple[str, list[Item]]] = []
        self.items: list[Item] = []
        """Everything that may be marked, from the top."""

    @property
    def current(self) -> Item | None:
        """The marked one."""
        return self.items[self._at] if self.items else None

    def show(self, view: SettingsView, theme: str) -> None:
        """Show what was read; the cursor stays where it was."""
        mark = self.current.key if self.current is not None else ""
        self._groups = groups(view, theme)
        self.items = [item for _, items in self._groups for item in items]
        keys = [item.key for item in self.items]
        self.anew(keys.index(mark) if mark in keys else self._at)

    def count(self) -> int:
        """How many there are."""
        return len(self.items)

    def marked(self) -> None:
        """Tell which one is marked."""
        self.post_message(self.Marked())

    def draw(self, width: int) -> list[Line]:
        """Headings, and a row for each."""
        lines: list[Line] = []
        place = 0
        for heading, items in self._groups:
            lines += [*([(None, EMPTY)] if lines else []), (None, row((heading, HEAD)))]
            for item in items:
                lines.append((place, self._row(item, width)))
                place += 1
        return lines

    def draw_marked(self, place: int, width: int) -> list[Content]:
        """The same in strong ink."""
        return [self._row(self.items[place], width, marked=True)]

    def _row(self, item: Item, width: int, *, marked: bool = False) -> Content:
        title = ("  " + item.title).ljust(TITLE)
        value = safe_text.elided(item.value, width - TITLE - 1, SOFT if item.usual and not marked else STRONG)
        return row((title, "$ink" if marked else SOFT), value)
