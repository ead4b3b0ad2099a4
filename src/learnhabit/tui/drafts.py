"""What was typed in *Stop and save* about a timer that runs on: kept as long as the app is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from learnhabit.domain.day_text import short_day
from learnhabit.errors import LearnhabitError
from learnhabit.services import tracking
from learnhabit.services.cards import add_card
from learnhabit.services.resources import set_progress
from learnhabit.services.stopping import stop_with, usual_question

if TYPE_CHECKING:
    from learnhabit.domain.session import Session
    from learnhabit.services.values import Outcome
    from learnhabit.services.workspace import Workspace


class Draft(NamedTuple):
    """The fields, as they were typed."""

    takeaway: str = ""
    note: str | None = None
    """None while it is the timer's own."""
    progress: str = ""
    question: str | None = None
    """Of the recall card, empty for the usual one; None without a card. Without a takeaway there is none."""

    @property
    def written(self) -> bool:
        """There are words to lose."""
        return bool(self.takeaway.strip() or self.progress.strip()) or self.note is not None

    def stop(self, workspace: Workspace) -> Outcome:
        """Stop the timer with all of it, or not at all."""
        return stop_with(
            workspace,
            takeaway=self.takeaway.strip(),
            note=self.note,
            progress=self.progress.strip() or None,
            question=self.question,
        )

    def decide(self, workspace: Workspace, decision: str, trim_seconds: int | None = None) -> Outcome | None:
        """Stop a timer that looks wrong, with as much of it as can be kept; None when the timer is discarded."""
        if decision == "discard":
            return tracking.stop(workspace, decision=decision)
        takeaway, progress = self.takeaway.strip(), self.progress.strip() or None

        def stop(progress: str | None) -> Outcome:
            return stop_with(
                workspace,
                takeaway=takeaway,
                note=self.note,
                decision=decision,
                trim_seconds=trim_seconds,
                progress=progress,
                question=self.question if takeaway else None,
            )

        try:
            return stop(progress)
        except LearnhabitError as error:
            if progress is None:
                raise
            # There is no field here to mend it in.
            outcome = stop(None)
            return outcome.replace(warnings=(*outcome.warnings, f"Its progress is left out: {error.title}"))

    def switch(self, workspace: Workspace, topic: str, **options: Any) -> Outcome:
        """Switch to another topic, and keep all of it with the session that is saved so; one step to undo."""
        takeaway = self.takeaway.strip()
        with workspace.change("switched") as change:
            outcome, new = tracking.switch(workspace, [topic], takeaway=takeaway, kept_note=self.note, **options)
            self._add(workspace, outcome.session, takeaway)
            change.renamed(f"switched to {new.topic_title}")
        return outcome

    def _add(self, workspace: Workspace, session: Session, takeaway: str) -> None:
        if self.progress.strip() and session.resource is not None:
            set_progress(workspace, session.resource, self.progress.strip())
        if self.question is not None and takeaway:
            asked = self.question.strip() or usual_question(session.topic_title, short_day(session.study_day))
            add_card(workspace, session.topic, asked, takeaway, origin="takeaway", session=session.id)
