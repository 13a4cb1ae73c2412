"""Checking the stored network as a whole."""

from core.db.unit_of_work import UnitOfWork
from core.genealogy import store
from core.genealogy.model import Finding, Verification
from core.genealogy.rules.verification import Found
from core.genealogy.rules.verification import verify as find_faults
from core.kernel.ids import PersonId
from core.people import service as people


async def verify(uow: UnitOfWork) -> Verification:
    """All that is wrong with the network in force and with the history of links, each with its person."""
    network = await store.network(uow)
    found = find_faults(network)
    named = {number for fault in found for number in (fault.person, *fault.others)}
    cards = await people.cards(uow, [PersonId(number) for number in sorted(named)])
    codes = {int(number): card.code for number, card in cards.items()}
    hidden = 0 if await people.company_node(uow) is None else 1
    return Verification(
        people=len(network.people) - hidden,
        links=len(network.person),
        findings=tuple(_finding(fault, codes) for fault in found),
    )


def _finding(fault: Found, codes: dict[int, str]) -> Finding:
    person = codes.get(fault.person, f"#{fault.person}")
    others = [codes.get(number, f"#{number}") for number in fault.others]
    return Finding(code=fault.code, person=person, facts={"person": person, "others": others, **dict(fault.facts)})
