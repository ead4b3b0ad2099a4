"""Make the pictures of the documentation: the real app, on an invented year, with its clock stopped.

`python scripts/screenshots.py [FOLDER]` writes them to docs/images or another folder. It needs resvg-py, which is among
the requirements of the tests, and the fonts JetBrains Mono, DejaVu Sans Mono and DejaVu Sans (Debian:
fonts-jetbrains-mono, fonts-dejavu-core); `--any-font` takes what there is.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import random
import re
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from unittest import mock

import resvg_py
from rich.cells import cell_len

from learnhabit.clock import FrozenClock
from learnhabit.services import planning, resolving, resources, summary_files, topics, tracking
from learnhabit.services.summary import summary, year_period
from learnhabit.services.workspace import open_workspace
from learnhabit.tui.app import SETTLE_SECONDS, LearnhabitApp

IMAGES = Path(__file__).parents[1] / "docs" / "images"
NOW = datetime.fromisoformat("2026-11-23T20:41:00+01:00")
SIZE = (120, 36)
"""Columns and rows."""
FONTS = ("JetBrains Mono", "DejaVu Sans Mono", "DejaVu Sans")
"""The last one for braille dots; each character stands at the place of its cell, whatever its font."""
FONT_FILES = (
    "truetype/jetbrains-mono/JetBrainsMono-Regular.ttf",
    "truetype/jetbrains-mono/JetBrainsMono-Bold.ttf",
    "truetype/dejavu/DejaVuSansMono.ttf",
    "truetype/dejavu/DejaVuSansMono-Bold.ttf",
    "truetype/dejavu/DejaVuSans.ttf",
)
FONT_FOLDER = Path("/usr/share/fonts")
RESTED_SECONDS = 0.1
"""After a key, before what it asked for is read."""
CELL = 12.2
"""Width of a cell in the picture that Textual exports."""

SHOTS = {"today": (), "log": ("2", "down"), "resolutions": ("3",), "topics": ("4", "down"), "year": ("6",)}
"""Pictures by name, each with the keys that lead to it."""
FIRST_RUN = ("space", "down", "down", "space", "up")
"""Keys in a home in which nothing was done yet."""

STUDIED = (
    ("rag", ("chunking, section 4", "rerankers", "a small index"), "Evaluate retrieval before generation."),
    ("fine-tuning", ("LoRA, section 4", "rank against memory"), "Rank 8 is enough more often than one thinks."),
    ("evaluation", ("judges and their bias", "twenty test cases"), "Read fifty answers before trusting a score."),
    ("multimodal", ("contrastive training", "patches as tokens"), "A caption is a weak label."),
    ("compound", ("when an agent helps", "tool calls that fail"), "Most failures are failures of the tools."),
)
"""Topics with notes and a takeaway."""
RESOLVED = (
    "24 hours of fine-tuning by 31 Dec",
    "study 4 days a week",
    "80 sessions on rag by 31 Dec",
    "explain a paper once a month",
)
READ = {
    "rag-lewis-2020": "100%",
    "lost-in-the-middle": "100%",
    "llamaindex": "35 of 90 min",
    "lora-low-rank": "100%",
    "qlora": "60%",
    "peft": "100%",
}
"""What was read, and how far."""
MINUTES = (10, 15, 20, 25, 30, 40, 45, 60, 75)


def seed(home: str) -> None:
    """An invented year of study: a slow start, a summer holiday, a steady autumn. The same on every run."""
    chance = random.Random(9)
    with mock.patch("os.urandom", chance.randbytes):
        with open_workspace(home, FrozenClock(NOW.replace(month=1, day=5))) as workspace:
            for line in RESOLVED:
                resolving.add_resolution(workspace, line)
        for day in (date(2026, 1, 5) + timedelta(days=number) for number in range(322)):
            if date(2026, 7, 20) <= day <= date(2026, 8, 7):
                continue
            eager = 0.45 + 0.4 * (day - date(2026, 1, 1)).days / 365
            if chance.random() < (eager if day.weekday() < 5 else eager - 0.25):
                for hour in chance.choice(((8,), (13,), (20,), (21,), (13, 20))):
                    _log(home, chance, datetime.combine(day, NOW.timetz()).replace(hour=hour))
        with open_workspace(home, FrozenClock(NOW.replace(month=7, day=15))) as workspace:
            planning.set_plan(workspace, goal="45m")
            planning.add_time_off(workspace, "2026-07-20", "2026-08-07", "holiday")
        with open_workspace(home, FrozenClock(NOW)) as workspace:
            topic, (_, note, _), takeaway = STUDIED[0]
            tracking.log(workspace, ["25m", topic], at="12:30", note=note, tags=["paper"], takeaway=takeaway)
            tracking.log(workspace, ["7m", "fine-tuning"], at="18:05", note="LoRA, section 4")
            for month in range(1, 11):
                resolving.check_in(workspace, "last", on=f"2026-{month:02}-20")
            for topic in ("rag", "fine-tuning", "multimodal"):
                topics.follow_topic(workspace, topic)
            for name, progress in READ.items():
                resources.set_progress(workspace, name, progress)


def _log(home: str, chance: random.Random, end: datetime) -> None:
    topic, notes, takeaway = chance.choices(STUDIED, weights=(5, 4, 3, 2, 2))[0]
    with open_workspace(home, FrozenClock(end.replace(minute=chance.randrange(60)))) as workspace:
        tracking.log(
            workspace,
            [f"{chance.choice(MINUTES)}m", topic],
            note=chance.choice(notes),
            tags=["paper"] if chance.random() < 0.2 else [],
            takeaway=takeaway if chance.random() < 0.4 else "",
        )


async def shoot(home: str, keys: tuple[str, ...]) -> str:
    """The app after some keys, as the SVG that Textual exports."""
    app = LearnhabitApp(home, FrozenClock(NOW))
    async with app.run_test(size=SIZE) as pilot:
        # The other screens are made ready a moment after the first.
        await pilot.pause(2 * SETTLE_SECONDS)
        for key in ("", *keys):
            if key:
                await pilot.press(key)
            for _ in range(3):
                # A worker that a newer one has cancelled is finished, too.
                while not all(worker.is_finished for worker in app.workers):
                    await pilot.pause(0.01)
                await pilot.pause(RESTED_SECONDS)
        return app.export_screenshot(title="learnhabit")


def self_contained(svg: str) -> str:
    """The picture without fonts from elsewhere, each character at the place of its cell."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    families = ", ".join(f"'{font}'" for font in FONTS)
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {families}")
    svg = svg.replace("font-family: arial", f"font-family: '{FONTS[0]}'")
    return re.sub(r'(<text class="[^"]*" )x="([\d.]+)"( y="[\d.]+") textLength="[\d.]+"([^>]*>)([^<]*)', _placed, svg)


def _placed(match: re.Match[str]) -> str:
    places, x = [], float(match[2])
    for character in html.unescape(match[5]):
        places.append(f"{x:.1f}")
        x += CELL * cell_len(character)
    return f'{match[1]}x="{" ".join(places)}"{match[3]}{match[4]}{match[5]}'


def render(svg: str, fonts: list[str]) -> bytes:
    """A PNG of an SVG."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=bool(fonts), font_files=fonts))


def card(home: str) -> bytes:
    """The card of the year, as one would send it to friends."""
    with open_workspace(home, FrozenClock(NOW)) as workspace:
        found = summary(workspace, year_period(workspace, NOW.year))
        return summary_files.make(workspace, summary_files.share(found, "friends", frozenset()), "png").data


def main() -> int:
    """Make every picture; returns the exit code."""
    parser = argparse.ArgumentParser(description="Make the pictures of the documentation.")
    parser.add_argument("folder", nargs="?", type=Path, default=IMAGES)
    parser.add_argument("--any-font", action="store_true", help="take the fonts that there are")
    options = parser.parse_args()
    fonts = [str(FONT_FOLDER / name) for name in FONT_FILES if (FONT_FOLDER / name).exists()]
    if len(fonts) < len(FONT_FILES) and not options.any_font:
        print("screenshots: install fonts-jetbrains-mono and fonts-dejavu-core, or use --any-font", file=sys.stderr)
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        seed(home)
        for name, keys in SHOTS.items():
            svg = self_contained(asyncio.run(shoot(home, keys)))
            (options.folder / f"{name}.png").write_bytes(render(svg, fonts))
        (options.folder / "card.png").write_bytes(card(home))
    with tempfile.TemporaryDirectory() as home:
        svg = self_contained(asyncio.run(shoot(home, FIRST_RUN)))
        (options.folder / "first-run.png").write_bytes(render(svg, fonts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
