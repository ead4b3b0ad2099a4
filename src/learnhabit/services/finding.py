"""From what a person typed to the session or topic that is meant."""

from __future__ import annotations

from learnhabit.domain.session import Session
from learnhabit.domain.text import accept, quoted
from learnhabit.domain.topic import MOST_LISTED, TopicName, match_topic
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.workspace import Workspace
from learnhabit.storage.sessions import ids_ending_with, last_session_id, session_by_id

_ID_CHARACTERS = frozenset("0123456789abcdef-")


def find_session(workspace: Workspace, reference: str) -> Session:
    """The session whose id ends with `reference`, or the one entered last for `last`.

    Raises UsageError when no id or more than one ends so.
    """
    store = workspace.store
    if reference == "last":
        session_id = last_session_id(store)
        if session_id is None:
            raise LearnhabitError("There is no session yet", "log one first: learnhabit log 45m rag")
    else:
        wanted = reference.strip().lower()
        ids = ids_ending_with(store, wanted) if wanted and _ID_CHARACTERS.issuperset(wanted) else []
        if not ids:
            raise UsageError(
                f"No session “{reference}”", "learnhabit sessions shows the end of each id; `last` names the latest"
            )
        if len(ids) > 1:
            raise UsageError(f"More than one session ends with “{reference}”", f"type more of it: {', '.join(ids)}")
        session_id = ids[0]
    session = session_by_id(store, session_id)
    if session is None:
        raise workspace.damage_or(
            LearnhabitError(f"The session “{reference}” is gone", "another program has just deleted it")
        )
    return session


def find_topic(workspace: Workspace, reference: str) -> TopicName:
    """The topic that a text names; UsageError when none or several are meant."""
    return match_topic(accepted(workspace, reference), workspace.names)


def find_resource(workspace: Workspace, reference: str) -> str:
    """The id of a resource by its id, its title, the beginning of one, or words of its title.

    The first of these that a single resource fits wins. UsageError when none does, or several.
    """
    wanted = " ".join(accepted(workspace, reference).casefold().split())
    rows = [
        (row[0], f" {row[1].casefold()}", row[1])
        for row in workspace.store.all("SELECT id, title FROM resource WHERE deleted_at IS NULL ORDER BY position, seq")
    ]
    several: list[tuple[str, str, str]] = []
    for fits in (
        lambda row: row[0] == reference or row[0] == wanted,
        lambda row: row[1] == f" {wanted}",
        lambda row: row[0].startswith(wanted) or row[1].startswith(f" {wanted}"),
        lambda row: f" {wanted}" in row[1],
    ):
        found = [row for row in rows if wanted and fits(row)]
        if len(found) == 1:
            return str(found[0][0])
        several = several or found
    if several:
        listed = "; ".join(f"{title} ({name})" for name, _, title in several[:MOST_LISTED])
        more = f"; and {len(several) - MOST_LISTED} more" if len(several) > MOST_LISTED else ""
        raise UsageError(f"{quoted(reference)} fits several resources", f"type more of one: {listed}{more}")
    raise UsageError(f"Unknown resource {quoted(reference)}", "learnhabit resource list TOPIC lists what there is")


def accepted(workspace: Workspace, text: str) -> str:
    """Text as it may be stored; a warning is kept when characters that can't be stored were left out."""
    clean, changed = accept(text)
    if changed:
        warning = "Characters that can't be stored (NUL, broken Unicode) were left out."
        if warning not in workspace.warnings:
            workspace.warnings.append(warning)
    return clean
