"""Reminders after a restore: what came since the backup does not come again, and the next time is to come."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from learnhabit.clock import FrozenClock
from learnhabit.domain.backup import Backup
from learnhabit.services import backups
from learnhabit.services.reminding import disable_reminder, skip, snooze
from learnhabit.services.undoing import undo
from tests.services.test_delivering import Place, added


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "home")


def clock(moment: str) -> FrozenClock:
    return FrozenClock(datetime.fromisoformat(f"{moment}:00+01:00"))


def backed_up(place: Place, moment: str) -> Backup:
    return backups.backup_now(str(place.folder), clock(moment))


def restored(place: Place, backup: Backup, moment: str) -> None:
    backups.restore(str(place.folder), clock(moment), backup)


def due(place: Place, moment: str) -> list[str | None]:
    with place.at(moment) as workspace:
        return [row[0] for row in workspace.store.all("SELECT next_due FROM reminder ORDER BY seq")]


def test_what_was_sent_does_not_come_again(place: Place) -> None:
    added(place, "daily 19:30")
    made = backed_up(place, "2026-11-23 19:00")
    place.tick("19:30")
    restored(place, made, "2026-11-23 20:00")
    place.tick("20:01")
    place.tick("2026-11-24 19:29")
    assert len(place.recorder.notices) == 1
    assert place.log() == []
    place.tick("2026-11-24 19:30")
    assert place.log() == [("24 19:30", "sent", "")]


def test_of_an_old_backup_nothing_is_made_up_for(place: Place) -> None:
    added(place, "daily 19:30")
    added(place, "mon 7:00")
    made = backed_up(place, "2026-11-23 19:00")
    restored(place, made, "2026-12-24 20:00")
    assert due(place, "2026-12-24 20:00") == ["2026-12-25T19:30", "2026-12-28T07:00"]
    place.tick("2026-12-24 20:01")
    assert place.log() == [] and not place.recorder.notices


def test_what_waited_then_has_had_its_time(place: Place) -> None:
    added(place, "daily 19:30")
    place.tick("19:30")
    place.do("19:40", lambda w: snooze(w, None, "30m"))
    made = backed_up(place, "2026-11-23 19:50")
    # Not yet: it comes.
    restored(place, made, "2026-11-23 20:00")
    assert place.log() == [("23 19:30", "snoozed", "put off until 20:10")]
    place.tick("20:10")
    assert len(place.recorder.notices) == 2
    restored(place, made, "2026-11-23 20:20")
    place.tick("20:21")
    assert len(place.recorder.notices) == 2
    assert place.log() == [("23 19:30", "expired", "it was before a restore")]


def test_what_was_left_out_or_switched_off_stays_so(place: Place) -> None:
    for rule in ("daily 19:30", "daily 21:00", "daily 22:00"):
        added(place, rule)
    place.do("19:00", lambda w: disable_reminder(w, "last"))
    place.do("19:00", lambda w: skip(w, w.store.all("SELECT id FROM reminder ORDER BY seq")[0][0]))
    made = backed_up(place, "2026-11-23 19:10")
    restored(place, made, "2026-11-23 19:20")
    assert due(place, "19:20") == ["2026-11-24T19:30", "2026-11-23T21:00", None]
    # One that nobody has looked at since it was switched on again.
    place.do("19:21", lambda w: skip(w, w.store.all("SELECT id FROM reminder ORDER BY seq")[1][0]))
    place.do("19:22", lambda w: disable_reminder(w, w.store.all("SELECT id FROM reminder ORDER BY seq")[1][0]))
    place.do("19:22", undo)
    made = backed_up(place, "2026-11-23 19:23")
    restored(place, made, "2026-11-23 20:00")
    assert due(place, "20:00") == ["2026-11-24T19:30", "2026-11-24T21:00", None]


def test_the_command(place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from learnhabit.cli import main

    added(place, "daily 19:30")
    made = backed_up(place, "2026-11-23 19:00")
    monkeypatch.setenv("LEARNHABIT_HOME", str(place.folder))
    monkeypatch.setenv("LEARNHABIT_NOW", "2026-11-23T20:00:00+01:00")
    assert main(["backup", "restore", made.id, "--yes"]) == 0
    assert due(place, "20:00") == ["2026-11-24T19:30"]
