"""Checking a stored placement tree as a whole."""

from core.db.unit_of_work import UnitOfWork
from core.genealogy.model import Finding
from core.kernel.ids import PersonId
from core.people import service as people
from core.placement import rules, store
from core.placement.model import PlacementCheck, TreeKind
from core.placement.service.trees import spec_of
from core.plan import service as plans


async def verify(uow: UnitOfWork, tree: TreeKind) -> PlacementCheck:
    """All that is wrong with the tree in force, each finding with its person.

    Raises:
        TreeUnknown: the plan has no such tree.
    """
    spec = spec_of(await plans.plan_in_force(uow, uow.now), tree)
    stored = await store.stored(uow, tree)
    found = rules.verify(stored, spec.width)
    named = sorted({number for fault in found for number in (fault.person, *fault.others)})
    codes = {int(number): card.code for number, card in (await people.cards(uow, list(map(PersonId, named)))).items()}
    findings = []
    for fault in found:
        person = codes.get(fault.person, f"#{fault.person}")
        others = [codes.get(number, f"#{number}") for number in fault.others]
        facts = {"person": person, "others": others, **dict(fault.facts)}
        findings.append(Finding(code=fault.code, person=person, facts=facts))
    return PlacementCheck(tree=tree, places=len(stored.person), findings=tuple(findings))
