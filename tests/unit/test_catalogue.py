"""The catalogue says what it should: complete, unambiguous, short enough for the screen, and free of odd characters."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from learnhabit import catalogue
from learnhabit.catalogue import Catalogue, digest, load
from learnhabit.errors import LearnhabitError

MOMENTS = {
    "start",
    "daily",
    "after-session",
    "missed-day",
    "run",
    "behind",
    "ahead",
    "weekly-review",
    "year-end",
    "new-year",
    "community",
}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.fixture(scope="module")
def whole() -> Catalogue:
    return load()


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "resources"
    shutil.copytree(catalogue.root(), folder)
    monkeypatch.setattr(catalogue, "root", lambda: folder)
    return folder


def _texts(value: object) -> Iterator[str]:
    """Every text in a record, a tuple or a text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif hasattr(value, "__dict__"):
        for part in vars(value).values():
            yield from _texts(part)


def test_it_is_complete(whole: Catalogue) -> None:
    assert len(whole.themes) == 7
    assert len(whole.topics) == 26
    assert sum(len(topic.resources) for topic in whole.topics) == 232
    assert Counter(advice.kind for advice in whole.advice) == {"letter": 12, "science": 38}


def test_every_topic_file_is_listed(whole: Catalogue) -> None:
    files = {path.stem for path in catalogue.root().glob("topics/*.toml")}
    assert [topic.id for topic in whole.topics if topic.id not in files] == []
    assert files == {topic.id for topic in whole.topics}


def test_every_theme_has_topics_and_every_topic_a_theme(whole: Catalogue) -> None:
    assert set(whole.themes) == {topic.theme for topic in whole.topics}


def test_ids_are_slugs_and_unique(whole: Catalogue) -> None:
    for ids in (
        [topic.id for topic in whole.topics],
        [resource.id for topic in whole.topics for resource in topic.resources],
        [advice.id for advice in whole.advice],
    ):
        assert len(set(ids)) == len(ids)
        assert [each for each in ids if not SLUG.fullmatch(each) or len(each) > 40] == []


def test_prerequisites_exist_and_never_run_in_a_circle(whole: Catalogue) -> None:
    waiting = {topic.id: set(topic.prerequisites) for topic in whole.topics}
    assert set().union(*waiting.values()) <= waiting.keys()
    while waiting:
        free = {topic for topic, needed in waiting.items() if not needed & waiting.keys()}
        assert free, f"a circle among {sorted(waiting)}"
        waiting = {topic: needed for topic, needed in waiting.items() if topic not in free}


def test_every_name_means_one_topic_only(whole: Catalogue) -> None:
    names = Counter(
        name.casefold() for topic in whole.topics for name in {topic.id, topic.title.casefold(), *topic.aliases}
    )
    assert [name for name, times in names.items() if times > 1] == []
    assert [alias for topic in whole.topics for alias in topic.aliases if alias != alias.lower()] == []


def test_resources_are_of_a_known_kind_and_level(whole: Catalogue) -> None:
    resources = [resource for topic in whole.topics for resource in topic.resources]
    assert {resource.kind for resource in resources} == {"paper", "course", "book", "article", "docs", "code"}
    assert {resource.level for resource in resources} == {"intro", "core", "deep"}
    assert all(5 <= resource.minutes <= 3000 for resource in resources)


def test_years_are_plausible(whole: Catalogue) -> None:
    years = [resource.year for topic in whole.topics for resource in topic.resources]
    years += [advice.year for advice in whole.advice]
    assert [year for year in years if year is not None and not 1900 <= year <= 2100] == []


def test_links_are_well_formed_and_unique(whole: Catalogue) -> None:
    links = [resource.url for topic in whole.topics for resource in topic.resources]
    assert len(set(links)) == len(links)
    for link in [*links, *(advice.url for advice in whole.advice)]:
        parts = urlsplit(link)
        assert parts.scheme in ("https", "http"), link
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", parts.netloc), link
        assert not re.search(r"[\s<>\"\\^`{|}]", link), link


def test_moments_are_those_that_advice_is_picked_by(whole: Catalogue) -> None:
    assert {advice.moment for advice in whole.advice} == MOMENTS


def test_nothing_is_too_long_for_its_place(whole: Catalogue) -> None:
    for topic in whole.topics:
        assert 3 <= len(topic.title) <= 60, topic.id
        assert all(len(text) <= 160 for text in (topic.why, topic.summary, topic.first_step, topic.project)), topic.id
        assert all(text[-1] in ".?!" for text in (topic.why, topic.summary, topic.first_step, topic.project)), topic.id
        assert 1 <= len(topic.who) <= 4, topic.id
        assert 3 <= len(topic.aliases) <= 8, topic.id
        assert all(2 <= len(alias) <= 45 for alias in topic.aliases), topic.id
        assert 5 <= len(topic.subtopics) <= 10, topic.id
        assert all(len(subtopic) <= 45 for subtopic in topic.subtopics), topic.id
        assert len(topic.questions) == 3, topic.id
        assert all(len(question) <= 100 and question[-1] in ".?" for question in topic.questions), topic.id
        assert 8 <= len(topic.resources) <= 9, topic.id
        for resource in topic.resources:
            assert 3 <= len(resource.title) <= 110, resource.id
            assert 2 <= len(resource.authors) <= 60, resource.id
            assert len(resource.url) <= 120, resource.id
    for advice in whole.advice:
        assert len(advice.text) <= 120, advice.id
        assert len(advice.why) <= 110, advice.id
        assert len(advice.authors) <= 100, advice.id
        assert len(advice.source) <= 130, advice.id


def test_texts_hold_no_odd_character(whole: Catalogue) -> None:
    for text in _texts(whole):
        assert text, "an empty text"
        assert text == " ".join(text.split()), text
        assert text == unicodedata.normalize("NFC", text), text
        assert [character for character in text if unicodedata.category(character)[0] == "C"] == [], text


def test_the_digest_changes_with_a_file_and_with_a_name(copied: Path) -> None:
    digests = {digest()}
    path = copied / "topics" / "edge-ai.toml"
    path.write_text(path.read_text().replace("weakest", "oldest"))
    digests.add(digest())
    path.rename(path.with_name("edge.toml"))
    digests.add(digest())
    assert len(digests) == 3


def test_the_digest_is_that_of_the_files_alone(copied: Path) -> None:
    before = digest()
    (copied / "notes.txt").write_text("not a part of the catalogue")
    assert digest() == before


def test_a_missing_file_is_named(copied: Path) -> None:
    (copied / "topics" / "edge-ai.toml").unlink()
    with pytest.raises(LearnhabitError, match=r"edge-ai\.toml"):
        load()


def test_an_installation_without_resources_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "__file__", str(tmp_path / "site" / "learnhabit" / "catalogue.py"))
    with pytest.raises(LearnhabitError, match="install learnhabit again"):
        catalogue.root()
