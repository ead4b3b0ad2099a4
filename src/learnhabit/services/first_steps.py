"""The first run: what may be picked, and what each of its three steps writes by the services that do it anyway."""

from __future__ import annotations

from datetime import datetime, timedelta

from learnhabit.domain.day_text import WEEKDAYS, clock_time, short_day
from learnhabit.domain.occurrence import first_day, next_occurrence, occurrences
from learnhabit.domain.pairing import cue_words, says_when
from learnhabit.domain.record import Record
from learnhabit.domain.reminder import DEFAULT_CONDITION
from learnhabit.domain.reminder_rule import read_rule
from learnhabit.domain.resolution_ideas import IdeaTopic, Week, ideas
from learnhabit.domain.text import quoted
from learnhabit.services import reminding, resolving, settings, topics
from learnhabit.services.advising import setting
from learnhabit.services.delivering import quiet_hours
from learnhabit.services.offers import take_offer
from learnhabit.services.workspace import Workspace
from learnhabit.storage.reviews import was_offered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.services.resolution_values import ResolutionView

OFFER = "first-run"
MOST_TOPICS = 3
FIRST = ("retrieval-augmented-generation", "multimodal-models", "efficient-fine-tuning")
"""Topics that come before the others."""
_DONE_BEFORE = ("session", "timer", "resolution", "reminder", "time_off", "review", "card")
"""Tables of which a row, even a deleted one, says that somebody was here."""
_AHEAD = 5
"""Times of a reminder that are named."""
_WITHIN = timedelta(days=400)


class TopicChoice(Record):
    """A topic that may be picked."""

    id: str
    title: str
    searched: str
    """All its names in lower case."""
    summary: str
    first_step: str
    resources: int
    minutes: int | None
    """Of the shortest of them."""
    followed: bool


class Moment(Record):
    """What was chosen of when to study."""

    cue: str
    rule: str
    condition: str
    reminder: str | None
    """Id; None where there is none yet."""


class Outlook(Record):
    """When a rule comes, in words."""

    says: str
    warning: str
    """Empty where nothing is in the way."""


def is_new(workspace: Workspace) -> bool:
    """Whether nothing was ever done in this home, and the first run was not gone through."""
    store = workspace.store
    if was_offered(store, OFFER):
        return False
    if any(store.one(f"SELECT 1 FROM {table} LIMIT 1") for table in _DONE_BEFORE):
        return False
    return (
        store.one(
            "SELECT 1 FROM topic WHERE followed_on IS NOT NULL OR archived_on IS NOT NULL OR origin = 'own' LIMIT 1"
        )
        is None
    )


def end(workspace: Workspace) -> None:
    """It was gone through, or skipped: it does not come by itself again."""
    take_offer(workspace, OFFER)


def topic_choices(workspace: Workspace) -> tuple[TopicChoice, ...]:
    """Every topic that is not archived, the first three of the catalogue's letter before the others."""
    rows = workspace.store.all(
        "SELECT id, title, aliases, summary, first_step, followed_on IS NOT NULL,"
        " (SELECT count(*) FROM resource WHERE topic = topic.id AND deleted_at IS NULL),"
        " (SELECT min(minutes) FROM resource WHERE topic = topic.id AND deleted_at IS NULL)"
        " FROM topic WHERE deleted_at IS NULL AND archived_on IS NULL ORDER BY position, seq"
    )
    found = [
        TopicChoice(
            id=row[0],
            title=row[1],
            searched=" ".join((row[0], row[1], row[2].replace("\n", " "))).casefold(),
            summary=row[3],
            first_step=row[4],
            followed=bool(row[5]),
            resources=row[6],
            minutes=row[7],
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: FIRST.index(each.id) if each.id in FIRST else len(FIRST)))


def follow(workspace: Workspace, wanted: Sequence[str]) -> None:
    """Follow these topics and no others; nothing is written where it is so already."""
    choices = topic_choices(workspace)
    new = [each for each in choices if each.id in wanted and not each.followed]
    gone = [each for each in choices if each.id not in wanted and each.followed]
    if not new and not gone:
        return
    said = [f"followed {_joined([each.title for each in new])}"] if new else []
    said += [f"stopped following {_joined([each.title for each in gone])}"] if gone else []
    with workspace.change(" and ".join(said)) as change:
        for each in new:
            topics.follow_topic(workspace, each.id)
        for each in gone:
            topics.unfollow_topic(workspace, each.id)
        change.renamed(" and ".join(said))


def suggested_lines(workspace: Workspace, picked: Sequence[str]) -> tuple[str, ...]:
    """Resolutions for the picked topics; each can be read."""
    names = {name.id: name for name in workspace.names}
    papers = dict(
        workspace.store.all(
            "SELECT topic, count(*) FROM resource WHERE kind = 'paper' AND finished_on IS NULL AND deleted_at IS NULL"
            " GROUP BY topic"
        )
    )
    found = [IdeaTopic(name=names[each], papers=papers.get(each, 0)) for each in picked if each in names]
    rules, today = workspace.rules, workspace.today
    week = Week(days=rules.days_per_week(today), seconds=rules.minimum(today))
    return ideas(found, workspace.names, workspace.calendar, week)


def resolve(workspace: Workspace, line: str, instead_of: str | None) -> ResolutionView:
    """Make a resolution, in the place of the one that was made a moment before. UsageError as for any line."""
    if instead_of is None:
        return resolving.add_resolution(workspace, line)[0]
    with workspace.change("") as change:
        resolving.delete_resolution(workspace, instead_of)
        view = resolving.add_resolution(workspace, line)[0]
        change.renamed(f"resolved {quoted(view.resolution.statement)} instead")
    return view


def moment(workspace: Workspace) -> Moment:
    """The cue and the latest reminder that there are."""
    found = reminding.reminders(workspace)
    last = found[-1].reminder if found else None
    return Moment(
        cue=setting(workspace, "cue"),
        rule=last.rule.text if last else "",
        condition=last.condition if last else DEFAULT_CONDITION,
        reminder=last.id if last else None,
    )


def keep_moment(workspace: Workspace, chosen: Moment) -> str | None:
    """Keep the cue and the reminder, in one step to undo; the reminder's id. An empty rule makes none."""
    before = moment(workspace)
    cue, reminder = cue_of(chosen.cue), chosen.reminder
    said = []
    with workspace.change("") as change:
        if cue != before.cue:
            settings.set_setting(workspace, "cue", cue)
            said.append(f"set the cue to {quoted(cue)}" if cue else "removed the cue")
        if chosen.rule.strip() and reminder is None:
            view = reminding.add_reminder(workspace, chosen.rule, chosen.condition)
            reminder = view.reminder.id
            said.append(f"added the reminder {view.reminder.rule.text}")
        elif chosen.rule.strip() and reminder is not None:
            view = reminding.edit_reminder(workspace, reminder, rule=chosen.rule, condition=chosen.condition)
            said.append(f"set the reminder to {view.reminder.rule.text}")
        change.renamed(" and ".join(said))
    return reminder


def cue_of(words: str) -> str:
    """`my coffee` as the cue `after my coffee`; one that begins with such a word stays."""
    words = " ".join(words.split())
    return words if not words or says_when(words) else f"after {words}"


def said_cue(words: str) -> str:
    """The same as it is said to the person: `After your coffee`."""
    said = cue_words(cue_of(words))
    return said[:1].upper() + said[1:]


def outlook(workspace: Workspace, text: str) -> Outlook:
    """When a rule comes first and then; UsageError when it can't be read."""
    rule = read_rule(text)
    now = workspace.now_wall.replace(tzinfo=None)
    begin = first_day(rule, now)
    due = next_occurrence(rule, begin, now)
    if due is None:
        return Outlook(says="", warning="It would never come.")
    more = []
    for each in occurrences(rule, begin, due, due + _WITHIN):
        more.append(each)
        if len(more) == _AHEAD - 1:
            break
    says = f"next: {short_day(due.date())} {clock_time(due, clock_24=workspace.clock_24)}"
    if more and more[-1] - due <= timedelta(days=7):
        says += f", then {', '.join(WEEKDAYS[each.weekday()] for each in more)}"
    elif more:
        says += f", then {short_day(more[0].date())}"
    hours, at = quiet_hours(workspace), datetime.combine(workspace.today, due.time())
    night = reminding.night_words(workspace, at)
    if hours is None or not night:
        return Outlook(says=says, warning="")
    said = clock_time(due, clock_24=workspace.clock_24)
    return Outlook(says=says, warning=f"{said} lies in the quiet hours ({hours.text}): {night}")


def _joined(titles: Sequence[str]) -> str:
    return f"{', '.join(titles[:-1])} and {titles[-1]}" if len(titles) > 1 else "".join(titles)
