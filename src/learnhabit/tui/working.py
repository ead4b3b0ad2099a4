"""Service calls in threads: each opens its own workspace, posts what it found as a message, and touches no widget."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message
from textual.worker import get_current_worker

from learnhabit.errors import UsageError
from learnhabit.services.workspace import Workspace, open_workspace
from learnhabit.tui.faults import Fault, fault_of
from learnhabit.tui.messages import DataChanged, ReadFailed

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen
    from textual.widget import Widget
    from textual.worker import Worker

    Node = App[Any] | Screen[Any] | Widget

T = TypeVar("T")


def open_for(node: Node) -> Workspace:
    """The data folder of the running app, for the calling thread."""
    app: Any = node.app
    # Once the app stands, a file that is gone was erased or moved: it must not come back empty.
    return open_workspace(app.folder, app.clock, make=not app.is_settled)


def read(
    node: Node,
    group: str,
    deed: Callable[[Workspace], T],
    found: Callable[[T], Message],
    failed: Callable[[Fault], Message] = ReadFailed,
) -> Worker[None]:
    """Read something; a newer read of the same group takes its place."""

    def work() -> None:
        worker = get_current_worker()
        message: Message
        try:
            with open_for(node) as workspace:
                result = deed(workspace)
            message = found(result)
        except Exception as error:  # A worker's exception would end the app; it becomes a dialog instead.
            message = failed(fault_of(error))
        if not worker.is_cancelled:
            node.post_message(message)

    return node.run_worker(work, group=group, thread=True, exclusive=True, exit_on_error=False)


def if_there(deed: Callable[[Workspace], T]) -> Callable[[Workspace], T | None]:
    """What a deed reads of a thing; None where that was deleted meanwhile, and a list without it is on its way."""

    def reading(workspace: Workspace) -> T | None:
        try:
            return deed(workspace)
        except UsageError:
            return None

    return reading


def read_soon(node: Node, deed: Callable[[Workspace], T], seconds: float) -> T | None:
    """What a thread reads within a moment; None when it takes longer or fails, and then it is read again in peace."""
    results: list[T] = []

    def work() -> None:
        try:
            with open_for(node) as workspace:
                results.append(deed(workspace))
        except Exception:  # Said by the second reading.
            return

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    return results[0] if results else None


def do(
    node: Node, deed: Callable[[], T], done: Callable[[T], Message], failed: Callable[[Fault], Message]
) -> Worker[None]:
    """Something outside the data file, in a thread."""

    def work() -> None:
        try:
            message = done(deed())
        except Exception as error:  # As above.
            message = failed(fault_of(error))
        node.post_message(message)

    return node.run_worker(work, group="other", thread=True, exit_on_error=False)


def write(
    node: Node,
    deed: Callable[[Workspace], T],
    done: Callable[[T], Message],
    failed: Callable[[Fault], Message],
) -> Worker[None]:
    """Change something. It is never cancelled, and whoever shows data hears of it."""

    def work() -> None:
        try:
            with open_for(node) as workspace:
                result = deed(workspace)
            message = done(result)
        except Exception as error:  # As above.
            node.post_message(failed(fault_of(error)))
            return
        node.app.post_message(DataChanged())
        node.post_message(message)

    return node.run_worker(work, group="write", thread=True, exit_on_error=False)
