"""`summary` and `look-back` as people and programs call them."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
import webbrowser
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from learnhabit.cli import summing
from learnhabit.services.summary import summary, year_period
from learnhabit.services.summary_files import FORMATS, make, share
from learnhabit.services.workspace import open_workspace
from tests.end_to_end.program import Program

SEVEN = "2026-11-23T19:00:00+01:00"


@dataclass(frozen=True)
class Year:
    """A program with a little study, called from a folder of its own."""

    program: Program
    cwd: Path

    def at(self, now: str) -> Year:
        """The same at another moment."""
        return Year(self.program.at(now), self.cwd)

    def ok(self, *arguments: str) -> str:
        """What a command prints."""
        return self.program.ok(*arguments).out

    def json(self, *arguments: str) -> Any:
        """The same as JSON."""
        return self.program.json(*arguments)

    def refused(self, code: int, *arguments: str) -> str:
        """Why a command is refused."""
        return ": ".join(self.program.refused(code, *arguments))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that commands are called from."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def year(program: Program, folder: Path) -> Year:
    """A program with a little study."""
    at = program.at(SEVEN)
    at.ok("log", "45m rag @2026-11-20 9:00")
    at.ok("log", "1h30 fine-tuning a note @2026-10-20 22:30", "--takeaway", "LoRA is low rank")
    at.ok("log", "50m rag @2025-11-20 9:00")
    at.ok("resolve", "40 hours of fine-tuning by 31 Dec")
    return Year(at, folder)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_told_to_programs_too(year: Year) -> None:
    told = year.json("summary", "--format", "html", "-o", "a.html")
    assert told == {"written": str(year.cwd / "a.html"), "format": "html", "share": "full"}
    assert "name a file" in ": ".join(
        (lambda error: (error["title"], error["hint"]))(
            year.program("summary", "--json", "--format", "md").json["error"]
        )
    )


def test_text_goes_to_the_standard_output_and_the_others_to_a_file(year: Year) -> None:
    assert year.ok("summary", "--format", "md").startswith("# 2026 in learning\n")
    assert year.json("summary")["share"] == "full"
    assert json.loads(year.ok("summary", "--format", "json"))["seconds"] == 135 * 60
    cwd = year.cwd
    for kind in ("html", "png", "csv", "pdf"):
        level = "public" if kind == "png" else "full"
        path = cwd / f"learnhabit-2026-{level}.{kind}"
        said = year.ok("summary", "--format", kind)
        assert str(path) in said
        assert mode(path) == (0o700 if kind == "csv" else 0o600)
    assert year.ok("summary", "2025", "-o", "-").startswith("<!DOCTYPE html>")


def test_the_ending_names_the_format(year: Year) -> None:
    for name, begins in (("a.md", b"# "), ("a.json", b"{"), ("a.html", b"<!DOCTYPE"), ("a.png", b"\x89PNG"),
                         ("a.zip", b"PK"), ("a.pdf", b"%PDF"), ("a.txt", b"<!DOCTYPE")):  # fmt: skip
        year.ok("summary", "-o", name)
        assert (year.cwd / name).read_bytes().startswith(begins), name


def test_csv_is_a_folder_unless_the_name_ends_with_zip(year: Year) -> None:
    year.ok("summary", "--format", "csv", "-o", "tables")
    tables = year.cwd / "tables"
    assert mode(tables) == 0o700 and {mode(each) for each in tables.iterdir()} == {0o600}
    with open(tables / "sessions.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["seconds"]) for row in rows] == [5400, 2700]
    assert rows[0]["started_at"] == "2026-10-20T22:30:00+01:00"
    year.ok("summary", "--format", "csv", "-o", "tables.zip")
    with zipfile.ZipFile(year.cwd / "tables.zip") as archive:
        assert {each.filename for each in archive.infolist()} == {each.name for each in tables.iterdir()}
    assert "exists already" in year.refused(1, "summary", "--format", "csv", "-o", "tables")
    (tables / "mine.txt").write_text("mine")
    year.ok("summary", "--format", "csv", "-o", "tables", "--share", "public", "--force")
    assert (tables / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_is_written_over_or_through_a_link(year: Year, kind: str) -> None:
    name = f"x.{kind}" if kind != "csv" else "x.zip"
    path = year.cwd / name
    path.write_text("mine")
    assert "exists already" in year.refused(1, "summary", "--format", kind, "-o", name)
    assert path.read_text() == "mine"
    link = year.cwd / f"link-{name}"
    link.symlink_to(path)
    for more in ((), ("--force",)):
        assert "symbolic link" in year.refused(1, "summary", "--format", kind, "-o", link.name, *more)
    assert path.read_text() == "mine" and link.is_symlink()
    year.ok("summary", "--format", kind, "-o", name, "--force")
    assert path.read_bytes() != b"mine" and mode(path) == 0o600
    assert sorted(each.name for each in year.cwd.iterdir()) == sorted([name, link.name])


def test_a_link_in_the_place_of_a_folder(year: Year) -> None:
    (year.cwd / "real").mkdir()
    (year.cwd / "folder").symlink_to("real")
    for more in ((), ("--force",)):
        assert "symbolic link" in year.refused(1, "summary", "--format", "csv", "-o", "folder", *more)
    assert not list((year.cwd / "real").iterdir())
    (year.cwd / "file").write_text("mine")
    assert "is a file" in year.refused(1, "summary", "--format", "csv", "-o", "file", "--force")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("26",), "no year"),
        (("soon",), "no year"),
        (("0000",), "no year"),
        (("9999",), "no year"),
        (("2026", "2025"), "too many words"),
        (("--format", "docx"), "no format"),
        (("--share", "all"), "no level"),
        (("--show", "nothing"), "No resolution"),
        (("2026", "--from", "2026-01-01"), "two things"),
        (("--open", "--format", "md"), "no file to open"),
        (("--from", "nonsense"), "no day"),
    ],
)
def test_what_is_not_understood_is_refused(year: Year, arguments: tuple[str, ...], says: str) -> None:
    assert says in year.refused(2, "summary", *arguments)
    assert not list(year.cwd.iterdir())


def test_a_place_that_cannot_be_written(year: Year) -> None:
    assert "can't be written" in year.refused(1, "summary", "-o", "/proc/nowhere/x.html")
    assert "can't be written" in year.refused(1, "summary", "--format", "csv", "-o", "/proc/nowhere/x")
    assert "ends before it begins" in year.refused(1, "summary", "--from", "2026-02-01", "--to", "2026-01-01").replace(
        "would end", "ends"
    )


def test_the_default_year_is_the_running_one_and_in_january_the_one_before(year: Year) -> None:
    assert year.json("summary")["year"] == 2026
    january = year.at("2027-01-31T22:00:00+01:00")
    assert january.json("summary")["year"] == 2026 and not january.json("summary")["so_far"]
    assert january.json("summary", "this")["year"] == 2027
    assert year.at("2027-02-01T12:00:00+01:00").json("summary")["year"] == 2027
    # The study day decides: at 02:00 on 1 February it is still January.
    assert year.at("2027-02-01T02:00:00+01:00").json("summary")["year"] == 2026


def test_any_stretch_of_days(year: Year) -> None:
    found = year.json("summary", "--from", "2025-11-01", "--to", "2026-10-31")
    assert (found["year"], found["seconds"], found["so_far"]) == (None, 140 * 60, False)
    assert found["from"] == "2025-11-01" and found["to"] == "2026-10-31"
    assert year.json("summary", "--from", "2026-01-01", "--to", "2026-12-31") == year.json("summary", "2026")
    assert "20251101-20261031-full.html" in year.ok("summary", "--from", "2025-11-01", "--to", "2026-10-31")


def test_the_total_is_that_of_the_sessions(year: Year) -> None:
    for arguments in (("2026",), ("2025",)):
        listed = year.json("sessions", "--from", f"{arguments[0]}-01-01", "--to", f"{arguments[0]}-12-31")
        assert year.json("summary", *arguments)["seconds"] == sum(each["seconds"] for each in listed)


def test_titles_are_shown_one_by_one(year: Year) -> None:
    year.ok("resolve", "finish 3 papers by 31 Dec")
    first = year.json("resolution", "list")[0]["id"]
    assert year.json("summary", "--share", "friends")["resolutions"] == []
    shown = year.json("summary", "--share", "friends", "--show", first[-6:])["resolutions"]
    assert [each["statement"] for each in shown] == ["40 hours of fine-tuning by 31 Dec"]
    done = year.program.ok("summary", "--share", "public", "--show", first, "--json")
    assert "--show counts with --share friends" in done.err


def test_nothing_comes_out_of_an_empty_home(program: Program, folder: Path) -> None:
    at = Year(program.at(SEVEN), folder)
    for name in ("2025", "2026", "2031"):
        found = at.json("summary", name)
        assert (found["seconds"], found["sessions"], found["days"]) == (0, 0, 0)
        text = at.ok("summary", name, "--format", "md")
        for bad in ("NaN", "nan", "inf", "∞", "None", "Traceback"):
            assert bad not in text
        assert ("Nothing" in text) or ("begins on" in text)


@pytest.mark.parametrize("kind", ["png", "pdf", "csv"])
def test_binary_goes_through_a_pipe(year: Year, kind: str) -> None:
    done = year.program.spawn("summary", "--format", kind, "-o", "-")
    assert done.code == 0 and done.stdout.startswith({"png": b"\x89PNG", "pdf": b"%PDF", "csv": b"PK"}[kind])


def test_looking_back(year: Year) -> None:
    assert "What worked?" in year.ok("look-back")
    year.ok("look-back", "2026", "--worked", "Mornings", "--changed", "Fewer topics")
    assert year.json("summary")["words"]["answers"] == [
        {"question": "What worked?", "key": "worked", "text": "Mornings"},
        {"question": "What changed my mind?", "key": "changed", "text": "Fewer topics"},
    ]
    year.ok("look-back", "--worked", "")
    assert [each["key"] for each in year.json("summary")["words"]["answers"]] == ["changed"]
    year.ok("undo")
    assert [each["key"] for each in year.json("summary")["words"]["answers"]] == ["worked", "changed"]
    assert "can't go on" in year.refused(1, "look-back", "--carry-on", "last")
    assert "too long" in year.refused(2, "look-back", "--worked", "x" * 2001)


def test_what_goes_on_in_the_next_year(year: Year) -> None:
    december = year.at("2026-12-15T12:00:00+01:00")
    december.ok("resolve", "study 4 days a week this year")
    first, second = (each["id"][-6:] for each in december.json("resolution", "list"))
    made = december.json("look-back", "2026", "--smaller", first, "--carry-on", second)["made"]
    assert [(each["period_start"], each["period_end"]) for each in made] == [("2027-01-01", "2027-12-31")] * 2
    assert made[0]["target"] == 20 and made[1]["target"] == 4
    onward = december.json("summary", "2026")["onward"]
    assert [(each["decision"], each["target"]) for each in onward] == [
        ("smaller", "20 h"),
        ("carry on", "4 days a week"),
    ]
    assert "can't go on" in december.refused(1, "look-back", "--carry-on", first)
    december.ok("undo")
    assert len(december.json("resolution", "list")) == 2


def test_a_star_keeps_a_takeaway(year: Year) -> None:
    session = year.json("sessions", "--topic", "fine-tuning")[0]["id"]
    assert year.json("summary")["words"]["takeaways"] == []
    assert year.json("star", session)["starred"]
    assert [each["text"] for each in year.json("summary")["words"]["takeaways"]] == ["LoRA is low rank"]
    assert "has a star" in year.refused(1, "star", session)
    assert not year.json("star", session, "--off")["starred"]
    assert "no takeaway to star" in year.refused(1, "star", year.json("sessions", "--topic", "rag")[0]["id"])


def test_a_pdf_without_what_makes_it(year: Year) -> None:
    blocker = year.cwd / "hidden"
    blocker.mkdir()
    (blocker / "weasyprint.py").write_text("raise ImportError\n")
    done = year.program.spawn("summary", "--format", "pdf", environment={"PYTHONPATH": str(blocker)})
    assert done.code == 1 and done.err.count("\n") == 1
    assert "pipx inject learnhabit weasyprint" in done.err and "print it from the browser" in done.err
    assert "Traceback" not in done.err


class Terminal(io.StringIO):
    """An error stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_long_work_shows_a_bar_to_whoever_looks(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summing, "LONG", 1)
    # In a pipe there is none.
    assert year.program.ok("summary", "--format", "csv", "-o", "a.zip").err == ""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    show = summing.bar()
    assert show is not None
    with open_workspace(str(year.program.home)) as workspace:
        found = share(summary(workspace, year_period(workspace, 2026)), "full", frozenset())
        make(workspace, found, "csv", show)
    show(1, 2)
    assert terminal.getvalue().startswith("\r━━━") and "2 of 2 sessions\n" in terminal.getvalue()
    assert terminal.getvalue().endswith("1 of 2 sessions")
    assert "\x1b" not in terminal.getvalue()


def test_a_page_is_opened_when_that_is_asked_for(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def show(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", show)
    year.ok("summary", "-o", "a b.html", "--open")
    assert opened == [(year.cwd / "a b.html").as_uri()]
    monkeypatch.setattr(webbrowser, "open", lambda address: False)
    assert "is written" in year.program("summary", "-o", "c.html", "--open").err
    assert (year.cwd / "c.html").exists()
