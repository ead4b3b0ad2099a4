"""Figures and promises in prose, against what they speak of."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from learnhabit.catalogue import load
from learnhabit.domain.reminder import ATTEMPTS, CATCH_UP, LEASE, wait_before
from learnhabit.notify.desktop import TIME_LIMIT
from learnhabit.storage.connection import BUSY_MILLISECONDS
from learnhabit.storage.store import UNDO_STEPS
from learnhabit.tui.reminding import AWAY_SECONDS, PRESENT_SECONDS
from learnhabit.tui.watch import HEARTBEAT_SECONDS, POLL_SECONDS
from tests.docs.pages import DOCS, ROOT

NETWORK = {"aiohttp", "asyncio.streams", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib"}


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["README.md", "CHANGELOG.md"])
def test_the_size_of_the_catalogue(path: str) -> None:
    catalogue = load()
    real = {
        "topics": len(catalogue.topics),
        "themes": len({topic.theme for topic in catalogue.topics}),
        "resources": sum(len(topic.resources) for topic in catalogue.topics),
        "pieces of advice": len(catalogue.advice),
    }
    said = re.findall(r"(\d+) (topics|themes|resources|pieces of advice)", text_of(path))
    assert said
    assert all(real[what] == int(number) for number, what in said)


def test_figures_of_storage_and_timer() -> None:
    assert UNDO_STEPS == 30
    for path in ("docs/how-to/fix-a-mistake.md", "docs/reference/commands.md", "docs/explanation/storage.md"):
        assert "30 steps" in text_of(path)
    assert BUSY_MILLISECONDS == 5000
    assert "up to five seconds" in text_of("docs/explanation/storage.md")
    assert HEARTBEAT_SECONDS == 30
    assert "every half minute" in text_of("docs/explanation/storage.md")
    assert POLL_SECONDS == 1
    assert "Once a second" in text_of("docs/explanation/architecture.md")


def test_figures_of_reminders() -> None:
    page = text_of("docs/explanation/reminders.md")
    assert (LEASE, "for 60 seconds" in page) == (60, True)
    assert (TIME_LIMIT, "limit of 25 seconds" in page) == (25, True)
    assert [wait_before(attempt) for attempt in range(1, ATTEMPTS)] == [60, 120, 240, 480]
    assert "1, 2, 4 and 8 minutes" in page and (ATTEMPTS, "failed five times" in page) == (5, True)
    assert (CATCH_UP, "(3 hours)" in page) == (3 * 3600, True)
    assert (PRESENT_SECONDS, "used within five minutes" in page) == (300, True)
    assert (AWAY_SECONDS, "a quarter of an hour" in page) == (900, True)
    assert TIME_LIMIT < LEASE, "who is still sending has not lost the claim"


def test_the_two_commands_and_the_python_that_is_needed() -> None:
    readme, makefile = text_of("README.md"), text_of("Makefile")
    for target in re.findall(r"make (\w+)  ", readme):
        assert re.search(rf"(?m)^{target}:", makefile)
    oldest = tomllib.loads(text_of("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    assert f"Python {oldest} or newer" in readme


def test_nothing_of_ours_opens_a_connection() -> None:
    """“learnhabit uses no network and sends nothing anywhere.”"""
    assert "no network" in text_of("README.md")
    for module in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            assert not {name.partition(".")[0] for name in names} & NETWORK, module


def test_the_folders_of_the_documentation_are_the_four_kinds() -> None:
    assert {each.name for each in DOCS.iterdir() if each.is_dir()} == {
        "tutorial",
        "how-to",
        "reference",
        "explanation",
        "images",
    }
