"""Gathering what is wrong with a file, and what is only worth a word."""

from collections.abc import Iterable, Sequence

from core.kernel.errors import Fact, Problem, Severity

LINES_NAMED = 10
"""So many lines of a notice are named; the count tells how many there are."""


class Findings:
    """Everything found so far. Faults stand alone; lines with the same notice are one finding."""

    def __init__(self) -> None:
        self._faults: list[Problem] = []
        self._notices: dict[tuple[str, tuple[tuple[str, Fact], ...]], list[int]] = {}

    def fault(self, code: str, line: int | None, column: str | None = None, **facts: Fact) -> None:
        """Something that blocks the file."""
        self._faults.append(Problem(code, Severity.FAULT, line, column, {"column": column, **facts}))

    def notice(self, code: str, line: int, **facts: Fact) -> None:
        """Something to be told that does not block; counted per code and facts."""
        self.notices(code, [line], **facts)

    def notices(self, code: str, lines: Iterable[int], **facts: Fact) -> None:
        """`notice` for many lines; none makes no finding."""
        found = list(lines)
        if found:
            self._notices.setdefault((code, tuple(sorted(facts.items(), key=lambda fact: fact[0]))), []).extend(found)

    @property
    def faults(self) -> int:
        """How many faults there are so far."""
        return len(self._faults)

    def blocked(self) -> bool:
        """Whether there are faults."""
        return bool(self._faults)

    def all(self) -> tuple[Problem, ...]:
        """Faults by line, then notices by their first line, each with `count` and the first `lines`."""
        faults = sorted(self._faults, key=lambda problem: problem.line or 0)
        notices = [_notice(code, sorted(set(lines)), facts) for (code, facts), lines in self._notices.items()]
        return (*faults, *sorted(notices, key=lambda problem: problem.line or 0))


def _notice(code: str, lines: Sequence[int], facts: Sequence[tuple[str, Fact]]) -> Problem:
    named = [str(line) for line in lines[:LINES_NAMED]]
    return Problem(code, Severity.NOTICE, lines[0], None, {**dict(facts), "count": len(lines), "lines": named})
