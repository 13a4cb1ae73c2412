"""A finding about a plan as a sentence."""

from core.kernel.errors import Problem
from i18n.errors import sentence
from i18n.translator import Place, Translator

PHRASES = ("reason", "expected", "because", "table", "what")
"""Facts that are themselves marked phrases, to be said in the reader's language too."""


def tell(problem: Problem, tr: Translator) -> str:
    """What is wrong, what was expected, and what its author may have meant."""
    facts = dict(problem.facts)
    places: dict[str, Place] = {name: fact for name, fact in facts.items() if isinstance(fact, str | int)}
    for name in PHRASES:
        phrase = facts.get(name)
        if isinstance(phrase, str):
            facts[name] = tr(phrase, **places)
    return sentence(problem.code, facts, tr)


def located(problem: Problem, source: str, tr: Translator) -> str:
    """The finding with its place in front, as editors and terminals know it: `plan.toml:41:13: …`."""
    return f"{source}:{problem.line}:{problem.column}: {tell(problem, tr)}"
