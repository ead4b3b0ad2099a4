"""Random command lines, mostly sensible, some mangled: each is done or refused, none breaks the totals."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.end_to_end.program import Program
from tests.end_to_end.test_hostile_text import HOSTILE, UNSTORED, assert_shown_as_text
from tests.support import campaign_size

ROUND = 250
"""Command lines on one database."""
PARTS = 8
ZONES = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Kiritimati")

DURATIONS = ("45m", "1h30", "1h 30m", "1:30", "1.5h", "90", "24h", "1", "0.1h", "0", "-5m", "25h", "1.5", "x", "")
TOPICS = ("rag", "lora", "aya", "edge", "tuning", "efficient", "fine-tuning", "own", "quux", "learning", "x", "")
MOMENTS = (
    *("-15m", "-2h", "21:00", "9:00", "0:30", "yesterday", "yesterday 21:00", "mon", "fri 8:15", "2:30", "8pm"),
    *("2026-03-01 9:00", "2026-03-29 2:30", "29 feb", "2024-02-29 23:59", "1971-01-01", "tomorrow", "25:00", "@", ""),
)
DAYS = (
    "today",
    "yesterday",
    "mon",
    "sunday",
    "2026-03-01",
    "2028-02-29",
    "1 mar",
    "29 feb",
    "1/2",
    "tomorrow",
    "never",
)
TEXTS = ("x", "two words", "@21:00 #no", "--json", "-5m", '"quoted', "", *HOSTILE.values(), *UNSTORED.values())
TAGS = ("paper", "#deep", "a b", "", "ünï", *UNSTORED.values())
TEMPLATES = (
    "{timer}",
    "{week[counted_days]}/{week[target_days]}",
    "{strength:.2f}",
    "{",
    "{}",
    "{timer[x]}",
    "{x!r:>9}",
)
CLOCKS = ("21:10", "9:05", "00:00", "24:00", "9", "x")
SETTINGS = ("day_start", "week_start", "clock", "colour")
STEPS = (1, 20, 60, 600, 1800, 3600, 7200, 40_000, 90_000)
"""Seconds that may pass between two command lines."""
VALUES = ("04:00", "00:00", "11:59", "12:00", "6:30", "monday", "sunday", "sat", "12", "24", "")


class Lines:
    """A source of command lines that knows the sessions there are."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.sessions: list[dict[str, Any]] = []

    def line(self) -> list[str]:
        """A command line; three in ten are mangled."""
        words = self._sensible()
        for _ in range(self.random.choice((0, 0, 0, 0, 0, 0, 0, 1, 1, 2))):
            words = self._mangled(words)
        if self.random.random() < 0.3:
            words.insert(self.random.randint(min(1, len(words)), len(words)), "--json")
        return words

    def _one(self, words: tuple[str, ...]) -> str:
        return self.random.choice(words)

    def _id(self) -> str:
        if self.sessions and self.random.random() < 0.6:
            session_id: str = self.random.choice(self.sessions)["id"]
            return session_id[-self.random.choice((1, 4, 6, 6, 36)) :]
        return self._one(("last", "last", "last", "zzz", "", "a"))

    def _split(self) -> list[str]:
        """A session and a time, in half of the cases one that lies inside it."""
        if self.sessions and self.random.random() < 0.5:
            session = self.random.choice(self.sessions)
            start = datetime.fromisoformat(session["started_at"])
            inside = start + timedelta(seconds=self.random.randint(0, session["seconds"]))
            return [session["id"], inside.strftime("%H:%M")]
        return [self._id(), self._one(CLOCKS)]

    def _pair(self) -> list[str]:
        """Two sessions, in half of the cases neighbours, which may be of one topic and day."""
        if len(self.sessions) > 1 and self.random.random() < 0.5:
            place = self.random.randrange(len(self.sessions) - 1)
            pair = [each["id"] for each in self.sessions[place : place + 2]]
            return pair if self.random.random() < 0.5 else pair[::-1]
        return [self._id(), self._id()]

    def _options(self, *names: str) -> list[str]:
        values = {
            "--at": MOMENTS,
            "--note": TEXTS,
            "--takeaway": TEXTS,
            "--why": TEXTS,
            "--search": TEXTS,
            "--tag": TAGS,
            "--duration": DURATIONS,
            "--minimum": DURATIONS,
            "--goal": DURATIONS,
            "--topic": TOPICS,
            "--from": DAYS,
            "--to": DAYS,
            "--limit": ("1", "50", "0", "x"),
            "--resource": ("lora-low-rank-adaptation-of-large", "nothing", ""),
            "--format": TEMPLATES,
        }
        found: list[str] = []
        for name in names:
            if self.random.random() < 0.3:
                value = self._one(values[name])
                found += [f"{name}={value}"] if self.random.random() < 0.2 else [name, value]
        return found

    def _entry(self, *, duration: bool) -> list[str]:
        words = [self._one(DURATIONS[:9])] if duration else []
        words.append(self._one(TOPICS[:8]))
        if self.random.random() < 0.4:
            words.append(self._one(TEXTS))
        if self.random.random() < 0.4:
            words += f"@{self._one(MOMENTS)}".split(" ")
        if self.random.random() < 0.3:
            words.append(f"#{self._one(TAGS)}")
        return [" ".join(words)] if self.random.random() < 0.3 else words

    def _sensible(self) -> list[str]:
        entry = ("--at", "--note", "--tag", "--resource")
        makers: dict[str, Callable[[], list[str]]] = {
            "log": lambda: [*self._entry(duration=True), *self._options(*entry, "--takeaway")],
            "start": lambda: [*self._entry(duration=False), *self._options(*entry)],
            "switch": lambda: [*self._entry(duration=False), *self._options(*entry)],
            "stop": lambda: [*self._options("--takeaway", "--note"), *self._decision()],
            "edit": lambda: [self._id(), *self._options(*entry, "--duration", "--topic", "--takeaway")],
            "move": lambda: [self._id(), self._one(DAYS)],
            "split": self._split,
            "merge": self._pair,
            "delete": lambda: [self._id()],
            "sessions": lambda: self._options("--from", "--to", "--topic", "--tag", "--search", "--limit"),
            "status": lambda: self._options("--format"),
            "topics": lambda: [self._one(TOPICS)] if self.random.random() < 0.5 else [],
            "cadence": lambda: [
                *self._one(("3", "7", "mon,wed", "", "0", "x")).split(),
                *self._options("--minimum", "--goal"),
            ],
            "time-off": lambda: self.random.choice(
                ([], ["list"], ["remove", self._id()], [self._one(DAYS), *self._options("--why")], [*DAYS[:2]])
            ),
            "settings": lambda: [self._one(SETTINGS), self._one(VALUES)][: self.random.randint(0, 2)],
            "topic": lambda: ["add", self._one(TEXTS), *self._one(("", "more")).split()],
        }
        plain = ("pause", "resume", "cancel", "undo", "undo", "redo", "--help", "--version")
        name = self.random.choice((*makers, *makers, "log", "log", "edit", "start", "stop", *plain))
        return [name, *makers[name]()] if name in makers else [name]

    def _decision(self) -> list[str]:
        return self.random.choice(([], [], ["--keep"], ["--discard"], ["--trim"], ["--trim", self._one(DURATIONS)]))

    def _mangled(self, words: list[str]) -> list[str]:
        if not words:
            return [self._one(TEXTS)]
        place = self.random.randrange(len(words))
        word, mangled = words[place], list(words)
        how = self.random.randrange(7)
        if how == 0:
            del mangled[place]
        elif how == 1:
            mangled.insert(place, self._one((*TEXTS, *MOMENTS, *DURATIONS, *TAGS)))
        elif how == 2:
            mangled.insert(place, word)
        elif how == 3:
            self.random.shuffle(mangled)
        elif how == 4:
            mangled[place] = word[: self.random.randint(0, len(word))]
        elif how == 5:
            at = self.random.randint(0, len(word))
            mangled[place] = word[:at] + self.random.choice("0@#-:=\"'\x1b\x00é \n\udc80") + word[at:]
        else:
            mangled[place] = self._one(("--", "--bogus", "-h", "--at", "--tag=", "--note", "log", "last"))
        # Only this folder: a mangled line must not write elsewhere.
        return [each for each in mangled if not each.startswith("--data")]


def later(source: random.Random, now: datetime) -> datetime:
    """Time passes; now and then a clock is set back."""
    if source.random() < 0.03:
        return now - timedelta(seconds=source.choice((1, 600, 7200)))
    return now + timedelta(seconds=source.choice(STEPS))


def fuzz(program: Program, seed: int, lines: int) -> None:
    """Run command lines on one database, then hold its totals against its sessions."""
    source = Lines(seed)
    now, zone = datetime(2026, 3, 27, 20, tzinfo=UTC), ZONES[seed % len(ZONES)]
    done: list[tuple[str, str, list[str]]] = []
    for number in range(lines):
        if source.random.random() < 0.02:
            zone = source.random.choice(ZONES)
        now = later(source.random, now)
        here = program.at(now.astimezone(ZoneInfo(zone)).isoformat(), zone)
        words = source.line()
        done.append((here.now, zone, words))
        try:
            answer = here(*words)
            assert_shown_as_text(answer)
            assert "SQLITE" not in answer.err and "refused this" not in answer.err, answer.err
            assert answer.code == 0 or answer.err.startswith("learnhabit: "), answer
            if "--json" in words[1:] and answer.stdout.startswith((b"{", b"[")):
                json.loads(answer.out)
        except BaseException:
            print(f"seed {seed}, line {number}:", *done[-12:], sep="\n  ")
            raise
        if number % 10 == 0:
            source.sessions = here.sessions()
    check_totals(program.at(now.astimezone(ZoneInfo(zone)).isoformat(), zone))


def check_totals(program: Program) -> None:
    """Sums agree, the file is sound, the scan's kept states change nothing, undo and redo lead there and back."""
    with closing(sqlite3.connect(program.home / "learnhabit.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        days: Counter[tuple[str, str]] = Counter()
        months: Counter[tuple[str, str]] = Counter()
        for day, topic, seconds in connection.execute(
            "SELECT study_day, topic, seconds FROM session WHERE deleted_at IS NULL"
        ):
            assert seconds > 0
            days[day, topic] += seconds
            months[day[:7], topic] += seconds
        assert days == Counter(total(connection, "SELECT study_day, topic, seconds FROM day_total"))
        assert months == Counter(total(connection, "SELECT month, topic, seconds FROM month_total"))
        assert connection.execute("SELECT count(*) FROM timer").fetchone()[0] <= 1
    sessions = program.sessions()
    assert sum(each["seconds"] for each in sessions) == days.total()
    assert sum(row["seconds"] for row in program.json("topics")) == days.total()
    kept = program.json("status")
    with closing(sqlite3.connect(program.home / "learnhabit.db")) as connection, connection:
        connection.execute("DELETE FROM scan_state")
    assert program.json("status") == kept
    steps = 0
    while program("undo").code == 0:
        steps += 1
    assert steps <= 30
    for _ in range(steps):
        program.ok("redo")
    assert program.sessions() == sessions


def total(connection: sqlite3.Connection, query: str) -> dict[Any, int]:
    return {(row[0], row[1]): row[2] for row in connection.execute(query) if row[2]}


def test_random_command_lines(program: Program) -> None:
    fuzz(program, 1, 200)


@pytest.mark.campaign
@pytest.mark.parametrize("part", range(PARTS))
def test_many_random_command_lines(program: Program, made_home: Path, part: int) -> None:
    left, seed = -(-campaign_size(20_000) // PARTS), 1000 * (part + 1)
    while left > 0:
        home = program.home.parent / str(seed)
        shutil.copytree(made_home, home)
        home.chmod(0o700)
        fuzz(Program(home), seed, min(ROUND, left))
        shutil.rmtree(home)
        left, seed = left - ROUND, seed + 1
