"""What holds for every test: no trace of this machine, the number of examples, and no silent skip in CI."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support import ALONE, CAMPAIGN_SCALE, campaign_size, foreign_variables

PROPERTY_FOLDER = Path(__file__).parent / "property"
REQUIRE_ALL = os.environ.get("LEARNHABIT_REQUIRE_ALL") == "1"

settings.register_profile(
    "learnhabit",
    max_examples=campaign_size(20_000) if CAMPAIGN_SCALE in os.environ else 200,
    deadline=None,
    derandomize=False,
    print_blob=True,
)
settings.load_profile("learnhabit")


@pytest.fixture(autouse=True)
def _isolated(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home of its own and UTC for every test; nothing of this machine, nor another test, that could change it."""
    for name in foreign_variables():
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("PATH", f"{ALONE}{os.pathsep}{os.environ['PATH']}")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the property tests, so that a campaign finds them."""
    for item in items:
        if PROPERTY_FOLDER in item.path.parents:
            item.add_marker(pytest.mark.property)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With LEARNHABIT_REQUIRE_ALL=1, a test that would be skipped fails."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that would be skipped."""
    report = yield
    if REQUIRE_ALL and report.skipped:
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"LEARNHABIT_REQUIRE_ALL is set, and nothing may be skipped: {reason}"
