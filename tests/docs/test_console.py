"""Every command that the documentation shows with its answer gives that answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.console import Reader, steps
from tests.docs.pages import DOCS, ROOT, name_of, pages

WITH_COMMANDS = [page for page in pages() if steps(page)]


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=name_of)
def test_commands_print_what_the_page_says(page: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    for step in steps(page):
        printed = reader.run(step)
        assert reader.learn(step, printed), (
            f"{name_of(page)}:{step.line}: $ {step.command}\n"
            + "\n".join(printed)
            + f"\n(python -m tests.docs.console {name_of(page)} writes this into the page)"
        )


def test_the_tutorial_the_guides_and_the_readme_run() -> None:
    tutorials = list((DOCS / "tutorial").glob("*.md"))
    assert tutorials
    assert {*tutorials, *(DOCS / "how-to").glob("*.md"), ROOT / "README.md"} <= set(WITH_COMMANDS)


def test_the_tutorial_shows_no_command_that_does_not_run() -> None:
    for page in (DOCS / "tutorial").glob("*.md"):
        fences = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("```")]
        assert set(fences[::2]) == {"```console"}


def test_the_readme_has_ten_commands_to_know() -> None:
    readme = ROOT / "README.md"
    rows = readme.read_text(encoding="utf-8").splitlines()
    first, behind = rows.index("## Ten commands to know"), rows.index("## Resolutions")
    assert sum(first < step.line < behind for step in steps(readme)) == 10


class TestReader:
    """What keeps the pages honest must itself be right."""

    def _page(self, folder: Path, text: str) -> Path:
        page = folder / "page.md"
        page.write_text(text, encoding="utf-8")
        return page

    def test_a_wrong_answer_is_seen(self, tmp_path: Path) -> None:
        page = self._page(tmp_path, "<!-- now 2026-03-02T20:00+01:00 -->\n```console\n$ echo one\ntwo\n```\n")
        (step,) = steps(page)
        reader = Reader(tmp_path)
        assert not reader.learn(step, reader.run(step))

    def test_a_wrong_exit_code_is_seen(self, tmp_path: Path) -> None:
        page = self._page(tmp_path, "<!-- now 2026-03-02T20:00+01:00 -->\n```console\n$ exit 3\n```\n")
        with pytest.raises(AssertionError, match="exit 3"):
            Reader(tmp_path).run(steps(page)[0])

    def test_an_id_stands_for_one_real_id(self, tmp_path: Path) -> None:
        reader = Reader(tmp_path)
        page = self._page(
            tmp_path,
            "<!-- now 2026-03-02T20:00+01:00 -->\n```console\n$ echo id a1b2c3\nid a1b2c3\n```\n",
        )
        (step,) = steps(page)
        assert reader.learn(step, ["id ffff00"])
        assert reader.run(step) == ["id ffff00"]
        assert not reader.learn(step, ["id 111111"])

    def test_lines_may_be_left_out(self, tmp_path: Path) -> None:
        page = self._page(
            tmp_path,
            "<!-- now 2026-03-02T20:00+01:00 -->\n```console\n$ printf '1\\n2\\n3\\n'\n1\n…\n3\n```\n",
        )
        (step,) = steps(page)
        reader = Reader(tmp_path)
        assert reader.learn(step, reader.run(step))
        assert not reader.learn(step, ["1", "2"])
