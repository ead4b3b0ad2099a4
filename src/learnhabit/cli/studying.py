"""Topics, the next step, advice and sharing on the command line."""

from __future__ import annotations

from learnhabit.cli.acting import Deed, by_deed
from learnhabit.cli.collecting import resource_json, say_resource
from learnhabit.cli.output import print_json, say, warn
from learnhabit.cli.parser import Command, Parser
from learnhabit.domain.day_text import days_ago
from learnhabit.domain.duration import format_hours
from learnhabit.domain.text import display_line
from learnhabit.services.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from learnhabit.services.topic_values import TopicDetail, TopicView
    from learnhabit.services.topics import TopicTexts
    from learnhabit.services.values import AdviceView, NextStep


def _detail_json(detail: TopicDetail) -> dict[str, object]:
    view = detail.view
    return {
        "id": view.id,
        "title": view.title,
        "aliases": list(view.aliases),
        "theme": view.theme,
        "who": list(detail.who),
        "why": detail.why,
        "summary": detail.summary,
        "followed": view.followed,
        "archived": view.archived,
        "prerequisites": [each.id for each in detail.prerequisites],
        "subtopics": list(detail.subtopics),
        "resources": [resource_json(each) for each in detail.resources],
        "first_step": detail.first_step,
        "project": detail.project,
        "questions": list(detail.questions),
        "seconds": view.seconds,
        "last_study_day": view.last_day.isoformat() if view.last_day else None,
    }


def _topic_options(parser: Parser) -> None:
    add, own = parser.add_argument, ("add", "edit")
    add("--title", metavar="TEXT", deeds=("edit",), help="another title; the id stays")
    add("--alias", metavar="NAME", action="append", deeds=own, help="a short name; may be repeated")
    add("--theme", metavar="TEXT", deeds=own, help="the theme under which it is listed")
    add("--summary", metavar="TEXT", deeds=own, help="what it is")
    add("--why", metavar="TEXT", deeds=own, help="why it is worth studying")
    add("--first-step", metavar="TEXT", deeds=own, help="something small enough for today")
    add("--project", metavar="TEXT", deeds=own, help="something for a weekend")
    add("--needs", metavar="TOPIC", action="append", deeds=own, help="a topic that makes it easier; may be repeated")
    add("--subtopic", metavar="TEXT", action="append", deeds=own, help="a part of it; may be repeated")
    add("--question", metavar="TEXT", action="append", deeds=own, help="a question to ask oneself; may be repeated")


def _show(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.topic_map import topic_detail

    detail = topic_detail(workspace, " ".join(words))
    if options.json:
        print_json(_detail_json(detail))
    else:
        _say_topic(workspace, detail)


def _say_topic(workspace: Workspace, detail: TopicDetail) -> None:
    view = detail.view
    facts = [view.theme, f"id {view.id}"]
    facts += ["following"] if view.followed else []
    facts += ["archived"] if view.archived else []
    if view.last_day is not None:
        facts += [format_hours(view.seconds), f"last touched {days_ago(view.last_day, workspace.today)}"]
    say(display_line(view.title))
    say(f"  {display_line(' · '.join(facts))}")
    rows = [("", detail.summary), ("Raised by", ", ".join(detail.who)), ("Why", detail.why), ("Now", detail.reason)]
    rows += [
        *(("Builds on" if each.met else "Easier after", f"{each.title}, {each.said}") for each in detail.prerequisites),
        ("Leads to", ", ".join(detail.leads_to)),
        ("Parts", " · ".join(detail.subtopics)),
        ("First step", detail.first_step),
        ("Project", detail.project),
        *(("Ask", question) for question in detail.questions),
    ]
    for name, text in rows:
        if text:
            say(f"  {name:<13}{display_line(text)}" if name else f"  {display_line(text)}")
    for view_of in detail.resources:
        say_resource(view_of)


def _add_topic(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.topics import add_topic

    view = add_topic(workspace, " ".join(words), options.alias or (), **_texts(options))
    _say_change(workspace, options, view, f"Added {display_line(view.title)}; its id is {view.id}")


def _edit_topic(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.topics import edit_topic

    view = edit_topic(workspace, " ".join(words), title=options.title, aliases=options.alias, **_texts(options))
    _say_change(workspace, options, view, f"Changed {display_line(view.title)}")


def _texts(options: Namespace) -> TopicTexts:
    return {
        "theme": options.theme,
        "why": options.why,
        "summary": options.summary,
        "first_step": options.first_step,
        "project": options.project,
        "prerequisites": options.needs,
        "subtopics": options.subtopic,
        "questions": options.question,
    }


def _mark(name: str, said: str) -> Callable[[Workspace, Sequence[str], Namespace], None]:
    """A deed of `topics` that takes a topic only."""

    def deed(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
        from learnhabit.services import topics

        view = getattr(topics, name)(workspace, " ".join(words))
        _say_change(workspace, options, view, said.format(display_line(view.title)))

    return deed


def _say_change(workspace: Workspace, options: Namespace, view: TopicView, said: str) -> None:
    warn(workspace.warnings)
    if options.json:
        from learnhabit.services.topic_map import topic_detail

        print_json(_detail_json(topic_detail(workspace, view.id)))
    else:
        say(f"{said}.  learnhabit undo takes it back")


DEEDS: dict[str, Deed] = {
    "show": Deed(_show, "all of it: what it is, why, what it needs, resources, questions", "ID", 1, None),
    "add": Deed(_add_topic, "a topic of your own", "TITLE", 1, None),
    "edit": Deed(_edit_topic, "anything that is written about it", "ID", 1, None),
    "follow": Deed(
        _mark("follow_topic", "You follow {}: it is suggested earlier"), "suggest it earlier", "ID", 1, None
    ),
    "unfollow": Deed(_mark("unfollow_topic", "{} is followed no longer"), "suggest it like any other", "ID", 1, None),
    "archive": Deed(_mark("archive_topic", "{} is put aside"), "put it aside; what was logged stays", "ID", 1, None),
    "restore": Deed(_mark("restore_topic", "{} is back on the map"), "back on the map", "ID", 1, None),
}


def _next_options(parser: Parser) -> None:
    parser.add_argument("--dismiss", metavar="TOPIC", help="do not suggest this topic again today")


def _next(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.services.suggesting import dismiss_topic, suggestions

    put_off = dismiss_topic(workspace, options.dismiss) if options.dismiss is not None else ""
    steps = suggestions(workspace)
    warn(workspace.warnings)
    if options.json:
        print_json([step_json(step) for step in steps])
        return
    if put_off:
        say(f"{display_line(put_off)} is put off for today.  learnhabit undo takes it back")
    for number, step in enumerate(steps, start=1):
        say(f"{number}  {display_line(step.title)}")
        say(f"   {display_line(step.reason)}.")
        if step.resource_title:
            left = f", {step.resource_minutes:,} min left" if step.resource_open and step.resource_minutes else ""
            say(f"   Read        {display_line(step.resource_title)}{left}")
        if step.first_step and not step.begun:
            say(f"   First step  {display_line(step.first_step)}")
    if not steps:
        say("Everything is put off for today.")


def step_json(step: NextStep) -> dict[str, object]:
    """A next step as other programs read it."""
    return {
        "topic": step.topic,
        "reason": step.reason,
        "resource": step.resource,
        "first_step": step.first_step,
    }


def _advice_options(parser: Parser) -> None:
    parser.add_argument("--hide", metavar="ID", help="never show this piece again")


def _advice(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.services.advising import advice, hide_advice, note_advice

    if options.hide is not None:
        hide_advice(workspace, options.hide)
    view = advice(workspace)
    if view is not None:
        note_advice(workspace, view)
    if options.json:
        print_json(None if view is None else advice_json(view))
        return
    if options.hide is not None:
        say("Hidden for good.  learnhabit undo brings it back")
    if view is None:
        say("Every piece of advice is hidden.")
        return
    say(display_line(view.text))
    say(f"  {display_line(view.source)}")
    say(f"  Not helpful?  learnhabit advice --hide {view.id}")


def advice_json(view: AdviceView) -> dict[str, object]:
    """A piece of advice as other programs read it."""
    return {"id": view.id, "moment": view.moment, "text": view.text, "source": view.source, "topic": view.topic}


def _share_options(parser: Parser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help="write it to a new file instead")


def _share(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.services.sharing import save_text, shareable

    found = shareable(workspace, options.words[0] if options.words else "week")
    if options.output is not None:
        path = save_text(options.output, found.text)
        if options.json:
            print_json({"file": path})
        else:
            say(f"Saved {path}")
    elif options.json:
        print_json({"text": found.text})
    else:
        say(found.text.rstrip("\n"))


COMMANDS = {
    "next": Command(
        _next,
        "say what to study next, and why: the best three",
        options=_next_options,
        example="learnhabit next --dismiss rag",
    ),
    "topic": Command(
        by_deed("topic", DEEDS),
        "see all of a topic, follow it, put it aside, add your own",
        deeds=DEEDS,
        options=_topic_options,
        example='learnhabit topic add "Rust for machine learning" --alias rust',
    ),
    "advice": Command(
        _advice,
        "show advice that fits the moment, with what to do next",
        options=_advice_options,
        example="learnhabit advice",
    ),
    "share": Command(
        _share,
        "print your week, or the latest takeaway, as plain text for somebody",
        words="[week | takeaway]",
        most=1,
        options=_share_options,
        example="learnhabit share takeaway -o takeaway.txt",
    ),
}
