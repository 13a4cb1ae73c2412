"""Networks drawn as indented text, planted in a database."""

from datetime import date

from core.db.unit_of_work import UnitOfWork
from core.genealogy import service as genealogy
from core.kernel.ids import PersonId
from core.people.model import Kind, NewPerson

JOINED_ON = date(2026, 1, 5)


async def plant(uow: UnitOfWork, drawing: str) -> dict[str, PersonId]:
    """Enrol everybody of `drawing`, one code a line, indented under the sponsor; a code in parentheses is a customer.

    Returns:
        The numbers of all who were enrolled, by code.
    """
    numbers: dict[str, PersonId] = {}
    above: list[tuple[int, str]] = []
    for line in filter(str.strip, drawing.splitlines()):
        indent = len(line) - len(line.lstrip())
        above = [(column, code) for column, code in above if column < indent]
        code = line.strip("() \n")
        numbers[code] = await genealogy.enrol(
            uow,
            NewPerson(
                code=code,
                sponsor=above[-1][1] if above else None,
                name=f"{code} Doe",
                joined_on=JOINED_ON,
                country="GB",
                language="en",
                kind=Kind.CUSTOMER if "(" in line else Kind.DISTRIBUTOR,
            ),
        )
        above.append((indent, code))
    return numbers


async def drawn(uow: UnitOfWork, numbers: dict[str, PersonId]) -> str:
    """The tree in force as such a text, of those in `numbers` who have a link; everybody in the order of her number."""
    codes = {number: code for code, number in numbers.items()}
    node = await genealogy.hang_roots(uow, reason="drawing")
    lines: list[str] = []

    async def draw(person: PersonId, depth: int) -> None:
        lines.append("  " * depth + codes[person])
        for child in await genealogy.frontline(uow, person):
            await draw(child, depth + 1)

    tops = await genealogy.frontline(uow, node) if node else await genealogy.roots(uow)
    for top in tops:
        await draw(top, 0)
    return "\n".join(lines)
