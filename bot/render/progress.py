"""What a rank still asks, and the shortest way there."""

from collections.abc import Iterable
from itertools import groupby

from bot.render import gauges
from bot.render.answers import first, whether
from bot.render.common import amount, count, days_left, gauges_button, honoured, lowered, menu_button, rank_name, rows
from bot.render.counting import counting
from bot.render.person import CameFrom
from bot.screen import CAPTION_MAX, Button, Screen, bold, button, cut, grid, lines
from core.people.model import LinePerson
from core.progress.model import Need, Progress, Step, StepKind, WayThere
from i18n.translator import Translator

STEPS_ON_PHOTO = 5
STEPS_IN_ALL = 40
NAME_MAX = 40


def progress(
    answer: Progress, tr: Translator, *, zone: str | None = None, asked_whether: bool = False, alone: bool = False
) -> Screen:
    """How close she is to the rank she asked for, or to the next one; as many steps as fit under a picture.

    Args:
        zone: the reader's time zone; None is the company's.
        asked_whether: she asked if she will make it, so that comes first.
        alone: nobody is on her team, whose usual orders one could speak of.
    """
    said = whether(answer, tr, alone=alone) if asked_whether else None
    footer = gauges.footer(answer, tr, zone)
    standing = _standing(answer, tr)
    shapes = [*((steps, standing) for steps in range(STEPS_ON_PHOTO, -1, -1)), (0, None)]
    tried = (first(said, _progress(answer, tr, *shape, alone, footer)) for shape in shapes)
    least = first(said, _progress(answer, tr, 0, None, alone, footer))
    return next((one for one in tried if one.length <= CAPTION_MAX), least)


def _standing(answer: Progress, tr: Translator) -> str | None:
    """The rank to be paid by, where there is one and the headline speaks of a higher one."""
    if not answer.paid_rank or not answer.target or not _open_points(answer):
        return None
    return gauges.standing(answer, tr)


def _progress(
    answer: Progress, tr: Translator, steps_max: int, standing: str | None, alone: bool, footer: list[str]
) -> Screen:
    way = answer.way_there
    return Screen(
        lines(
            _headline(answer, tr),
            standing,
            "",
            *[gauges.line(gauge, answer, tr) for gauge in answer.gauges],
            *_needs(answer, tr),
            *counting(answer, tr),
            *(["", _nobody_yet(tr)] if alone else _way(way, answer, tr, steps_max) if way else []),
            *footer,
        ),
        rows(
            grid(_people(way)) if way else (),
            (_all_steps(way, answer, tr, steps_max),),
            grid(_other_ranks(answer, tr), 3),
            (gauges_button(tr), menu_button(tr)),
        ),
        on_photo=True,
    )


def whom_to_call(answer: Progress, tr: Translator, *, zone: str | None = None) -> Screen:
    """The whole way there, where it is longer than a caption."""
    way = answer.way_there
    steps = _way(way, answer, tr, STEPS_IN_ALL)[1:] if way else [_headline(answer, tr)]
    back = button(tr("‹ Back"), "p", answer.target or "")
    return Screen(lines(*steps, *gauges.footer(answer, tr, zone)), rows((back, menu_button(tr))))


def what_if(
    answer: Progress,
    person: LinePerson | None,
    volume: str,
    tr: Translator,
    *,
    before: str | None = None,
    zone: str | None = None,
    came_from: CameFrom = ("x", "0"),
) -> Screen:
    """What one more order would change.

    Args:
        person: None for an order of her own.
        before: the rank she has without it.
        zone: the reader's time zone; None is the company's.
    """
    rank = rank_name(answer, answer.paid_rank, tr)
    name = bold(cut(person.name, NAME_MAX)) if person else ""
    back = button(tr("‹ Back"), "w", *came_from, person.code) if person else None
    return Screen(
        lines(
            tr("Let's say {name} places an order worth {volume} in volume.", name=name, volume=bold(volume))
            if person
            else tr("Let's say you place another order worth {volume} in volume.", volume=bold(volume)),
            _then(rank, stays=answer.paid_rank == before, tr=tr),
            "",
            *[gauges.line(gauge, answer, tr) for gauge in answer.gauges],
            "",
            *gauges.as_of(answer, tr, zone),
            tr("This is just a simulation. Nothing has been ordered."),
        ),
        rows((back, gauges_button(tr)), (menu_button(tr),)),
        on_photo=True,
    )


def _then(rank: str, *, stays: bool, tr: Translator) -> str:
    if not rank:
        return tr("Even then, you wouldn't qualify for a rank.")
    if stays:
        return tr("You'd still be paid as {rank}.", rank=bold(rank))
    return tr("Then you'd be paid as {rank}.", rank=bold(rank))


def my_rank(answer: Progress, tr: Translator, *, zone: str | None = None) -> Screen:
    """Which rank she holds now."""
    higher, honour = answer.career_rank != answer.paid_rank, rank_name(answer, answer.honorary_rank, tr)
    career = rank_name(answer, answer.career_rank, tr) if higher else ""
    target = rank_name(answer, answer.target, tr)
    return Screen(
        lines(
            gauges.standing(answer, tr),
            tr("You keep it by grace: your own figures reach less.") if answer.by_grace else None,
            tr("Highest rank so far: {rank}.", rank=bold(career)) if career else None,
            honoured(bold(honour), tr) if honour else None,
            gauges.outlook(answer, tr),
            *gauges.footer(answer, tr, zone),
        ),
        rows(
            (
                gauges_button(tr),
                button(tr("🎯 Path to {rank}", rank=target), "p", answer.target or "") if target else None,
            ),
            (menu_button(tr),),
        ),
    )


def _headline(answer: Progress, tr: Translator) -> str:
    target = rank_name(answer, answer.target, tr)
    if not target:
        return f"{gauges.standing(answer, tr)} {gauges.outlook(answer, tr)}"
    open_points = _open_points(answer)
    if not open_points:
        return tr("You have everything you need for {rank}.", rank=bold(target))
    missing = tr.plural(
        "You still need {n} thing to reach {rank}.",
        "You still need {n} things to reach {rank}.",
        open_points,
        rank=bold(target),
    )
    if answer.cycle.closed:
        return missing
    return f"{missing} {days_left(answer.cycle.days_left, tr)}"


def _open_points(answer: Progress) -> int:
    alone = sum(1 for need in answer.needs if need.group is None and need.missing)
    return sum(1 for gauge in answer.gauges if gauge.missing) + alone + len(_open_groups(answer.needs))


def _open_groups(needs: Iterable[Need]) -> list[list[list[Need]]]:
    """Any-of groups of which no path holds: groups of paths of needs."""
    return [paths for paths in _groups(needs) if _path_done(paths) is None]


def _groups(needs: Iterable[Need]) -> list[list[list[Need]]]:
    grouped = sorted((need for need in needs if need.group is not None), key=lambda need: (need.group, need.path or 0))
    return [
        [list(path) for _, path in groupby(members, key=lambda need: need.path)]
        for _, members in groupby(grouped, key=lambda need: need.group)
    ]


def _path_done(paths: list[list[Need]]) -> list[Need] | None:
    """The first path of a group that holds."""
    return next((path for path in paths if not any(need.missing for need in path)), None)


def _needs(answer: Progress, tr: Translator) -> list[str]:
    """Conditions that are no gauge: whether each holds, and what is missing; of an any-of that holds only how."""
    told = [_mark(need.missing) + _need(need, answer, tr) for need in answer.needs if need.group is None]
    for paths in _groups(answer.needs):
        done = _path_done(paths)
        if done is not None:
            told.append(_mark(0) + _path(done, answer, tr))
            continue
        told.append(_mark(1) + tr("One of these is enough:"))
        told.extend("   – " + _path(path, answer, tr) for path in paths)
    return told


def _mark(missing: int) -> str:
    return "🔸 " if missing else "✅ "


def _path(path: list[Need], answer: Progress, tr: Translator) -> str:
    """What must hold together."""
    return tr.list([_need(need, answer, tr, inside=place > 0) for place, need in enumerate(path)])


def _need(need: Need, answer: Progress, tr: Translator, *, inside: bool = False) -> str:
    label = tr.company(need.label)
    places = {
        "label": lowered(label, tr) if inside else label,
        "value": bold(amount(need.value, need.unit, answer.scale, tr)),
        "needed": amount(need.needed, need.unit, answer.scale, tr),
        "missing": amount(need.missing, need.unit, answer.scale, tr),
    }
    if not need.missing:
        return _holds(need, answer, tr, places)
    n = count(need.missing, need.unit, answer.scale)
    if need.leg_cap is None:
        return tr.plural(
            "{label}: {value} of {needed} ({missing} to go)",
            "{label}: {value} of {needed} ({missing} to go)",
            n,
            **places,
        )
    cap = tr.volume(need.leg_cap, answer.scale)
    return tr.plural(
        "{label}: {value} of {needed} ({missing} to go); at most {cap} of each leg counts",
        "{label}: {value} of {needed} ({missing} to go); at most {cap} of each leg counts",
        n,
        **places,
        cap=cap,
    )


def _holds(need: Need, answer: Progress, tr: Translator, places: dict[str, str]) -> str:
    given = {"label": places["label"], "value": places["value"], "needed": places["needed"]}
    if need.leg_cap is None:
        return tr("{label}: {value} ({needed} needed)", **given)
    cap = tr.volume(need.leg_cap, answer.scale)
    return tr("{label}: {value} ({needed} needed); at most {cap} of each leg counts", **given, cap=cap)


def _nobody_yet(tr: Translator) -> str:
    return tr("You don't have anyone on your team yet. Your first customers are the first step.")


def _way(way: WayThere, answer: Progress, tr: Translator, steps_max: int) -> list[str]:
    if not way.reaches:
        return [
            "",
            tr("Even if everyone placed their usual order, it wouldn't be enough this cycle."),
            tr("It would also take new customers, more active distributors, or larger orders."),
        ]
    head = tr.plural("One order is enough:", "The quickest way there is {n} orders:", len(way.steps))
    told = [f"{number}. {_step(step, answer, tr)}" for number, step in enumerate(way.steps[:steps_max], start=1)]
    left = len(way.steps) - len(told)
    return [
        "",
        head,
        *told,
        *([tr.plural("… and {n} more order.", "… and {n} more orders.", left)] if left else []),
        *([tr("Total: {volume} in volume.", volume=tr.volume(way.volume, answer.scale))] if len(way.steps) > 1 else []),
    ]


def _step(step: Step, answer: Progress, tr: Translator) -> str:
    volume = bold(tr.volume(step.volume, answer.scale))
    if step.kind is StepKind.OWN_ORDER:
        return tr("You: {volume} in volume", volume=volume)
    name, usual = cut(step.person.name, NAME_MAX), tr.volume(step.usual, answer.scale)
    return tr("{name}: {volume} in volume (usually {usual})", name=name, volume=volume, usual=usual)


def _people(way: WayThere) -> list[Button | None]:
    people = [step.person for step in way.steps if step.kind is not StepKind.OWN_ORDER]
    return [button(person.name, "w", "x", 0, person.code) for person in people[:4]] if way.reaches else []


def _all_steps(way: WayThere | None, answer: Progress, tr: Translator, shown: int) -> Button | None:
    if way is None or not way.reaches or len(way.steps) <= shown:
        return None
    return button(tr("📞 Full list"), "wt", answer.target or "")


def _other_ranks(answer: Progress, tr: Translator) -> list[Button | None]:
    """The rungs above the one she holds, but for the one on show."""
    codes = [rank.code for rank in answer.ladder]
    held = codes.index(answer.paid_rank) + 1 if answer.paid_rank in codes else 0
    return [button(rank_name(answer, code, tr), "p", code) for code in codes[held:] if code != answer.target][:3]
