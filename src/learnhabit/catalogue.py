"""The only door to `resources/`: topics, what there is to read, advice. Read on the first run and after an upgrade."""

from __future__ import annotations

from pathlib import Path

from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class CatalogueResource(Record):
    """A paper, course, book, article, documentation or code base of a topic."""

    id: str
    """A slug, unique among all resources."""
    title: str
    kind: str
    """`paper`, `course`, `book`, `article`, `docs` or `code`."""
    authors: str
    year: int | None
    """None for a living document, whose year would mislead."""
    url: str
    minutes: int
    """An estimate of the time it takes."""
    level: str
    """`intro`, `core` or `deep`."""


class CatalogueTopic(Record):
    """A topic one can study."""

    id: str
    """A slug, and the name of its file."""
    title: str
    aliases: tuple[str, ...]
    """Other names that mean this topic and no other, lower case."""
    theme: str
    who: tuple[str, ...]
    """Who raised it."""
    why: str
    summary: str
    prerequisites: tuple[str, ...]
    """Ids of topics that make this one easier; advice, never a lock."""
    subtopics: tuple[str, ...]
    first_step: str
    """Something small enough for today."""
    project: str
    """Something for a weekend."""
    questions: tuple[str, ...]
    resources: tuple[CatalogueResource, ...]


class Advice(Record):
    """A piece of habit advice and where it comes from."""

    id: str
    kind: str
    """`letter` or `science`."""
    moment: str
    """When it fits: `start`, `daily`, `after-session`, `missed-day`, `run`, `behind` and so on."""
    text: str
    why: str
    authors: str
    source: str
    """The title of the source."""
    year: int | None
    url: str


class Catalogue(Record):
    """Everything in `resources/`, in the order in which it is shown."""

    themes: tuple[str, ...]
    topics: tuple[CatalogueTopic, ...]
    advice: tuple[Advice, ...]


def root() -> Path:
    """The folder of the resources; LearnhabitError when an installation lacks it.

    An installed wheel has it inside the package, a checkout beside `src`.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "_resources", package.parents[1] / "resources"):
        if folder.is_dir():
            return folder
    raise LearnhabitError("The program's own files are missing", f"{package} is not complete: install learnhabit again")


def load() -> Catalogue:
    """Read the catalogue; LearnhabitError when a file of it is missing or can't be read."""
    order = _read("catalogue.toml")
    return Catalogue(
        themes=tuple(order["themes"]),
        topics=tuple(_topic(_read(f"topics/{topic}.toml")) for topic in order["topics"]),
        advice=tuple(Advice(**{"year": None, **entry}) for entry in _read("advice.toml")["advice"]),
    )


def digest() -> str:
    """A SHA-256 over the names and bytes of the catalogue's files: it changes when the catalogue does."""
    import hashlib

    folder = root()
    total = hashlib.sha256()
    for path in sorted([folder / "advice.toml", folder / "catalogue.toml", *folder.glob("topics/*.toml")]):
        content = _bytes(path)
        total.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _topic(values: dict[str, Any]) -> CatalogueTopic:
    lists = ("aliases", "who", "prerequisites", "subtopics", "questions")
    resources = tuple(CatalogueResource(**{"year": None, **entry}) for entry in values["resources"])
    return CatalogueTopic(**{**values, **{name: tuple(values[name]) for name in lists}, "resources": resources})


def _read(name: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(_bytes(root() / name).decode())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LearnhabitError(
            "The program's own files can't be read", f"{path}: {error.strerror}; install learnhabit again"
        ) from error
