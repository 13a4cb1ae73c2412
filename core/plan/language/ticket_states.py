"""`[[tickets.states]]` and `[tickets.moves]`: how a company shapes what becomes of a ticket."""

from collections.abc import Mapping, Sequence

from core.plan.language import values
from core.plan.language.findings import Findings
from core.plan.language.source import Node, Place
from core.plan.language.table import Shape, Table
from core.plan.language.ticket_lists import new_code
from core.plan.model import PHASE_MOVES, Phase, StateSpec
from core.plan.model.tickets import GOING_ON
from i18n.translator import mark

STATE = Shape("[[tickets.states]]", ("code", "name", "like"), required=("code", "name"))
LIKE = [phase.value for phase in Phase if phase in GOING_ON]
"""New and reopened are what a ticket is by itself."""
OURS = mark("this state is ours, and the company only names it")
STATES_LISTED = mark("a list of states")
STATE_WORD = "state"
ENDS = (Phase.SOLVED, Phase.CLOSED)


def read_states(section: Table) -> tuple[StateSpec, ...]:
    """The company's own states, and its names for ours."""
    found = []
    first: dict[str, Place] = {}
    for node in section.items("states"):
        table = Table(node, STATE, section.findings)
        code, name = new_code(table, first), values.company_text(table, "name")
        found.append(StateSpec(code, name, _like(table, code)))
    return tuple(found)


def _like(table: Table, code: str) -> Phase:
    if code in list(Phase):
        table.useless("like", OURS)
        return Phase(code)
    table.need("like", when="code")
    return Phase(table.one_of("like", LIKE, Phase.OPEN))


def read_moves(section: Table, states: Sequence[StateSpec]) -> Mapping[str, tuple[str, ...]]:
    """To which states staff may move a ticket, by the state in which it is."""
    phases = {phase.value: phase for phase in Phase} | {state.code: state.like for state in states}
    found: dict[str, tuple[str, ...]] = {}
    for code, node in section.each("moves"):
        if code not in phases:
            section.findings.unknown("plan_name_unknown", node.key, code, list(phases), what=STATE_WORD)
        elif node.items is None:
            section.wrong(code, node, STATES_LISTED)
        else:
            found[code] = _targets(code, node.items, phases, section.findings)
    if len(found) == len((section.words["moves"].table or {}) if section.has("moves") else {}):
        _tell_stuck(section, found, phases)
    return found


def _targets(code: str, items: Sequence[Node], phases: Mapping[str, Phase], findings: Findings) -> tuple[str, ...]:
    found = []
    for item in items:
        to = item.value if isinstance(item.value, str) else ""
        if to not in phases:
            findings.unknown("plan_name_unknown", item.place, to, list(phases), what=STATE_WORD)
        elif to == code or phases[to] not in PHASE_MOVES[phases[code]]:
            findings.fault("plan_ticket_move", item.place, state=code, to=to)
        else:
            found.append(to)
    return tuple(found)


def _tell_stuck(section: Table, moves: Mapping[str, tuple[str, ...]], phases: Mapping[str, Phase]) -> None:
    """A state from which no way of moves leads to an end; where moves are left open, every phase's ways are there."""
    good = {code for code, phase in phases.items() if phase in ENDS or code not in moves}
    while more := {code for code, to in moves.items() if code not in good and good & set(to)}:
        good |= more
    for code, node in section.each("moves"):
        if code not in good:
            section.findings.fault("plan_ticket_stuck", node.key, state=code)
