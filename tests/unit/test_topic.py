"""Which topic a few words mean, tier by tier."""

from __future__ import annotations

import pytest

from learnhabit.domain.topic import TopicName, match_topic, names_any, names_exactly, take_topic
from learnhabit.errors import UsageError


def topic(topic_id: str, title: str, *aliases: str) -> TopicName:
    return TopicName(id=topic_id, title=title, aliases=aliases)


NAMES = (
    topic("efficient-fine-tuning", "Efficient fine-tuning", "lora", "peft", "parameter-efficient fine-tuning"),
    topic("rag", "Retrieval-augmented generation", "retrieval", "vector search"),
    topic("multimodal-models", "Multimodal models", "vision language", "VLM"),
    topic("multi-agent", "Systems of many agents", "agents"),
    topic("model-audits", "Audits of models", "red teaming"),
    topic("models", "What a model is", "weights"),
    topic("ragged-arrays", "Ragged arrays", "arrays"),
    topic("strasse", "Straße & Café", "検索"),
    topic("first-twin", "Twins", "one twin", "shared"),
    topic("second-twin", "twins", "other twin", "Shared"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # an exact id
        ("rag", "rag"),
        ("RAG", "rag"),
        ("models", "models"),
        ("efficient-fine-tuning", "efficient-fine-tuning"),
        ("efficient fine tuning", "efficient-fine-tuning"),
        ("Efficient  Fine-Tuning", "efficient-fine-tuning"),
        # an exact alias or title
        ("lora", "efficient-fine-tuning"),
        ("LoRA", "efficient-fine-tuning"),
        ("vlm", "multimodal-models"),
        ("agents", "multi-agent"),
        ("retrieval augmented generation", "rag"),
        ("retrieval-augmented-generation", "rag"),
        ("vector-search", "rag"),
        ("STRASSE & café", "strasse"),
        ("検索", "strasse"),
        # the start of one
        ("eff", "efficient-fine-tuning"),
        ("pe", "efficient-fine-tuning"),
        ("retr", "rag"),
        ("multimodal", "multimodal-models"),
        ("multi-a", "multi-agent"),
        ("vision", "multimodal-models"),
        ("ragg", "ragged-arrays"),
        ("red", "model-audits"),
        ("検", "strasse"),
        # the start of the rest of one from any of its words on
        ("fine-tuning", "efficient-fine-tuning"),
        ("tuning", "efficient-fine-tuning"),
        ("tun", "efficient-fine-tuning"),
        ("fine tun", "efficient-fine-tuning"),
        ("augmented", "rag"),
        ("search", "rag"),
        ("language", "multimodal-models"),
        ("many", "multi-agent"),
        ("teaming", "model-audits"),
        ("of many", "multi-agent"),
        # a tier with several is no end: the twins share a title, their own words tell them apart
        ("one twin", "first-twin"),
        ("other", "second-twin"),
        ("first", "first-twin"),
    ],
)
def test_match(text: str, found: str) -> None:
    assert match_topic(text, NAMES).id == found


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("multi", ["multimodal-models", "multi-agent"]),
        ("twins", ["first-twin", "second-twin"]),
        ("shared", ["first-twin", "second-twin"]),
        ("mode", ["model-audits", "models"]),
        ("m", ["multimodal-models", "multi-agent", "model-audits", "models"]),
    ],
)
def test_several(text: str, listed: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        match_topic(text, NAMES)
    assert caught.value.title == f"“{text}” fits several topics"
    assert [name.id for name in NAMES if f"({name.id})" in caught.value.hint] == listed


def test_a_single_one_in_a_later_tier_wins_over_several_before() -> None:
    """By the first tier with a single match: two begin so, but one of them is called exactly so."""
    names = (topic("a", "Deep learning"), topic("b", "Deep learning theory"))
    assert match_topic("deep learning", names).id == "a"
    names = (topic("a", "Deep x", "deep y"), topic("b", "Deep z"))
    with pytest.raises(UsageError):
        match_topic("deep", names)


def test_six_are_listed() -> None:
    names = [topic(f"deep-{number}", f"Deep {number}") for number in range(9)]
    with pytest.raises(UsageError) as caught:
        match_topic("deep", names)
    assert caught.value.hint.count("Deep") == 6
    assert caught.value.hint.endswith("; and 3 more")


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("raag", "rag"),
        ("multimodel-modals", "multimodal-models"),
        ("lroa", "efficient-fine-tuning"),
        ("quantum knitting", ""),
        ("", ""),
        (" ", ""),
        ("-", ""),
        ("x" * 10_000, ""),
        ("ning", ""),
    ],
)
def test_unknown(text: str, near: str) -> None:
    with pytest.raises(UsageError) as caught:
        match_topic(text, NAMES)
    assert caught.value.title.startswith("Unknown topic “")
    assert len(caught.value.title) < 90
    assert "learnhabit topics" in caught.value.hint
    assert near in caught.value.hint
    assert ("did you mean" in caught.value.hint) == bool(near)


def test_no_topics_at_all() -> None:
    with pytest.raises(UsageError):
        match_topic("rag", ())
    with pytest.raises(UsageError):
        take_topic(["rag"], ())


@pytest.mark.parametrize(
    ("words", "found", "rest"),
    [
        ("rag", "rag", ""),
        ("rag chunking", "rag", "chunking"),
        ("vector search engines", "rag", "engines"),
        ("vector search", "rag", ""),
        ("vector engines", "rag", "engines"),
        ("fine tuning LoRA", "efficient-fine-tuning", "tuning LoRA"),
        ("efficient fine tuning LoRA", "efficient-fine-tuning", "LoRA"),
        ("Efficient Fine-Tuning LoRA", "efficient-fine-tuning", "LoRA"),
        ("parameter efficient fine tuning x", "efficient-fine-tuning", "x"),
        ("parameter efficient methods", "efficient-fine-tuning", "efficient methods"),
        ("models of the world", "models", "of the world"),
        ("multimodal models of the world", "multimodal-models", "of the world"),
        ("retrieval augmented generation augmented", "rag", "augmented"),
        ("retrieval augmented things", "rag", "augmented things"),
        ("one twin", "first-twin", ""),
        ("straße & café noir", "strasse", "noir"),
    ],
)
def test_take(words: str, found: str, rest: str) -> None:
    taken, left = take_topic(words.split(), NAMES)
    assert (taken.id, " ".join(left)) == (found, rest)


def test_of_several_runs_the_longest() -> None:
    names = (
        topic("a", "deep"),
        topic("b", "deep learning"),
        topic("c", "deep learning theory"),
        topic("d", "learning"),
    )
    assert take_topic(["deep", "learning", "theory", "of", "nets"], names) == (names[2], ["of", "nets"])
    assert take_topic(["deep", "learning", "of", "nets"], names) == (names[1], ["of", "nets"])
    assert take_topic(["deep", "nets"], names) == (names[0], ["nets"])


@pytest.mark.parametrize(
    ("text", "exactly", "at_all"),
    [
        ("rag", True, True),
        ("vector search", True, True),
        ("vect", False, True),
        ("x", False, False),
        ("", False, False),
    ],
)
def test_names(text: str, exactly: bool, at_all: bool) -> None:
    assert names_exactly(text, NAMES) is exactly
    assert names_any(text, NAMES) is at_all
