"""The company's own words as people type them: its ranks, and what it calls points."""

from collections.abc import Mapping, Sequence

from bot.answering import typed
from bot.context import Context
from bot.understanding.lexicon import demo_lexicon
from bot.understanding.model import Lexicon
from bot.understanding.points_word import in_common_words
from bot.understanding.text import clean
from core.kernel.words import CompanyText
from core.people.model import Me


def lexicon(me: Me | None) -> Lexicon:
    """The words of somebody's company; the demo company's for a stranger, who is of none yet."""
    demo = demo_lexicon()
    if me is None:
        return demo
    return Lexicon(ranks=_ranks(me.rank_names) or demo.ranks, points=_forms(me.points_name or {}))


def in_words_of_all(context: Context) -> str:
    """What she typed, the company's word for points replaced by the common one."""
    return in_common_words(clean(typed(context)), lexicon(context.flow.me)).text


def _ranks(names: Mapping[str, CompanyText]) -> dict[str, dict[str, Sequence[str]]]:
    """The company's ranks, beside the common forms of ranks that are called alike."""
    common = demo_lexicon().ranks
    ranks: dict[str, dict[str, Sequence[str]]] = {}
    for code, words in names.items():
        own, known = _forms(words), common.get(code, {})
        ranks[code] = {language: [*own.get(language, ()), *known.get(language, ())] for language in {*own, *known}}
    return ranks


def _forms(words: CompanyText) -> dict[str, Sequence[str]]:
    """Language → every form of a word, the singular first as the company gives it."""
    return {
        language: list(dict.fromkeys(forms.values())) if isinstance(forms, dict) else [forms]
        for language, forms in words.items()
    }
