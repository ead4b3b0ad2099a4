"""The changelog keeps the form of Keep a Changelog."""

from __future__ import annotations

import re
from datetime import date

from learnhabit import __version__
from tests.docs.pages import ROOT, sections

PAGE = ROOT / "CHANGELOG.md"
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_form() -> None:
    title, *rest = sections(PAGE)
    assert (title.level, title.title) == (1, "Changelog")
    versions = [each.title for each in rest if each.level == 2]
    assert versions, "no version"
    released = []
    for number, version in enumerate(versions):
        if version == "[Unreleased]":
            assert number == 0
            continue
        match = re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d{2}-\d{2})", version)
        assert match, version
        released.append((date.fromisoformat(match[4]), tuple(int(part) for part in match.groups()[:3])))
    assert released == sorted(released, reverse=True)
    kinds = [each for each in rest if each.level == 3]
    assert {each.level for each in rest} <= {2, 3}
    for each in kinds:
        assert each.title in KINDS
        entries = each.text.strip().splitlines()
        assert entries
        assert all(entry.startswith("- ") and entry.endswith(".") for entry in entries)


def test_the_version_of_the_program_is_the_latest_or_the_next() -> None:
    versions = [each for each in sections(PAGE) if each.level == 2]
    latest = versions[0]
    assert __version__ in latest.title or (latest.title == "[Unreleased]" and __version__ in latest.text)
