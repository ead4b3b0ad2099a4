"""Commands whose first word says what to do: one way to read it, to count the others, and to write the usage."""

from __future__ import annotations

from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeVar

    from learnhabit.services.workspace import Workspace

    Place = TypeVar("Place")
    ActionOn = tuple[Callable[[Place, Sequence[str], Namespace], None], str, int, int | None]
    Action = ActionOn[Workspace]


def act(
    command: str, actions: Mapping[str, ActionOn[Place]], place: Place, options: Namespace, *, alone: str | None = None
) -> None:
    """Do what the first word says with the others, on a workspace or a folder; `alone` is done without any.

    An action is its function, the words it takes, the fewest and the most of them. UsageError for another word, and
    when there are too few or too many.
    """
    action, *words = options.words or ([alone] if alone else [""])
    if action not in actions:
        raise UsageError(f"learnhabit {command} has no “{action}”", f"there are {', '.join(actions)}")
    deed, takes, least, most = actions[action]
    if len(words) < least:
        raise UsageError(f"learnhabit {command} {action}: something is missing", f"it takes {takes}")
    if most is not None and len(words) > most:
        raise UsageError(
            f"learnhabit {command} {action}: too many words, from “{words[most]}” on",
            f"it takes {takes}; quote what holds blanks" if takes else "it takes none",
        )
    deed(place, words, options)


def usage(actions: Mapping[str, ActionOn[Place]]) -> str:
    """What the command takes, for its usage line."""
    return " | ".join(f"{name} {takes}".strip() for name, (_, takes, _, _) in actions.items())
