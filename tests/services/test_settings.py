"""Settings: one table for the screen and the command, checked and said by the same functions."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services import preferences, undoing
from learnhabit.services.backups import backup_now
from learnhabit.services.planning import add_time_off, plan
from learnhabit.services.settings import SETTINGS, reset_setting, set_setting, setting_values, shown_value
from learnhabit.services.settings_view import is_usual, settings_view
from learnhabit.services.tracking import log
from tests.services.support import at

MOMENT = "2026-11-23T20:40:00+01:00"
NEXT_DAY = "2026-11-24T20:40:00+01:00"
CHANGES = {
    "cadence": ("Mon, wed fri", "mon,wed,fri", "3 days a week (Mon, Wed, Fri)"),
    "minimum": ("0:15", "15m", "a day counts from 15 min on"),
    "goal": ("1h", "1h", "its goal is 1 h 00 m"),
    "day_start": ("5:30", "05:30", "from Tue 24 Nov 2026 on"),
    "week_start": ("Sun", "sunday", "Weeks begin on Sunday"),
    "theme": ("Nord", "nord", "The theme is nord."),
    "motion": ("reduced", "reduced", "Nothing moves or blinks"),
    "clock": ("12", "12", "12 hours"),
    "quiet_hours": ("21:00 – 6:30", "21:00-06:30", "from 21:00 to 06:30"),
    "catch_up": ("90m", "90m", "up to 1 h 30 m"),
    "bell": ("ON", "on", "rings"),
    "recall_limit": ("007", "7", "At most 7"),
    "cue": (" after  my coffee ", "after my coffee", "after my coffee"),
    "partner": ("Mia", "Mia", "Mia"),
}
"""What is typed, what is shown then, and what is said."""
REFUSED = {
    "cadence": ("8", "x", ""),
    "minimum": ("0", "25h", "soon", ""),
    "goal": ("0", "1.5"),
    "day_start": ("12:00", "late", "4:60", ""),
    "week_start": ("friday", "s", ""),
    "theme": ("nrd", "", "learnhabit"),
    "motion": ("none", ""),
    "clock": ("13", ""),
    "quiet_hours": ("22:00", "22:00-22:00"),
    "catch_up": ("0", "25h", ""),
    "bell": ("loud", ""),
    "recall_limit": ("0", "1000", "ten", "²", ""),
    "cue": ("x" * 81,),
    "partner": ("x" * 81,),
}


def test_every_setting_is_tried_here() -> None:
    assert set(CHANGES) == set(REFUSED) == set(SETTINGS)


def test_the_themes_are_those_of_the_app() -> None:
    assert set(preferences.THEMES) == {preferences.DARK, preferences.LIGHT, *BUILTIN_THEMES}


@pytest.mark.parametrize("key", SETTINGS)
def test_a_setting_is_changed_read_undone_and_given_its_usual_value_back(tmp_path: Path, key: str) -> None:
    typed, shown, said = CHANGES[key]
    setting = SETTINGS[key]
    with at(tmp_path, MOMENT) as workspace:
        before = setting_values(workspace)
        assert list(before) == list(SETTINGS)
        assert is_usual(settings_view(workspace), key)
        assert said in set_setting(workspace, key, typed)
    with at(tmp_path, MOMENT) as workspace:
        values = setting_values(workspace)
        follows = {"goal"} if key == "minimum" else set()
        assert {name for name in values if values[name] != before[name]} == {key} | follows
        assert values[key] == shown
        view = settings_view(workspace)
        assert view.values == values
        assert view.shown[key].startswith(shown_value(key, shown))
        assert not is_usual(view, key)
        # What is shown may be typed again.
        set_setting(workspace, key, shown)
        assert setting_values(workspace) == values
        for wrong in REFUSED[key]:
            with pytest.raises(UsageError) as caught:
                set_setting(workspace, key, wrong)
            assert caught.value.hint
        assert setting_values(workspace) == values
        if setting.undone:
            undoing.undo(workspace)
            undoing.undo(workspace)
            workspace.forget()
            assert setting_values(workspace) == before
            set_setting(workspace, key, shown)
        assert reset_setting(workspace, key)
        assert setting_values(workspace) == before


def test_what_holds_from_a_day_on_says_so_and_leaves_the_past(tmp_path: Path) -> None:
    with at(tmp_path, MOMENT) as workspace:
        set_setting(workspace, "cadence", "3")
        set_setting(workspace, "day_start", "05:00")
        assert settings_view(workspace).shown["day_start"] == "05:00, from Tue 24 Nov on"
    with at(tmp_path, NEXT_DAY) as workspace:
        assert set_setting(workspace, "cadence", "mon").endswith("From today on.")
        assert plan(workspace).effective_from == workspace.today
        assert workspace.rules.days_per_week(workspace.today.replace(day=23)) == 3
        assert settings_view(workspace).shown["day_start"] == "05:00"


def test_the_view_knows_time_off_folder_and_keys(tmp_path: Path) -> None:
    with at(tmp_path, MOMENT) as workspace:
        add_time_off(workspace, "2026-11-01", "2026-11-03", "over")
        ahead = add_time_off(workspace, "2026-12-24", "2027-01-01", "holiday")
        preferences.set_keys(str(tmp_path), "app.undo", "b")
        view = settings_view(workspace)
        assert [each.id for each in view.time_off] == [ahead.id]
        assert (view.own_keys, view.backup) == (1, "")
        assert str(tmp_path).endswith(view.folder.removeprefix("~"))
        log(workspace, ["10m", "rag"])
        backup_now(str(tmp_path), workspace.clock)
        assert settings_view(workspace).backup == "Mon 23 Nov 20:40, 1 session"


def test_what_does_not_exist_or_can_not_be_set_is_said(tmp_path: Path) -> None:
    with at(tmp_path, MOMENT) as workspace:
        for key, kind in (("colour", UsageError), ("folder", LearnhabitError)):
            with pytest.raises(kind, match=key):
                set_setting(workspace, key, "1")
            with pytest.raises(kind, match=key):
                reset_setting(workspace, key)


def test_a_broken_file_of_preferences_hides_no_other_setting(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("theme = [")
    with at(tmp_path, MOMENT) as workspace:
        set_setting(workspace, "clock", "12")
        assert setting_values(workspace)["clock"] == "12"
        assert "line 1, column 10" in workspace.warnings[0]
        with pytest.raises(LearnhabitError, match="was not changed"):
            set_setting(workspace, "theme", "nord")
        with pytest.raises(LearnhabitError, match="was not changed"):
            reset_setting(workspace, "theme")
    assert (tmp_path / "config.toml").read_text() == "theme = ["
