"""Every setting: what it means, what it may be, its value, and how it is changed; for the screen and the command."""

from __future__ import annotations

from datetime import timedelta

from learnhabit.config import MOTIONS, Config
from learnhabit.domain.day_text import long_day
from learnhabit.domain.duration import LONGEST, format_duration, parse_duration
from learnhabit.domain.quiet_hours import OFF, read_quiet_hours
from learnhabit.domain.recall import RECALL_LIMIT
from learnhabit.domain.record import Record
from learnhabit.domain.reminder import CATCH_UP
from learnhabit.domain.study_day import parse_day_start
from learnhabit.domain.text import quoted
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services import preferences
from learnhabit.services.delivering import QUIET_HOURS
from learnhabit.services.finding import accepted
from learnhabit.services.planning import describe_cadence, plan, plan_words, put_dated, set_plan
from learnhabit.services.workspace import Workspace
from learnhabit.storage.rules import read_setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

DAY = timedelta(days=1)
MOST_CARDS = 999
LONGEST_WORDS = 80
WEEK_STARTS = ("monday", "sunday", "saturday")
FOLDER = "folder"
"""A fact that stands among the settings, and can't be changed there."""


class Setting(Record):
    """Something that can be set."""

    key: str
    title: str
    about: str
    """What it means, in a sentence or two."""
    hint: str
    """What may be typed."""
    choices: tuple[str, ...]
    """All that it may be; empty where it is typed."""
    default: str
    undone: bool
    """It belongs to the data: `undo` takes a change back, and it is exported."""


def _data(key: str, title: str, default: str, about: str, hint: str = "", choices: tuple[str, ...] = ()) -> Setting:
    return Setting(key=key, title=title, about=about, hint=hint, choices=choices, default=default, undone=True)


def _looks(key: str, title: str, choices: tuple[str, ...], about: str) -> Setting:
    return Setting(key=key, title=title, about=about, hint="", choices=choices, default=choices[0], undone=False)


SETTINGS = {
    each.key: each
    for each in (
        _data("cadence", "Cadence", "5", "How many days a week you want to study, or which. Another day instead of a "
              "named one counts just as well. Holds from the day on which it is set; what is over is not judged anew.",
              "1 to 7, or weekdays such as mon,wed,fri"),
        _data("minimum", "Daily minimum", "10m", "From so much on a day counts. Small on purpose: showing up is the "
              "habit. Holds from the day on which it is set.", "a duration such as 10m"),
        _data("goal", "Daily goal", "", "Fills the bar on Today, and nothing else. Without one it is the minimum. "
              "Holds from the day on which it is set.", "a duration such as 45m or 1h"),
        _data("day_start", "Day begins at", "04:00", "What is studied before this time still counts for the day "
              "before. A new one counts from the next study day on, and no day that is over changes.",
              "00:00 to 11:59"),
        _data("week_start", "Week begins on", "monday", "Groups all weeks anew, those that are over too; each day "
              "keeps what was studied on it.", choices=WEEK_STARTS),
        _looks("theme", "Theme", preferences.THEMES, "The colours of the app. The ansi themes take the terminal's own "
               "sixteen. Kept in config.toml, on this machine."),
        _looks("motion", "Motion", MOTIONS, "Reduced: no cursor blinks, nothing slides. Kept in config.toml, on this "
               "machine."),
        _data("clock", "Clock", "24", "How times are shown: 21:30, or 9:30 pm. Both can be typed.",
              choices=("24", "12")),
        _data("quiet_hours", "Quiet hours", QUIET_HOURS, "No reminder comes within them. What was due waits until "
              "they are over, if its day is not.", "22:00-07:00, or off"),
        _data("catch_up", "Catch-up", "3h", "A reminder that was missed, as the machine slept, still comes when it is "
              "late by no more than this.", "a minute to a day, such as 3h"),
        _data("bell", "Bell", OFF, "On: the terminal rings when a reminder comes in the app.", choices=(OFF, "on")),
        _data("recall_limit", "Recall cards a day", str(RECALL_LIMIT), "At most so many cards are asked on a day; the "
              "others wait.", f"1 to {MOST_CARDS}"),
        _data("cue", "Cue", "", "What you study after, such as after my morning coffee: the advice and the reminders "
              "name it.", f"a few words, at most {LONGEST_WORDS} characters"),
        _data("partner", "Study partner", "", "Somebody with whom you share what you learned; y on Today writes it "
              "down for them.", f"a name, at most {LONGEST_WORDS} characters"),
    )
}  # fmt: skip


def setting_values(workspace: Workspace, looks: Config | None = None) -> dict[str, str]:
    """Every setting with its value, as it may be typed.

    A file of preferences that can't be read is said by a warning, and its settings are the defaults.
    """
    looks = looks or _config(workspace)
    start = next((each for each in reversed(workspace.day_starts)), None)
    minutes = start.minutes if start else 240
    asked = plan(workspace)
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    values = {
        "cadence": ",".join(names[day] for day in asked.weekdays) or str(asked.days_per_week),
        "minimum": _short(asked.minimum_seconds),
        "goal": _short(asked.goal_seconds),
        "day_start": f"{minutes // 60:02}:{minutes % 60:02}",
        "theme": looks.theme or SETTINGS["theme"].default,
        "motion": looks.motion,
        "catch_up": _short(int(read_setting(workspace.store, "catch_up") or CATCH_UP)),
    }
    stored = {key: read_setting(workspace.store, key) or each.default
              for key, each in SETTINGS.items() if key not in values}  # fmt: skip
    return {key: values.get(key, stored.get(key, "")) for key in SETTINGS}


def _config(workspace: Workspace) -> Config:
    from learnhabit.config import DEFAULT

    try:
        looks = preferences.preferences(workspace.folder)
    except LearnhabitError as error:
        workspace.warnings.append(f"{error.title}: {error.hint}")
        return DEFAULT
    workspace.warnings += looks.notes
    if looks.theme and looks.theme not in preferences.THEMES:
        workspace.warnings.append(f"config.toml names the theme {quoted(looks.theme)}, which may not exist")
    return looks


def set_setting(workspace: Workspace, key: str, value: str) -> str:
    """Change a setting; returns one sentence on what it means from now on."""
    if key not in _SETTERS:
        raise unknown_setting(key)
    return _SETTERS[key](workspace, accepted(workspace, value).strip())


def reset_setting(workspace: Workspace, key: str) -> str:
    """Give a setting its usual value back; what holds from a day on holds so from today. One sentence on it."""
    if key not in SETTINGS:
        raise unknown_setting(key)
    setting = SETTINGS[key]
    if not setting.undone:
        preferences.reset(workspace.folder, key)
        return _SAID[key](setting.default)
    # A goal that was never set is the minimum.
    return set_setting(
        workspace, key, setting.default or (setting_values(workspace)["minimum"] if key == "goal" else "")
    )


def unknown_setting(key: str) -> LearnhabitError:
    """The error for a key that does not exist, or that can't be changed here."""
    if key == FOLDER:
        return LearnhabitError("The folder can't be changed here", "--data-dir or LEARNHABIT_HOME chooses another one")
    return UsageError(f"Unknown setting {quoted(key)}", f"there are {', '.join(SETTINGS)}")


def shown_value(key: str, value: str) -> str:
    """A value in words, as the screen shows it."""
    if key == "cadence":
        from learnhabit.domain.cadence import parse_cadence

        return describe_cadence(*parse_cadence(value))
    if key in ("minimum", "goal", "catch_up"):
        seconds = parse_duration(value)
        return f"{seconds // 3600} h" if seconds % 3600 == 0 else format_duration(seconds)
    if key == "clock":
        return f"{value} hours"
    if key == "quiet_hours":
        return value.replace("-", " to ")
    if key == "week_start":
        return value.capitalize()
    return value or "none"


def _cadence(workspace: Workspace, value: str) -> str:
    return f"{plan_words(set_plan(workspace, cadence=value))} From today on."


def _minimum(workspace: Workspace, value: str) -> str:
    return f"{plan_words(set_plan(workspace, minimum=value))} From today on."


def _goal(workspace: Workspace, value: str) -> str:
    return f"{plan_words(set_plan(workspace, goal=value))} From today on."


def _day_start(workspace: Workspace, value: str) -> str:
    minutes = parse_day_start(value)
    # From the next study day on, so that today never turns back.
    day = workspace.today + DAY
    with workspace.change(f"set day_start to {value}") as change:
        # After a flight west a start that was set before may lie beyond this one; the newest choice holds.
        for row in workspace.store.all(
            "SELECT id FROM day_start WHERE effective_from > ? AND deleted_at IS NULL", day.isoformat()
        ):
            change.remove("day_start", row[0])
        put_dated(change, workspace, "day_start", day, {"minutes": minutes})
    workspace.forget()
    return f"A study day begins at {minutes // 60:02}:{minutes % 60:02} from {long_day(day)} on."


def _week_start(workspace: Workspace, value: str) -> str:
    matches = [each for each in WEEK_STARTS if value and each.startswith(value.lower())]
    if len(matches) != 1:
        raise UsageError(f"{quoted(value)} can't begin a week", "monday, sunday or saturday")
    _put(workspace, "week_start", matches[0])
    return f"Weeks begin on {matches[0].capitalize()}; every week is grouped anew."


def _clock(workspace: Workspace, value: str) -> str:
    if value not in ("12", "24"):
        raise UsageError(f"{quoted(value)} is no clock", "12 or 24")
    _put(workspace, "clock", value)
    return f"Times are shown with {value} hours."


def _theme(workspace: Workspace, value: str) -> str:
    name = value.lower()
    if name not in preferences.THEMES:
        from difflib import get_close_matches

        near = get_close_matches(name, preferences.THEMES, 3, 0.5)
        raise UsageError(
            f"There is no theme {quoted(value)}",
            f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(preferences.THEMES)}",
        )
    preferences.set_theme(workspace.folder, name)
    return _SAID["theme"](name)


def _motion(workspace: Workspace, value: str) -> str:
    matches = [each for each in MOTIONS if value and each.startswith(value.lower())]
    if len(matches) != 1:
        raise UsageError(f"{quoted(value)} is no kind of motion", "full or reduced")
    preferences.set_motion(workspace.folder, matches[0])
    return _SAID["motion"](matches[0])


def _quiet_hours(workspace: Workspace, value: str) -> str:
    hours = read_quiet_hours(value)
    _put(workspace, "quiet_hours", hours.text if hours else OFF)
    return f"No reminder comes from {hours.text.replace('-', ' to ')}." if hours else "Reminders come at any hour."


def _catch_up(workspace: Workspace, value: str) -> str:
    seconds = parse_duration(value)
    if not 60 <= seconds <= LONGEST:
        raise UsageError(f"{quoted(value)} is no time for catching up", "a minute to a day, such as 3h")
    _put(workspace, "catch_up", str(seconds))
    return f"A reminder that is late by up to {format_duration(seconds)} still comes."


def _bell(workspace: Workspace, value: str) -> str:
    if value.lower() not in ("on", OFF):
        raise UsageError(f"{quoted(value)} is neither on nor off", "with on, the terminal rings for a reminder")
    _put(workspace, "bell", value.lower())
    return f"The terminal {'rings' if value.lower() == 'on' else 'keeps silent'} when a reminder comes in the app."


def _recall_limit(workspace: Workspace, value: str) -> str:
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MOST_CARDS):
        raise UsageError(f"{quoted(value)} is no number of cards", f"1 to {MOST_CARDS} a day")
    _put(workspace, "recall_limit", str(int(value)))
    return f"At most {int(value)} recall cards are asked a day."


def _cue(workspace: Workspace, value: str) -> str:
    said = _put_words(workspace, "cue", value)
    return f"The advice names your cue: {said}." if said else "The advice names no cue."


def _partner(workspace: Workspace, value: str) -> str:
    said = _put_words(workspace, "partner", value)
    return f"Your study partner is {said}." if said else "No study partner is named."


_SETTERS: dict[str, Callable[[Workspace, str], str]] = {
    "cadence": _cadence,
    "minimum": _minimum,
    "goal": _goal,
    "day_start": _day_start,
    "week_start": _week_start,
    "theme": _theme,
    "motion": _motion,
    "clock": _clock,
    "quiet_hours": _quiet_hours,
    "catch_up": _catch_up,
    "bell": _bell,
    "recall_limit": _recall_limit,
    "cue": _cue,
    "partner": _partner,
}
_SAID: dict[str, Callable[[str], str]] = {
    "theme": lambda name: f"The theme is {name}.",
    "motion": lambda kind: (
        "Nothing moves or blinks by itself." if kind == "reduced" else "Cursors blink, and what moves may slide."
    ),
}


def _short(seconds: int) -> str:
    """`3h` or `45m`, as it may be typed."""
    return f"{seconds // 3600}h" if seconds % 3600 == 0 else f"{seconds // 60}m"


def _put_words(workspace: Workspace, key: str, value: str) -> str:
    """Words of the person's own; an empty text removes them."""
    words = " ".join(value.split())
    if len(words) > LONGEST_WORDS:
        raise UsageError(f"The {key} is too long", f"at most {LONGEST_WORDS} characters")
    _put(workspace, key, words)
    return words


def _put(workspace: Workspace, key: str, value: str) -> None:
    with workspace.change(f"set {key} to {value}") as change:
        change.put("setting", key, {"value": value})
    workspace.forget()
