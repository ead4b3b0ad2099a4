"""What a screen does with topics and resources: each deed opens its dialog, or acts at once, and says what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from learnhabit.domain.reading_progress import percent
from learnhabit.services import resources, topics
from learnhabit.services.topic_values import ResourceView, TopicDetail, TopicView
from learnhabit.tui import safe_text
from learnhabit.tui.faults import Fault
from learnhabit.tui.messages import ChangeFailed, Done, Found, ShowTopic
from learnhabit.tui.working import do, write

if TYPE_CHECKING:
    from textual.screen import Screen

    from learnhabit.services.workspace import Workspace
    from learnhabit.tui.widgets.topicpane import TopicPane


def follow(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """Follow a topic, or no longer."""
    if view.followed:
        _write(screen, lambda ws: topics.unfollow_topic(ws, view.id), f"{view.title} is followed no longer")
    else:
        _write(screen, lambda ws: topics.follow_topic(ws, view.id), f"You follow {view.title}: it is suggested earlier")


def archive(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """Put a topic aside, or take it back."""
    if view.archived:
        _write(screen, lambda ws: topics.restore_topic(ws, view.id), f"{view.title} is back on the map")
    else:
        _write(screen, lambda ws: topics.archive_topic(ws, view.id), f"{view.title} is put aside; Z shows what is")


def add_topic(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """A topic of one's own, and go to it."""
    from learnhabit.tui.screens.form import Entry, FieldsDialog

    def deed(workspace: Workspace, values: Mapping[str, str]) -> TopicView:
        aliases = _listed(values.get("aliases", ""))
        return topics.add_topic(workspace, values.get("title", ""), aliases, first_step=values.get("step", ""))

    def done(made: TopicView) -> None:
        _say(screen, f"Added {made.title}")
        screen.app.post_message(ShowTopic(made.id))

    entries = [
        Entry("title", "Title", hint="such as Rust for machine learning"),
        Entry("aliases", "Short names", hint="optional, with commas between"),
        Entry("step", "First step", hint="optional: something small enough for today"),
    ]
    screen.app.push_screen(FieldsDialog("A topic of your own", "", entries, deed, done))


def edit_topic(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """Change what a topic says."""
    from learnhabit.tui.screens.form import Entry, FieldsDialog

    detail = _detail(view, pane)
    if detail is None:
        return

    def deed(workspace: Workspace, values: Mapping[str, str]) -> TopicView:
        changes: dict[str, Any] = dict(values)
        for name in ("aliases", "prerequisites", "subtopics"):
            if name in changes:
                changes[name] = _listed(changes[name])
        if "questions" in changes:
            changes["questions"] = [line.strip() for line in changes["questions"].split("\n") if line.strip()]
        return topics.edit_topic(workspace, view.id, **changes)

    entries = [
        Entry("title", "Title", view.title),
        Entry("aliases", "Short names", ", ".join(view.aliases), "with commas between"),
        Entry("theme", "Theme", view.theme),
        Entry("summary", "What it is", detail.summary),
        Entry("why", "Why", detail.why),
        Entry("prerequisites", "Builds on", ", ".join(each.id for each in detail.prerequisites), "topics, with commas"),
        Entry("subtopics", "Parts", ", ".join(detail.subtopics), "with commas between"),
        Entry("first_step", "First step", detail.first_step),
        Entry("project", "Project", detail.project),
        Entry("questions", "Questions", "\n".join(detail.questions), "one a line", tall=True),
    ]
    about = "A later version of the catalogue leaves alone what you change here." if not view.own else ""
    screen.app.push_screen(
        FieldsDialog("Edit topic", about, entries, deed, lambda new: _say(screen, f"Changed {new.title}"))
    )


def add_resource(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """Something to read for a topic."""

    def deed(workspace: Workspace, values: Mapping[str, str]) -> ResourceView:
        given = {"title": "", **values}
        return resources.add_resource(workspace, view.id, **given)

    _resource_form(screen, "Something to read", view.title, None, deed, "Added")


def edit_resource(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """Change a resource."""
    found = _resource(screen, pane)
    if found is not None:
        name = found.id
        _resource_form(
            screen,
            "Edit resource",
            view.title,
            found,
            lambda workspace, values: resources.edit_resource(workspace, name, **dict(values)),
            "Changed",
        )


def _resource_form(
    screen: Screen[Any],
    title: str,
    about: str,
    found: ResourceView | None,
    deed: Callable[[Workspace, Mapping[str, str]], ResourceView],
    said: str,
) -> None:
    from learnhabit.tui.screens.form import Entry, FieldsDialog

    minutes = str(found.minutes) if found is not None and found.minutes else ""
    entries = [
        Entry("title", "Title", found.title if found else ""),
        Entry("url", "Link", found.url if found else "", "optional, http or https"),
        Entry("kind", "Kind", found.kind if found else "article", ", ".join(resources.KINDS)),
        Entry("minutes", "Minutes", minutes, "optional: about how long it takes, such as 90 or 1h30"),
        Entry("authors", "Authors", found.authors if found else "", "optional"),
    ]
    screen.app.push_screen(FieldsDialog(title, about, entries, deed, lambda new: _say(screen, f"{said} “{new.title}”")))


def progress(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """Ask how far one is."""
    from learnhabit.tui.screens.asking import AskDialog
    from learnhabit.tui.widgets.topicpane import said_of

    found = _resource(screen, pane)
    if found is None:
        return
    now = said_of(found) if found.unit else "nothing noted yet"
    name = found.id
    screen.app.push_screen(
        AskDialog(
            "How far are you?",
            f"{found.title} · {now}",
            "Progress",
            typed_progress(found),
            "45%, 120 of 300 pages, or 35 min; all of it finishes it",
            lambda workspace, text: resources.set_progress(workspace, name, text),
            lambda new: _say(screen, progress_said(new)),
        )
    )


def typed_progress(view: ResourceView) -> str:
    """Progress as one would type it."""
    if view.unit is None or view.done_amount is None:
        return ""
    if view.unit == "percent":
        return f"{view.done_amount}%"
    return f"{view.done_amount} of {view.whole_amount} {'min' if view.unit == 'minutes' else view.unit}"


def progress_said(view: ResourceView) -> str:
    """What a progress came to."""
    if view.state == "done":
        return f"Finished “{view.title}”"
    left = f", {view.minutes_left} min left" if view.minutes_left else ""
    return f"“{view.title}” is at {percent(view.progress)} %{left}"


def finish(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """Say that a resource is finished, or take that back."""
    found = _resource(screen, pane)
    if found is None:
        return
    name = found.id
    if found.state == "done":
        _write(screen, lambda ws: resources.reopen_resource(ws, name), f"Reopened “{found.title}”")
    else:
        _write(screen, lambda ws: resources.finish_resource(ws, name), f"Finished “{found.title}”")


def move_up(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """Read a resource earlier."""
    _move(screen, pane, -1)


def move_down(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """Read a resource later."""
    _move(screen, pane, 1)


def _move(screen: Screen[Any], pane: TopicPane, by: int) -> None:
    found = _resource(screen, pane)
    if found is not None:
        name = found.id
        _write(screen, lambda ws: resources.move_resource(ws, name, by), f"“{found.title}” comes {_later(by)}")


def _later(by: int) -> str:
    return "earlier" if by < 0 else "later"


def open_link(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """Show the address of a resource, and open it in the browser once that is confirmed."""
    from learnhabit.tui.screens.asking import ConfirmDialog

    found = _resource(screen, pane)
    if found is None:
        return
    if not found.url:
        _kindly(screen, f"“{found.title}” has no link; e adds one")
        return
    address = found.url

    def answered(yes: bool | None) -> None:
        if yes:
            do(screen.app, lambda: _browse(address), lambda ok: Found(ok, opened), lambda _: Found(False, opened))

    def opened(ok: bool) -> None:
        if ok:
            safe_text.toast(screen.app, "Opened in your browser")
        else:
            screen.app.copy_to_clipboard(safe_text.plain(address))
            _kindly(screen, "No browser could be started; the address is on the clipboard")

    screen.app.push_screen(
        ConfirmDialog("Open this link?", address, "It opens in your browser.", "Open", [found.title]), answered
    )


def _browse(address: str) -> bool:
    import webbrowser

    from learnhabit.domain.link import read_link

    # What came from a file or another program is checked once more before it leaves.
    return webbrowser.open(read_link(address))


def make_cards(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """Make recall cards of a topic's questions."""
    from learnhabit.services.cards import add_question_cards

    _write(
        screen,
        lambda ws: add_question_cards(ws, view.id),
        f"The questions of {view.title} are recall cards now; the first review asks you for an answer",
    )


def start(screen: Screen[Any], view: TopicView, pane: TopicPane) -> None:
    """Start the timer on a topic, or switch to it; for the resource that is marked inside it."""
    start_on(screen, view, pane.resource)


def start_on(screen: Screen[Any], view: TopicView, found: ResourceView | None) -> None:
    """The same, for a given resource or for none."""
    app: Any = screen.app
    resource = None if found is None else found.id
    if app.timer is None:
        app.start_topic(view.id, resource)
    elif app.timer.topic != view.id:
        app.switch_to(view.id, view.title, resource)
    else:
        app.action_start()


def ask_to_mark(screen: Screen[Any]) -> None:
    """Say how one gets at a resource."""
    _kindly(screen, "Mark a resource first: enter goes into the topic, A adds one")


def _detail(view: TopicView, pane: TopicPane) -> TopicDetail | None:
    detail = pane.detail
    return detail if detail is not None and detail.view.id == view.id else None


def _resource(screen: Screen[Any], pane: TopicPane) -> ResourceView | None:
    """The marked resource; a hint when there is none."""
    if pane.resource is None:
        ask_to_mark(screen)
    return pane.resource


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _write(screen: Screen[Any], deed: Callable[[Workspace], Any], said: str) -> None:
    def failed(fault: Fault) -> ChangeFailed:
        return ChangeFailed(fault, again=lambda: _write(screen, deed, said))

    write(screen, deed, lambda _: Done(f"{said}; u takes it back"), failed)


def _say(screen: Screen[Any], said: str) -> None:
    screen.app.post_message(Done(f"{said}; u takes it back"))


def _kindly(screen: Screen[Any], said: str) -> None:
    safe_text.toast(screen.app, said, severity="warning")
