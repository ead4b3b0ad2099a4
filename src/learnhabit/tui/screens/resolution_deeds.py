"""What a screen does with resolutions: each deed opens its dialog, or acts at once, and says what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from learnhabit.domain.resolution import NEXT_YEAR_FROM
from learnhabit.domain.resolution_words import progress_text, rate_text, target_text
from learnhabit.services import resolving
from learnhabit.services.resolution_detail import resolution_detail
from learnhabit.services.resolution_values import ResolutionDetail, ResolutionView
from learnhabit.tui import safe_text
from learnhabit.tui.faults import Fault
from learnhabit.tui.keynames import named
from learnhabit.tui.messages import ChangeFailed, Done, Found, ReadFailed, ShowResolution
from learnhabit.tui.working import read, write

if TYPE_CHECKING:
    from textual.screen import Screen

    from learnhabit.services.workspace import Workspace


def add(screen: Screen[Any]) -> None:
    """Make one in a line of plain words, and go to it."""
    from learnhabit.tui.screens.resolve import ResolveDialog

    def closed(view: ResolutionView | None) -> None:
        if view is not None:
            screen.app.post_message(ShowResolution(view.resolution.id))

    screen.app.push_screen(ResolveDialog(), closed)


def edit(screen: Screen[Any], view: ResolutionView) -> None:
    """Change words, topics, last day and cue."""
    from learnhabit.tui.screens.resolution_edit import ResolutionEditDialog

    screen.app.push_screen(ResolutionEditDialog(view))


def change_target(screen: Screen[Any], view: ResolutionView) -> None:
    """Ask for another target; the first one is kept."""
    from learnhabit.tui.screens.asking import AskDialog

    resolution = view.resolution
    if resolution.measure == "done":
        _kindly(screen, "This one has no number: c says that it is done, g lets it go")
        return
    now = target_text(resolution.target, resolution.measure, resolution.kind, resolution.per)
    hint = "hours, such as 50, 2.5 or 90m" if resolution.measure == "hours" else "a whole number"
    per = f" a {resolution.per}" if resolution.per else ""
    screen.app.push_screen(
        AskDialog(
            "Change the target",
            f"{resolution.statement} · now {now}",
            "Target",
            _typed(view),
            f"{hint}{per}; the first target is kept beside it",
            lambda workspace, text: resolving.set_target(workspace, resolution.id, text),
            lambda new: _done(screen, f"The target is {_target(new)} now{needed_change(view, new)}"),
        )
    )


def _typed(view: ResolutionView) -> str:
    """The target as one would type it: `40`, `20m`."""
    resolution = view.resolution
    if resolution.measure != "hours":
        return str(resolution.target)
    if resolution.target % 3600 and resolution.target % 60 == 0:
        return f"{resolution.target // 60}m"
    return f"{resolution.target / 3600:.4f}".rstrip("0").rstrip(".")


def needed_change(before: ResolutionView, after: ResolutionView) -> str:
    """`: 5.7 h a week instead of 6.3`, where a change asks for another week."""
    resolution = after.resolution
    weeks = [
        None
        if each.standing.needed_per_week is None
        else rate_text(each.standing.needed_per_week, resolution.measure, resolution.kind)
        for each in (before, after)
    ]
    if None in weeks or weeks[0] == weeks[1]:
        return ""
    return f": {weeks[1]} instead of {str(weeks[0]).removesuffix(' a week')}"


def _target(view: ResolutionView) -> str:
    resolution = view.resolution
    return target_text(resolution.target, resolution.measure, resolution.kind, resolution.per)


def check_in(screen: Screen[Any], view: ResolutionView) -> None:
    """Note that it was done once more; what is derived from the log takes none."""
    resolution = view.resolution
    if resolution.measure == "resources":
        where, key = named("tab.topics", "4"), named("topic.done", "d")
        _kindly(screen, f"This one counts what is finished: {where} Topics, enter into one, then {key} on a resource")
    elif resolution.measure not in ("count", "done"):
        _kindly(screen, "This one counts what you log: l logs what is over, s starts a timer")
    else:
        _write(
            screen,
            lambda workspace: resolving.check_in(workspace, resolution.id),
            lambda new: "Done, well done" if resolution.measure == "done" else f"Checked in: {_progress(new)}",
        )


def _progress(view: ResolutionView) -> str:
    resolution, standing = view.resolution, view.standing
    if standing.running is not None:
        return progress_text(standing.running.progress, standing.running.target, resolution.measure)
    return progress_text(standing.progress, resolution.target, resolution.measure)


def let_go(screen: Screen[Any], view: ResolutionView) -> None:
    """Ask for the reason, and let it go on purpose."""
    from learnhabit.tui.screens.asking import AskDialog

    resolution = view.resolution
    screen.app.push_screen(
        AskDialog(
            "Let go",
            resolution.statement,
            "Why",
            "",
            "one sentence; it stays, with what was done, for the end of the year",
            lambda workspace, text: resolving.let_go(workspace, resolution.id, text),
            lambda _: _done(screen, f"Let go of “{resolution.statement}”"),
        )
    )


def delete(screen: Screen[Any], view: ResolutionView) -> None:
    """Delete one that was a mistake; undo brings it back."""
    _write(
        screen,
        lambda workspace: resolving.delete_resolution(workspace, view.resolution.id),
        lambda gone: f"Deleted “{gone.resolution.statement}”",
        "u brings it back",
    )


def carry_over(screen: Screen[Any]) -> None:
    """Tick what goes on from last year, if there is anything."""
    app: Any = screen.app
    if app.view is None:
        return
    year = app.view.today.year
    late = (app.view.today.month, app.view.today.day) >= NEXT_YEAR_FROM

    def found(choices: tuple[ResolutionView, ...]) -> None:
        if not choices:
            later = f"; {year} can be carried over from 1 Jan {year + 1} on" if late else ""
            _kindly(screen, f"Nothing of {year - 1} is left to carry over to {year}{later}")
            return
        from learnhabit.tui.screens.resolution_carry import CarryOverDialog

        screen.app.push_screen(CarryOverDialog(year, choices))

    read(
        screen,
        "carry-over",
        lambda workspace: resolving.carry_over_choices(workspace, year),
        lambda choices: Found(choices, found),
        ReadFailed,
    )


def why(screen: Screen[Any], view: ResolutionView) -> None:
    """Show how each of its figures comes about."""

    def found(detail: ResolutionDetail) -> None:
        from learnhabit.tui.screens.resolution_why import WhyResolutionDialog

        screen.app.push_screen(WhyResolutionDialog(detail))

    read(
        screen,
        "why",
        lambda workspace: resolution_detail(workspace, view.resolution.id),
        lambda detail: Found(detail, found),
        ReadFailed,
    )


def _write(
    screen: Screen[Any], deed: Callable[[Workspace], Any], said: Callable[[Any], str], after: str = "u takes it back"
) -> None:
    def failed(fault: Fault) -> ChangeFailed:
        return ChangeFailed(fault, again=lambda: _write(screen, deed, said, after))

    write(screen, deed, lambda result: Done(f"{said(result)}; {after}"), failed)


def _done(screen: Screen[Any], said: str) -> None:
    screen.app.post_message(Done(f"{said}; u takes it back"))


def _kindly(screen: Screen[Any], said: str) -> None:
    safe_text.toast(screen.app, said, severity="warning")
