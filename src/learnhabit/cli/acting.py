"""Commands whose first word says what to do: one way to read it and to count the others."""

from __future__ import annotations

from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any


class Deed:
    """What a command does at one of its first words, on a workspace or a folder.

    `takes` names the words that it takes, such as `ID DAY`; `least` and `most` say how many there may be.
    """

    def __init__(
        self,
        run: Callable[[Any, Sequence[str], Namespace], None],
        about: str,
        takes: str = "",
        least: int = 0,
        most: int | None = 0,
    ) -> None:
        self.run = run
        self.about = about
        self.takes = takes
        self.least = least
        self.most = most


def by_deed(command: str, deeds: Mapping[str, Deed]) -> Callable[[Any, Namespace], None]:
    """What runs a command: the deed that its first word names, with the others.

    It raises UsageError for another word, and when there are too few or too many.
    """

    def run(place: Any, options: Namespace) -> None:
        name, *words = options.words or [""]
        if name not in deeds:
            said = f"{command}: there is no “{name}”" if name else f"{command}: something is missing"
            raise UsageError(said, f"there are {', '.join(deeds)}")
        deed = deeds[name]
        if len(words) < deed.least:
            raise UsageError(f"{command} {name}: something is missing", f"it takes {deed.takes}")
        if deed.most is not None and len(words) > deed.most:
            raise UsageError(
                f"{command} {name}: too many words, from “{words[deed.most]}” on",
                f"it takes {deed.takes}; quote what holds blanks" if deed.takes else "it takes none",
            )
        deed.run(place, words, options)

    return run
