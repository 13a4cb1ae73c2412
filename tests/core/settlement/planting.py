"""Plants one fault after the other, and looks whether the second engine disagrees with the fast one.

With numba switched off, so that a fault in a kernel works at once:

| `NUMBA_DISABLE_JIT=1 python -m tests.core.settlement.planting` | prints for each fault |
| --- | --- |
| `0 1 2` (all, without any) | the cycle in which its own plan shows it, or `nowhere`; `unplanted`: without it, too |
| `--drawn 0 1 2` | how many drawn plans it takes until one shows it, 0 where none of 300 does |
"""

import argparse
import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings

from core.forest import ordering, program
from core.plan.reading import check
from core.settlement.comparing import compare
from core.settlement.files.timing import silent
from core.settlement.model import Carried, Company
from core.settlement.past.handing_on import carried_out
from core.settlement.running import run
from tests.core.settlement.faults import FAULTS, Fault
from tests.core.settlement.faults.shop import shop
from tests.core.settlement.random_people import RATES, companies
from tests.core.settlement.random_plans import plans

CYCLES = ("2026-10", "2026-11", "2026-12")
EXAMPLES = 300
FEW = 2**10
NOWHERE, UNPLANTED = "nowhere", "unplanted"
ROOT = Path(__file__).parents[3]


@contextmanager
def planted(fault: Fault) -> Iterator[None]:
    """The functions of a module as they would be with the fault in its text."""
    source = (ROOT / fault.path).read_text(encoding="utf-8")
    assert source.count(fault.there) == 1, f"{fault.path} has {fault.there!r} {source.count(fault.there)} times"
    module = importlib.import_module(fault.path.removesuffix(".py").replace("/", "."))
    changed = compile(source.replace(fault.there, fault.instead), fault.path, "exec")
    codes = {code.co_qualname: code for code in _codes(changed)}
    swapped = []
    for function in _functions(module):
        code = codes.get(function.__qualname__)
        if code is not None and _inner(code) != _inner(function.__code__):
            swapped.append((function, function.__code__))
            function.__code__ = code
    assert swapped, f"nothing of {fault.path} is changed by {fault.instead!r}"
    try:
        yield
    finally:
        for function, before in swapped:
            function.__code__ = before


def _inner(code: CodeType) -> tuple[object, ...]:
    """What a function does, wherever it stands."""
    return code.co_code, code.co_names, [_inner(one) if isinstance(one, CodeType) else one for one in code.co_consts]


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


def _functions(module: Any) -> Iterator[FunctionType]:
    for thing in list(vars(module).values()):
        if isinstance(thing, type) and thing.__module__ == module.__name__:
            yield from (one for value in vars(thing).values() for one in _inside(value))
        elif isinstance(thing, FunctionType) and thing.__module__ == module.__name__:
            yield thing


def _inside(value: Any) -> Iterator[FunctionType]:
    plain: Callable[..., Any] | None = getattr(value, "fget", None) or getattr(value, "func", None) or value
    if isinstance(plain, FunctionType):
        yield plain


class Told(Exception):
    """Both engines differ: enough is drawn."""


def shown(fault: Fault) -> str:
    """The first cycle in which the engines differ about the fault's plan, and without the fault they must not."""
    with planted(fault):
        found = _differs(fault.plan, shop())
    if found and _differs(fault.plan, shop(), CYCLES[: CYCLES.index(found) + 1]):
        return UNPLANTED
    return found or NOWHERE


def drawn(fault: Fault) -> int:
    """How many drawn plans it takes until both engines differ; 0 is none of them."""
    taken: list[str | None] = []

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
              report_multiple_bugs=False, suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(plans(fault.kinds).filter(lambda text: fault.asks in text), companies())
    def draw(text: str, company: Company) -> None:
        if not (taken and taken[-1]):
            taken.append(_differs(text, company))
        if taken[-1]:
            raise Told

    with planted(fault):
        try:
            draw()
        except Told:
            return len(taken)
    return 0


def _differs(text: str, company: Company, cycles: Sequence[str] = CYCLES) -> str | None:
    """The first of these cycles about which the engines do."""
    plan, problems = check(text)
    assert plan is not None, problems
    carried = Carried()
    for cycle in cycles:
        outcome = run(company, plan, RATES, cycle, calendar=None, carried=carried, timings=silent())
        if compare(outcome, text, RATES, carried):
            return cycle
        carried = carried_out(outcome)
    return None


def main(words: Sequence[str]) -> None:
    """Prints the number of each fault and how it is told."""
    parser = argparse.ArgumentParser(prog="planting")
    parser.add_argument("--drawn", action="store_true")
    parser.add_argument("numbers", nargs="*", type=int)
    asked = parser.parse_args(words)
    program.AWAKE = np.uint8(program.AWAKE)  # type: ignore[assignment]  # numpy, unlike numba, minds ~ of an int
    ordering.DIGIT = FEW  # not compiled, tables of millions for a few lines take a second
    for number in asked.numbers or range(len(FAULTS)):
        told = drawn(FAULTS[number]) if asked.drawn else shown(FAULTS[number])
        sys.stdout.write(f"{number} {told}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
