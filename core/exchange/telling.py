"""How what was found in a file is told on the command line."""

from core.kernel.errors import Problem, Severity
from i18n.errors import sentence
from i18n.translator import translator


def problem_line(problem: Problem, name: str) -> str:
    """One line about a fault with its place, or about a notice with the lines that it concerns."""
    words = sentence(problem.code, problem.facts, translator("en"))
    if problem.severity is Severity.FAULT:
        place = ":".join(str(part) for part in (name, problem.line, problem.column) if part is not None)
        return f"{place}: {words} [{problem.code}]"
    lines, count = problem.facts["lines"], problem.facts["count"]
    assert isinstance(lines, list) and isinstance(count, int), "Findings makes every notice so"
    more = ", …" if count > len(lines) else ""
    label = "line" if count == 1 else "lines"
    return f"notice: {words} {label} {', '.join(lines)}{more} [{problem.code}: {count}]"
