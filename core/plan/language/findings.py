"""What is wrong with a plan, gathered while it is read, so that all of it can be told at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from core.kernel.errors import Fact, Problem, Severity
from core.plan.language.field_words import WORD_CALLED
from core.plan.language.source import Place

SHOWN_MAX = 16
"""Of longer lists only what looks most alike is shown, so that what to do stays in sight."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a slip of the hand would have turned into `word`; None when none is near.

    | word     | known            | nearest |
    | -------- | ---------------- | ------- |
    | minimun  | minimum, kpi     | minimum |
    | glod     | silver, gold     | gold    |
    | pw       | gv, pv           | pv      |
    | team     | gold, silver     | none    |
    """
    slips = max(1, len(word) // 3)
    best = process.extractOne(
        _plain(word),
        list(known),
        scorer=OSA.distance,
        processor=_plain,
        score_cutoff=slips,
    )
    return best[0] if best else None


def _alike(word: str, known: Sequence[str]) -> list[str]:
    """The known words that look most like it, in the order of the list."""
    best = process.extract(_plain(word), list(known), scorer=fuzz.WRatio, processor=_plain, limit=SHOWN_MAX - 4)
    return [known[place] for place in sorted(place for _, _, place in best)]


def _plain(word: str) -> str:
    """Case and the joints between the parts of a word are no difference."""
    return word.lower().replace("-", "_").replace(" ", "_")


@dataclass(slots=True)
class Findings:
    """Faults and notices in the order in which they were found."""

    problems: list[Problem] = field(default_factory=list)

    @property
    def faulty(self) -> bool:
        """Whether the plan cannot be used."""
        return any(problem.severity is Severity.FAULT for problem in self.problems)

    def in_order(self) -> list[Problem]:
        """All of them as they stand in the file, from top to bottom."""
        return sorted(self.problems, key=lambda p: (p.line or 0, p.column if isinstance(p.column, int) else 0))

    def fault(self, code: str, place: Place, **facts: Fact) -> None:
        """The plan cannot be used because of this."""
        found = Problem(code, Severity.FAULT, place.line, place.column, facts)
        if found not in self.problems:  # some words are read twice
            self.problems.append(found)

    def notice(self, code: str, place: Place, **facts: Fact) -> None:
        """The plan can be used, but its author should know."""
        self.problems.append(Problem(code, Severity.NOTICE, place.line, place.column, facts))

    def unknown(self, code: str, place: Place, found: str, known: Sequence[str], **facts: Fact) -> None:
        """`found` is none of `known`: told as `code`, or as `code` + `_near` where one of them is near."""
        called = (one for one in WORD_CALLED.get(_plain(found), ()) if one in known)
        near = next(called, None) or nearest(found, known)
        if not known and code == "plan_name_unknown":
            self.fault("plan_name_none", place, found=found, **facts)
            return
        shown = list(dict.fromkeys(known))
        if len(shown) > SHOWN_MAX:
            shown = [*_alike(found, shown), "…"]
        facts = {"found": found, "known": shown, **facts}
        if near is None:
            self.fault(code, place, **facts)
        else:
            self.fault(f"{code}_near", place, nearest=near, **facts)
