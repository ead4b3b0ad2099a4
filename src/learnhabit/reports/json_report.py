"""The summary as JSON: its schema is `docs/reference/summary.schema.json`."""

from __future__ import annotations

from learnhabit.domain.year_summary import QUESTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.year_summary import YearSummary
    from learnhabit.reports.shared import Shared, SharedResolution

    Json = dict[str, object]


def summary_json(shared: Shared) -> Json:
    """The summary as other programs read it: seconds, ISO dates, null where nothing is known. Levels below full leave
    fields out or round them, and never rename one."""
    period = shared.period
    made: Json = {
        "year": period.year,
        "from": period.first.isoformat(),
        "to": (period.end if period.future else period.last).isoformat(),
        "so_far": period.so_far,
        "share": shared.share,
        "seconds": shared.seconds,
        "days": shared.days,
        "weeks_kept": shared.weeks_kept,
        "weeks_over": shared.weeks_over,
        "months": [{"month": f"{each.first:%Y-%m}", "seconds": each.seconds} for each in shared.months],
        "weeks": [{"start": start.isoformat(), "seconds": seconds} for start, seconds in shared.weeks],
        "resolution_counts": shared.states,
    }
    if shared.topics is not None:
        made["topics"] = [{"topic": each.topic, "title": each.title, "seconds": each.seconds} for each in shared.topics]
    if shared.resolutions is not None:
        made["resolutions"] = [_resolution(each, full=shared.full is not None) for each in shared.resolutions]
    if shared.full is not None:
        made |= _full(shared.full)
        made["program"] = shared.program
        made["hash"] = shared.full.hash
    return made


def hash_of(summary: YearSummary) -> str:
    """SHA-256 of the full summary as JSON without `program` and `hash`: keys sorted, no blanks, ASCII only.

    Whoever has the JSON can work it out again; the same data has the same hash on every machine.
    """
    import hashlib
    import json

    from learnhabit.reports.shared import shared

    made = summary_json(shared(summary, "full", (), ""))
    del made["program"], made["hash"]
    return hashlib.sha256(json.dumps(made, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _resolution(shared: SharedResolution, *, full: bool) -> Json:
    result = shared.result
    resolution, standing = result.resolution, result.standing
    hours = 3600 if resolution.measure == "hours" else 1
    counted = 1 if resolution.per else hours
    made: Json = {
        "statement": shared.statement,
        "state": standing.state,
        "progress": _amount(standing.progress, counted),
        "first_target": _amount(resolution.first_target, hours),
        "target": _amount(resolution.target, hours),
    }
    if full:
        made |= {
            "id": resolution.id,
            "measure": resolution.measure,
            "kind": resolution.kind,
            "per": resolution.per,
            "period_start": resolution.period_start.isoformat(),
            "period_end": resolution.period_end.isoformat(),
            "planned": _amount(standing.planned, counted),
            "first_target_kept": result.first_target_kept,
            "changed_on": result.changed_on.isoformat() if result.changed_on else None,
        }
    return made


def _amount(value: int, scale: int) -> float:
    return value if scale == 1 else value / scale


def _full(summary: YearSummary) -> Json:
    before, rhythm, counting, recall = summary.before, summary.rhythm, summary.counting, summary.recall
    gap = rhythm.gap
    questions = dict(QUESTIONS)
    return {
        "sessions": summary.sessions,
        "run_longest": rhythm.run_longest,
        "days_studied": summary.days_studied,
        "days_asked": summary.days_asked,
        "heatmap": [
            {"day": each.day.isoformat(), "seconds": each.seconds, "kind": each.kind} for each in summary.heatmap
        ],
        "before": {
            "from": before.first.isoformat(),
            "to": before.last.isoformat(),
            "seconds": before.seconds,
            "days": before.days,
            "weeks_kept": before.weeks_kept,
            "weeks_over": before.weeks_over,
            "months": [
                {"month": f"{each.first.year - 1:04}-{each.first.month:02}", "seconds": each.before}
                for each in summary.months
            ],
            "topics": [
                {"topic": each.topic, "seconds": each.before} for each in summary.topics if each.before is not None
            ],
        }
        if before is not None
        else None,
        "themes": [{"theme": title, "seconds": seconds} for title, seconds in summary.themes],
        "hours": [
            {"weekday": weekday, "hour": hour, "seconds": seconds}
            for weekday, row in enumerate(rhythm.hours)
            for hour, seconds in enumerate(row)
            if seconds
        ],
        "rhythm": {
            "median_seconds": rhythm.median_seconds,
            "longest_seconds": rhythm.longest_seconds,
            "best_hour": rhythm.best_hour,
            "late_sessions": rhythm.late_sessions,
            "long_sessions": rhythm.long_sessions,
            "overlapping": rhythm.overlapping,
            "run_ended": rhythm.run_ended.isoformat() if rhythm.run_ended else None,
            "gap": {
                "from": gap.first.isoformat(),
                "to": gap.last.isoformat(),
                "days": gap.days,
                "return_days": gap.return_days,
            }
            if gap is not None
            else None,
        },
        "finished": [
            {"day": each.day.isoformat(), "title": each.title, "kind": each.kind, "topic": each.topic}
            for each in summary.finished
        ],
        "recall": {
            "grades": recall.grades,
            "recalled": recall.recalled,
            "made": recall.made,
        }
        if recall is not None
        else None,
        "words": {
            "answers": [{"question": questions[key], "key": key, "text": text} for key, text in summary.words.answers],
            "takeaways": [
                {"day": each.day.isoformat(), "topic": each.topic, "text": each.text}
                for each in summary.words.takeaways
            ],
            "reviews": [
                {"week_start": each.week_start.isoformat(), "text": each.text} for each in summary.words.reviews
            ],
        },
        "onward": [
            {"statement": each.statement, "decision": each.decision, "target": each.target} for each in summary.onward
        ],
        "counted": {
            "zones": list(counting.zones),
            "day_start": f"{counting.day_start // 60:02}:{counting.day_start % 60:02}",
            "week_start": counting.week_start,
            "days_per_week": counting.days_per_week,
            "minimum_seconds": counting.minimum,
            "paused_days": counting.paused_days,
            "first_session_day": counting.first_session_day.isoformat() if counting.first_session_day else None,
        },
    }
