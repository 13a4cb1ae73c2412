import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from core.kernel.errors import DomainError
from i18n.errors import known, sentence
from i18n.places import places
from i18n.sentences import Counted
from i18n.translator import translator

ROOT = Path(__file__).parents[2]
SAYING_A_CODE = {"Problem", "fault", "notice", "Finding"}


def modules_of_errors() -> Iterator[str]:
    """Modules of the house that define a refusal."""
    for path in [*ROOT.glob("core/**/*.py"), *ROOT.glob("bot/**/*.py"), *ROOT.glob("notifications/**/*.py")]:
        if "(DomainError)" in (text := path.read_text(encoding="utf-8")) or "(NotFound)" in text:
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def subclasses(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from subclasses(child)


def problem_codes() -> Iterator[str]:
    """Literal codes given to a problem anywhere in core."""
    for path in ROOT.glob("core/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in SAYING_A_CODE:
                given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "code")]
                yield from (arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_refusal_has_a_sentence() -> None:
    for module in modules_of_errors():
        import_module(module)
    ours = {kind.code for kind in subclasses(DomainError) if not kind.__module__.startswith("tests")}
    assert sorted(ours - known().keys()) == []


def test_every_problem_in_bulk_data_has_a_sentence() -> None:
    assert sorted(set(problem_codes()) - known().keys()) == []


def test_sentences_name_plain_places_only() -> None:
    for code, text in known().items():
        for form in text.forms if isinstance(text, Counted) else (text,):
            places(form)
            assert form[0].isupper() or form[0] in "{\"'“„[", (code, form)


def test_an_unknown_code_is_told_with_its_name() -> None:
    assert "never_heard_of" in sentence("never_heard_of", {}, translator("en"))


def test_a_missing_fact_leaves_a_gap_and_no_fault() -> None:
    assert "…" in sentence("rank_unknown", {}, translator("en"))


def test_lists_and_numbers_in_facts_are_said_as_the_reader_says_them() -> None:
    said = sentence("rank_unknown", {"rank": "dimond", "known": ["gold", "diamond"]}, translator("de"))
    assert "gold und diamond" in said


def test_a_list_that_goes_on_ends_in_dots() -> None:
    assert "gold, diamond, …" in sentence(
        "rank_unknown", {"rank": "x", "known": ["gold", "diamond", "…"]}, translator("en")
    )


@pytest.mark.parametrize("language", ["en", "es", "de", "pt-BR", "fr"])
def test_where_nothing_is_near_nothing_is_offered(language: str) -> None:
    tr = translator(language)
    near, far = (sentence("product_unknown", {"sku": "T-1", "nearest": one}, tr) for one in (["T-2"], []))
    assert "T-2" in near
    assert ": ." not in far and len(far) < len(near)


def test_what_any_one_of_would_do_is_joined_by_or() -> None:
    said = sentence("run_in_state", {"run": "4", "state": "paid", "wanted": ["draft", "approved"]}, translator("en"))
    assert "draft or approved" in said


@pytest.mark.parametrize("language", ["en", "es", "de", "pt-BR", "fr"])
def test_every_sentence_can_be_said_without_facts_in_every_language(language: str) -> None:
    tr = translator(language)
    for code in known():
        assert sentence(code, {}, tr).strip()


def test_the_number_of_a_ticket_is_said_without_separators() -> None:
    assert "1042" in sentence("ticket_unknown", {"ticket": 1042}, translator("de"))
