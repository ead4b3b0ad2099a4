"""What people write about their study: notes, takeaways and tags of realistic length, from a topic's own words."""

from __future__ import annotations

import random

from learnhabit.catalogue import CatalogueTopic

NOTES_PER_TOPIC = 160
TAKEAWAYS_PER_TOPIC = 100
TAGS = (
    "paper", "course", "book", "video", "reread", "code", "project", "evening", "commute", "café", "train",
    "with-anna", "reading-group", "hard", "exam", "überblick",
)  # fmt: skip

_PLACES = (
    "chapter {n}",
    "section {n}",
    "lecture {n}",
    "pages {n}–{m}",
    "exercise {n}",
    "figure {n}",
    "up to {n}:{m:02}",
)
_DEEDS = (
    "{place}: {subtopic}",
    "{place}, {subtopic}; stopped where it gets hard",
    "{subtopic}",
    "notes on {subtopic}, {place}",
    "{place} again, slower this time",
    "tried the example for {subtopic}, it runs now",
    "flash cards for {subtopic} and {other}",
    "compared {subtopic} with {other}, {place}",
    "talk about {subtopic}; the second half is about {other}",
    "“{question}” – wrote half a page, still unsure",
    "{subtopic} 📖 {place}",
)
_INSIGHTS = (
    "{subtopic} only makes sense once {other} is clear.",
    "The point of {subtopic} is not the method, it is what one measures with it.",
    "{question} I can answer that now in two sentences.",
    "Most of what I took for {subtopic} was {other}. Draw it next time, before reading on.",
    "Start from a small example: with three items by hand, {subtopic} needs no formula at all.",
    "{place} says it best: {subtopic} costs little and shows quickly whether {other} is worth the time.",
    "Open question for tomorrow: how does {subtopic} change when there is ten times as much data? The paper is silent"
    " about it, the code hints that {other} breaks first.",
    "Explain {subtopic} to someone who has never heard of it: it is a way to say in advance what would count as a"
    " mistake, and then to look for exactly that. {other} is the same idea, seen from the other side.",
)


class Words:
    """A pool of texts for each topic, made once, since a million sentences would take longer than the rest."""

    def __init__(self, topics: tuple[CatalogueTopic, ...], chance: random.Random) -> None:
        self.notes: dict[str, list[str]] = {}
        self.takeaways: dict[str, list[str]] = {}
        for topic in topics:
            self.notes[topic.id] = [_fill(chance, _DEEDS, topic) for _ in range(NOTES_PER_TOPIC)]
            self.takeaways[topic.id] = [_fill(chance, _INSIGHTS, topic) for _ in range(TAKEAWAYS_PER_TOPIC)]


def _fill(chance: random.Random, patterns: tuple[str, ...], topic: CatalogueTopic) -> str:
    number = chance.randrange(1, 60)
    place = chance.choice(_PLACES).format(n=number, m=number + chance.randrange(1, 25))
    subtopic, other = chance.choice(topic.subtopics), chance.choice(topic.subtopics)
    text = chance.choice(patterns).format(
        place=place, subtopic=subtopic, other=other, question=chance.choice(topic.questions)
    )
    return text[0].upper() + text[1:] if patterns is _INSIGHTS else text
