"""The picture of the house against the house."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.docs.pages import DOCS, ROOT, section, spans

PAGE = DOCS / "explanation" / "architecture.md"
PACKAGE = ROOT / "src" / "learnhabit"
LISTED_WHOLE = ("domain", "storage", "services", "cli")
"""Packages of which the page names every module; of the app it names those that hold it together."""


def packages() -> set[str]:
    return {each.name for each in PACKAGE.iterdir() if (each / "__init__.py").exists()}


def modules(package: str) -> set[str]:
    return {each.stem for each in (PACKAGE / package).iterdir() if each.suffix == ".py" and each.stem != "__init__"}


def rooms() -> dict[str, list[str]]:
    """What the page names in each room, in order."""
    found = {}
    for paragraph in section(PAGE, "Rooms").text.strip().split("\n\n"):
        first, *rest = spans(paragraph)
        if first.endswith("/") and paragraph.startswith(f"`{first}`:"):
            found[first.rstrip("/")] = rest
    return found


def test_the_layers_are_those_of_the_import_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = [each["layers"] for each in contracts if each["type"] == "layers"]
    # Packages in parentheses are allowed for, and not there yet.
    real = [re.findall(r"\w+", re.sub(r"\(\w+\)", "", layer)) for layer in layers]
    picture = re.search(r"(?s)```text\n(.*?)```", section(PAGE, "Layers").text)
    assert picture
    drawn = [line.split("  ")[0].split(" · ") for line in picture[1].splitlines()]
    assert drawn == real


def test_every_package_has_a_room() -> None:
    assert set(rooms()) == packages()


@pytest.mark.parametrize("package", sorted(rooms()))
def test_the_rooms_hold_what_the_page_says(package: str) -> None:
    named = [each.removeprefix(f"{package}/") for each in rooms()[package]]
    assert len(named) == len(set(named))
    for each in named:
        folder = PACKAGE / package / each
        assert folder.is_dir() if each.endswith("/") else folder.with_suffix(".py").exists(), each
    if package in LISTED_WHOLE:
        assert set(named) == modules(package)


def test_paths_and_functions_that_are_mentioned_exist() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for path in re.findall(r"`([a-z_]+(?:/[a-z_]+)+(?:\.py)?)`", text):
        assert (PACKAGE / path).exists(), path
    for folder in ("resources", "tests", "docs", "scripts", "requirements"):
        assert f"`{folder}/`" in text
        assert (ROOT / folder).is_dir()
    services = "".join(each.read_text(encoding="utf-8") for each in (PACKAGE / "services").glob("*.py"))
    for function in ("today_view", "log_page", "status", "open_workspace", "log"):
        assert f"def {function}(" in services
