"""Making resolutions, and changing them: target, check-ins, words, scope, end, letting go, carrying over."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.day_text import long_day
from learnhabit.domain.day_words import read_day
from learnhabit.domain.resolution import Resolution
from learnhabit.domain.resolution_draft import LONGEST_STATEMENT, Draft, read_target
from learnhabit.domain.resolution_line import read_resolution
from learnhabit.domain.resolution_period import read_last_day
from learnhabit.domain.resolution_words import target_text, understood
from learnhabit.domain.text import display_line, quoted
from learnhabit.domain.topic import match_topic
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.finding import accepted
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.services.resolutions import find_resolution, resolutions, standings
from learnhabit.services.workspace import Workspace
from learnhabit.storage.resolutions import read_check_ins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.storage.store import Change

LONGEST_TEXT = 500
"""Characters of a cue or a reason."""
MOST_CHECKED_IN = 10_000
"""At once; a larger number is a typing error."""


def add_resolution(workspace: Workspace, line: str, cue: str = "") -> tuple[ResolutionView, str]:
    """Make a resolution of one line of plain words; (the resolution, what was understood in one sentence).

    Raises UsageError when the line can't be read, AmbiguousLine when it may mean several things.
    """
    draft = read_resolution(accepted(workspace, line), workspace.names, workspace.calendar)
    if cue.strip():
        draft = draft.replace(cue=_text(workspace, cue, "cue"))
    titles = {name.id: name.title for name in workspace.names}
    resolution_id = workspace.new_id()
    with workspace.change(f"resolved {quoted(draft.statement)}") as change:
        insert_resolution(change, workspace, resolution_id, draft, None)
    return _view(workspace, resolution_id), understood(draft, titles, workspace.today)


def insert_resolution(
    change: Change, workspace: Workspace, resolution_id: str, draft: Draft, carried_from: str | None
) -> None:
    """Write a resolution made of a draft, and its aim."""
    today = workspace.today.isoformat()
    change.insert(
        "resolution",
        resolution_id,
        {
            "statement": draft.statement,
            "measure": draft.measure,
            "kind": draft.kind,
            "scope": "\n".join(draft.scope),
            "per": draft.per,
            "period_start": draft.period_start.isoformat(),
            "made_on": today,
            "cue": draft.cue,
            "carried_from": carried_from,
        },
    )
    _aim(change, workspace, resolution_id, draft.target, draft.period_end)


def _aim(change: Change, workspace: Workspace, resolution_id: str, target: int, period_end: date) -> None:
    change.insert(
        "resolution_aim",
        workspace.new_id(),
        {
            "resolution": resolution_id,
            "entered_on": workspace.today.isoformat(),
            "target": target,
            "period_end": period_end.isoformat(),
        },
    )


def set_target(workspace: Workspace, reference: str, text: str) -> ResolutionView:
    """Aim higher or lower from today on; the first target is kept."""
    found = _running(workspace, reference)
    if found.measure == "done":
        raise LearnhabitError(
            f"{quoted(found.statement)} has no number to change", "it is kept with a check-in, or let go"
        )
    target = read_target(accepted(workspace, text), found.measure, found.per)
    said = target_text(target, found.measure, found.kind, found.per)
    if target == found.target:
        raise LearnhabitError(f"The target is {said} already", "nothing was changed")
    with workspace.change(f"set the target of {quoted(found.statement)} to {said}") as change:
        _aim(change, workspace, found.id, target, found.period_end)
    return _view(workspace, found.id)


def check_in(workspace: Workspace, reference: str, amount: str | None = None, on: str | None = None) -> ResolutionView:
    """Note that something was done, today or on a day of the period; only for `count` and `done`."""
    found = find_resolution(workspace, reference)
    if found.measure not in ("count", "done"):
        how = (
            "resources count when they are finished: learnhabit resource done ID"
            if found.measure == "resources"
            else "it is counted from what you log: learnhabit log 45m rag"
        )
        raise LearnhabitError(f"{quoted(found.statement)} takes no check-ins", how)
    if found.let_go_on is not None:
        raise _let_go(found)
    number = _number(amount)
    day = read_day(accepted(workspace, on), workspace.calendar) if on is not None else workspace.today
    if day > workspace.today:
        raise LearnhabitError(f"{long_day(day)} is still to come", "check in when it is done")
    if not found.period_start <= day <= found.period_end:
        raise LearnhabitError(
            f"{long_day(day)} lies outside the resolution",
            f"it goes from {long_day(found.period_start)} to {long_day(found.period_end)}",
        )
    if found.measure == "done":
        if number != 1:
            raise UsageError("It is done or not", "leave the number out")
        done = min(read_check_ins(workspace.store, found.id), default=None)
        if done is not None:
            raise LearnhabitError(f"{quoted(found.statement)} is done already", f"since {long_day(done)}")
    said = "checked in" if number == 1 else f"checked in {number}"
    with workspace.change(f"{said} for {quoted(found.statement)}") as change:
        change.insert(
            "check_in", workspace.new_id(), {"resolution": found.id, "day": day.isoformat(), "amount": number}
        )
    return _view(workspace, found.id)


def _number(text: str | None) -> int:
    if text is None:
        return 1
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) < 9 and 1 <= int(plain) <= MOST_CHECKED_IN):
        raise UsageError(
            f"{quoted(text)} is no number of check-ins",
            f"a whole number from 1 to {MOST_CHECKED_IN:,}; learnhabit undo takes one back",
        )
    return int(plain)


def edit_resolution(
    workspace: Workspace,
    reference: str,
    *,
    statement: str | None = None,
    topics: Sequence[str] | None = None,
    until: str | None = None,
    cue: str | None = None,
) -> ResolutionView:
    """Change words, topics (none: all), last day or cue. The progress follows the topics, the plan the last day."""
    found = find_resolution(workspace, reference)
    values: dict[str, object] = {}
    if statement is not None and (words := _statement(workspace, statement)) != found.statement:
        values["statement"] = words
    if cue is not None and (words := _text(workspace, cue, "cue")) != found.cue:
        values["cue"] = words
    if topics is not None:
        if found.measure in ("count", "done") and topics:
            raise LearnhabitError(
                f"{quoted(found.statement)} has no topics", "it is counted by check-ins, whatever was studied"
            )
        scope = tuple(dict.fromkeys(match_topic(accepted(workspace, each), workspace.names).id for each in topics))
        if scope != found.scope:
            values["scope"] = "\n".join(scope)
    end = _new_end(workspace, found, until) if until is not None else found.period_end
    if not values and end == found.period_end:
        if statement is None and cue is None and topics is None and until is None:
            raise UsageError("Nothing to change", "--statement, --topic, --all-topics, --until or --cue")
        return _view(workspace, found.id)
    with workspace.change(f"edited {quoted(found.statement)}") as change:
        if values:
            change.update("resolution", found.id, values)
        if end != found.period_end:
            _aim(change, workspace, found.id, found.target, end)
    return _view(workspace, found.id)


def _new_end(workspace: Workspace, found: Resolution, until: str) -> date:
    end = read_last_day(accepted(workspace, until), workspace.today)
    if end == found.period_end:
        return end
    if found.let_go_on is not None:
        raise _let_go(found)
    if found.period_end < workspace.today:
        raise _over(found)
    if end < max(workspace.today, found.period_start):
        raise LearnhabitError(
            f"{long_day(end)} is too early an end",
            f"it may end from {long_day(max(workspace.today, found.period_start))} on; or let it go",
        )
    if (end - found.period_start).days > 3660:
        raise LearnhabitError(f"{long_day(end)} is too far away", "a resolution lasts ten years at most")
    return end


def let_go(workspace: Workspace, reference: str, why: str) -> ResolutionView:
    """Let a resolution go on purpose, with a reason, which is kept."""
    found = _running(workspace, reference)
    reason = _text(workspace, why, "reason")
    if not display_line(reason):
        raise UsageError("A reason is missing", 'one short sentence for the year\'s summary: --why "…"')
    with workspace.change(f"let go of {quoted(found.statement)}") as change:
        change.update("resolution", found.id, {"let_go_on": workspace.today.isoformat(), "let_go_why": reason})
    return _view(workspace, found.id)


def delete_resolution(workspace: Workspace, reference: str) -> ResolutionView:
    """Delete a resolution that was a mistake; what was logged stays, and undo brings it back."""
    found = find_resolution(workspace, reference)
    view = standings(workspace, [found])[0]
    with workspace.change(f"deleted the resolution {quoted(found.statement)}") as change:
        for table in ("check_in", "resolution_aim"):
            for row in workspace.store.all(
                f"SELECT id FROM {table} WHERE resolution = ? AND deleted_at IS NULL", found.id
            ):
                change.remove(table, row[0])
        change.remove("resolution", found.id)
    return view


def carry_over_choices(workspace: Workspace, year: int) -> tuple[ResolutionView, ...]:
    """What of the year before may go on in a year: not kept, or recurring; neither let go nor carried over already."""
    carried = {
        row[0]
        for row in workspace.store.all("SELECT carried_from FROM resolution WHERE deleted_at IS NULL")
        if row[0] is not None
    }
    return tuple(
        view
        for view in resolutions(workspace)
        if view.resolution.period_end.year == year - 1
        and view.resolution.period_end < workspace.today
        and view.resolution.id not in carried
        and (view.standing.state == "not kept" or (view.standing.state == "kept" and view.resolution.per is not None))
    )


def carry_over(workspace: Workspace, year: int, ids: Sequence[str] | None = None) -> tuple[ResolutionView, ...]:
    """Make last year's unfinished resolutions anew for a year: what remains of them; recurring and done ones whole.

    `ids` picks some of `carry_over_choices`; None takes all. LearnhabitError when there is nothing to carry over.
    """
    if year != workspace.today.year:
        hint = (
            f"from 1 Jan {year} on, when {year - 1} is over"
            if year > workspace.today.year
            else f"only to the running year, {workspace.today.year}"
        )
        raise LearnhabitError(f"Nothing can be carried over to {year} now", hint)
    choices = carry_over_choices(workspace, year)
    if ids is not None:
        wanted = [find_resolution(workspace, each) for each in ids]
        left_out = [each for each in wanted if each.id not in {view.resolution.id for view in choices}]
        if left_out:
            raise LearnhabitError(
                f"{quoted(left_out[0].statement)} can't be carried over to {year}",
                f"it is no unfinished resolution of {year - 1}, or it was carried over already",
            )
        choices = tuple(view for view in choices if view.resolution.id in {each.id for each in wanted})
    if not choices:
        raise LearnhabitError(
            f"There is nothing to carry over to {year}",
            f"no resolution of {year - 1} is unfinished, or they were carried over already",
        )
    made = []
    plural = "" if len(choices) == 1 else "s"
    with workspace.change(f"carried {len(choices)} resolution{plural} over to {year}") as change:
        for view in choices:
            made.append(workspace.new_id())
            insert_resolution(change, workspace, made[-1], carried(view, year), view.resolution.id)
    return tuple(_view(workspace, each) for each in made)


def carried(view: ResolutionView, year: int) -> Draft:
    """What a resolution becomes in the year after it."""
    old = view.resolution
    statement, target = old.statement, old.target
    if old.per is None and old.measure != "done":
        target = max(1, old.target - view.standing.progress)
        rest = target_text(target, old.measure, old.kind, None)
        if target != old.target:
            statement = f"{rest} more: {old.statement}"[:LONGEST_STATEMENT]
    before = str(year - 1)
    if before in statement:
        # Words that name the year that is over would be wrong in the next one.
        whole = (old.period_end.month, old.period_end.day) == (12, 31)
        statement = statement.replace(before, str(year)) if whole else f"{statement} → {year}"[:LONGEST_STATEMENT]
    return Draft(
        statement=statement,
        measure=old.measure,
        kind=old.kind,
        target=target,
        scope=old.scope,
        per=old.per,
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        cue=old.cue,
        next_year=False,
        parts=(),
    )


def _running(workspace: Workspace, reference: str) -> Resolution:
    """A resolution that can still be changed."""
    found = find_resolution(workspace, reference)
    if found.let_go_on is not None:
        raise _let_go(found)
    if found.period_end < workspace.today:
        raise _over(found)
    return found


def _over(found: Resolution) -> LearnhabitError:
    return LearnhabitError(
        f"{quoted(found.statement)} is over",
        f"it ended on {long_day(found.period_end)}; a new one, or learnhabit resolution carry-over, goes on with it",
    )


def _let_go(found: Resolution) -> LearnhabitError:
    day = long_day(found.let_go_on) if found.let_go_on else ""
    return LearnhabitError(f"{quoted(found.statement)} was let go", f"on {day}; make it anew if you want it back")


def _statement(workspace: Workspace, text: str) -> str:
    words = " ".join(accepted(workspace, text).split())
    if not display_line(words):
        raise UsageError("A resolution needs words", "such as 40 hours of fine-tuning by 31 Dec")
    if len(words) > LONGEST_STATEMENT:
        raise UsageError("The resolution is too long", f"at most {LONGEST_STATEMENT} characters")
    return words


def _text(workspace: Workspace, text: str, what: str) -> str:
    words = " ".join(accepted(workspace, text).split())
    if len(words) > LONGEST_TEXT:
        raise UsageError(f"The {what} is too long", f"at most {LONGEST_TEXT} characters")
    return words


def _view(workspace: Workspace, resolution_id: str) -> ResolutionView:
    return standings(workspace, [find_resolution(workspace, resolution_id)])[0]
