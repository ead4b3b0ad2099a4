"""Flipped bytes: every command works, or says that the file is damaged; never another exception, never a worse file."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from learnhabit.errors import LearnhabitError
from learnhabit.services import editing, log, planning, topics, tracking
from learnhabit.services.settings import set_setting, setting_values
from learnhabit.services.status import status
from learnhabit.services.today import today_view
from learnhabit.services.undoing import undo
from learnhabit.services.workspace import Workspace
from tests.storage.support import assert_refused, assert_sound, at, copy_home, file_of, raw, run, sizes

SLOW = 20
"""Seconds; a damaged file must not keep anybody waiting for ever."""

Work = Callable[[Workspace], object]
READING: dict[str, Work] = {
    "status": status,
    "today": today_view,
    "page": lambda workspace: log.log_page(workspace, log.NO_FILTER, None, older=True, limit=1000),
    "search": lambda workspace: log.log_count(workspace, log.read_filter(workspace, "note #t1")),
    "detail": lambda workspace: log.session_detail(workspace, "last"),
    "topics": topics.topics,
    "timer": tracking.timer,
    "time off": planning.time_off,
    "settings": setting_values,
    "plan": planning.plan,
    "preview": lambda workspace: tracking.preview(workspace, "45m rag"),
}
WRITING: dict[str, Work] = {
    "log": lambda workspace: tracking.log(workspace, ["45m", "rag", "new", "#t1"]),
    "edit": lambda workspace: editing.edit(workspace, "last", note="other", tags=["t2"]),
    "move": lambda workspace: editing.move(workspace, "last", "2026-11-20"),
    "stop": lambda workspace: tracking.stop(workspace, decision="keep"),
    "time off": lambda workspace: planning.add_time_off(workspace, "2026-12-01", None, "away"),
    "delete": lambda workspace: editing.delete(workspace, "last"),
    "undo": undo,
}
TITLES = {
    "The data file is damaged",
    "This is not a learnhabit database",
    "This database belongs to another program",
    "This database is newer than the program",
    "The database refused this",
    # What the damage made of the data may be legal, and make a command impossible.
    "There is no session yet",
    "The session “last” is gone",
    "No timer is running",
    "There is nothing to undo",
    "Unknown topic “rag”",
}


@pytest.fixture(scope="module")
def whole(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 300 sessions of a year, tags, rules, a paused timer, steps to undo, and all days closed."""
    chance = random.Random(300)
    home = copy_home(made_home, tmp_path_factory.mktemp("whole") / "home")
    with at(home) as workspace:
        for number in range(300):
            tracking.log(
                workspace,
                [f"{chance.randint(5, 90)}m", chance.choice(["rag", "evaluation", "lora"]), f"note {number}"],
                at=f"2026-{chance.randint(1, 10):02}-{chance.randint(1, 28):02} {chance.randint(5, 22)}:00",
                note="x" * chance.randint(0, 300),
                tags=[f"t{number % 7}"],
                takeaway=f"learnt {number}",
            )
        planning.set_plan(workspace, cadence="4", minimum="15m")
        planning.add_time_off(workspace, "2026-07-06", "2026-07-12", "holiday")
        set_setting(workspace, "day_start", "05:00")
        topics.add_topic(workspace, "Rust for machine learning")
        tracking.start(workspace, ["rag"], at="-15m", tags=["a"])
        tracking.pause(workspace)
        for _ in range(10):
            editing.delete(workspace, "last")
        today_view(workspace)
    assert_sound(home)
    return home


def flip(content: bytes, chance: random.Random) -> tuple[bytes, list[int]]:
    """The same bytes with one of them, or several, changed; and where."""
    changed = bytearray(content)
    places = [chance.randrange(len(changed)) for _ in range(chance.choice([1, 1, 1, 2, 16]))]
    for place in places:
        changed[place] ^= chance.randrange(1, 256)
    return bytes(changed), places


def tried(home: Path, name: str, work: Work) -> str:
    """`ok`, the title of the error that a person sees, or what else went wrong."""
    try:
        with at(home) as workspace:
            work(workspace)
        return "ok"
    except LearnhabitError as error:
        return error.title if error.title in TITLES else f"{name}: {error}"
    except Exception as error:
        return f"{name}: {type(error).__name__}: {error}"


@pytest.mark.parametrize("part", range(4))
@sizes(75, 2500)
def test_flipped_bytes(whole: Path, scratch: Path, size: int, part: int) -> None:
    content = file_of(whole).read_bytes()
    home = copy_home(whole, scratch / "home")
    path = file_of(home)
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(size):
        seed = part * 1_000_000 + number
        damaged, places = flip(content, random.Random(seed))
        for left in home.iterdir():
            left.unlink()
        path.write_bytes(damaged)
        begin = time.monotonic()
        for name, work in READING.items():
            before = path.read_bytes()
            said = tried(home, name, work)
            seen[said] += 1
            if said not in TITLES | {"ok"}:
                wrong.append(f"seed {seed}, bytes {places}: {said}")
            if said != "ok" and path.read_bytes() != before:
                wrong.append(f"seed {seed}, bytes {places}: {name} said “{said}” and changed the file")
        for name, work in WRITING.items():
            said = tried(home, name, work)
            seen[said] += 1
            if said not in TITLES | {"ok"}:
                wrong.append(f"seed {seed}, bytes {places}: {said}")
        if time.monotonic() - begin > SLOW:
            wrong.append(f"seed {seed}, bytes {places}: took {time.monotonic() - begin:.0f} s")
    assert not wrong, f"{len(wrong)} of {size}, such as\n" + "\n".join(wrong[:20])
    assert seen["ok"] > size
    assert seen["The data file is damaged"] > 0


def test_the_commands_say_so(whole: Path, tmp_path: Path) -> None:
    home = copy_home(whole, tmp_path / "home")
    connection = raw(home)
    page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'session'").fetchone()[0]
    width = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    content = bytearray(file_of(home).read_bytes())
    content[(page - 1) * width] ^= 0xFF
    file_of(home).write_bytes(content)
    hint = f"nothing was changed. Copy it aside first (cp {file_of(home)} {file_of(home)}.damaged)"
    for command in (["sessions"], ["sessions", "--json"], ["log", "45m", "rag"], ["delete", "last", "--json"]):
        answer = run(home, *command)
        assert_refused(answer, "The data file is damaged", hint, as_json="--json" in command)
    assert file_of(home).read_bytes() == content
    # What does not need the damaged part still works.
    assert run(home, "topics").code == 0


VALUES: dict[str, tuple[str, list[str]]] = {
    "a day that is none": (
        "UPDATE session SET study_day = '2026-11f23', day_moves = day_moves + 1",
        ["page", "detail"],
    ),
    "a pause that is none": ("UPDATE session SET pauses = '1-'", ["page", "detail", "edit"]),
    "a timer's pause that is none": ("UPDATE timer SET pauses = '1 2'", ["timer", "stop", "today"]),
    "text that is none": ("UPDATE session SET note = cast(x'c328' AS TEXT)", ["page", "detail", "delete"]),
    "a title that is none": ("UPDATE topic SET title = cast(x'ff' AS TEXT)", ["topics", "log", "today"]),
    "a total of no day": ("UPDATE day_total SET study_day = study_day || '!'", ["status", "today"]),
    "a state on no day": ("UPDATE scan_state SET study_day = study_day || '!'", ["status", "today"]),
    "an amount unknown": ("UPDATE daily_amount SET what = 'wish'", ["status", "plan"]),
    "time off on no day": ("UPDATE time_off SET to_day = 'z'", ["status", "time off"]),
    "an image that is none": ("UPDATE journal_row SET before = cast(x'ff' AS TEXT)", ["undo"]),
}


@pytest.mark.parametrize("value", VALUES)
def test_values_that_sqlite_hands_out_unseen_are_damage(whole: Path, tmp_path: Path, value: str) -> None:
    sql, names = VALUES[value]
    home = copy_home(whole, tmp_path / "home")
    connection = raw(home)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(sql)
    connection.close()
    said = {name: tried(home, name, {**WRITING, **READING}[name]) for name in names}
    assert set(said.values()) == {"The data file is damaged"}, said


def test_an_instant_beyond_all_calendars_is_damage(whole: Path, tmp_path: Path) -> None:
    home = copy_home(whole, tmp_path / "home")
    connection = raw(home)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("UPDATE session SET started_at = 1 << 60, ended_at = (1 << 60) + 60")
    connection.close()
    for command in (["sessions"], ["sessions", "--json"], ["split", "last", "10:10"]):
        assert_refused(run(home, *command), "The data file is damaged", "", as_json="--json" in command)
