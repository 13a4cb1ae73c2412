"""What an order costs and counts by catalogue and plan, before anything takes a part off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.catalog import service as catalog
from core.catalog.model import Product
from core.db.unit_of_work import UnitOfWork
from core.http.model import Fault, RequestInvalid
from core.kernel.ids import PersonId
from core.orders import rules
from core.orders.model import CurrenciesMixed, NewLine, NewOrder
from core.orders.rules import Figures, Terms
from core.people import service as people
from core.plan import service as plans
from core.plan.model import Plan


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line with its product, the terms that hold for it, and what it costs and counts."""

    said: NewLine
    product: Product
    terms: Terms
    figures: Figures


@dataclass(frozen=True, slots=True)
class Priced:
    """An order that could be recorded."""

    person: PersonId
    plan: Plan
    currency: str
    ordered_at: datetime
    paid_at: datetime | None
    """When the one who records it says that it was paid."""
    lines: Sequence[PricedLine]

    @property
    def amount_minor(self) -> int:
        """What all lines cost together."""
        return sum(line.figures.amount_minor for line in self.lines)


async def price(uow: UnitOfWork, new: NewOrder, plan: Plan | None = None) -> Priced:
    """What an order costs and counts; writes nothing.

    Raises:
        PersonUnknown: nobody has the buyer's code.
        ProductUnknown: a sku that the catalogue does not have.
        CurrenciesMixed: its products are priced in several currencies.
        RateMissing: volume by price in another currency, and no rate for that day.
        PlanMissing: no plan was ever put in force.
        RequestInvalid: it costs or counts more than any order can.
    """
    plan = plan or await plans.plan_in_force(uow, await in_company_time(uow, new.date))
    person = await people.person_id(uow, new.person)
    products = await catalog.products(uow, [line.sku for line in new.lines])
    terms = [_terms(line, products[line.sku]) for line in new.lines]
    currencies = sorted({line.currency for line in terms})
    if len(currencies) > 1:
        raise CurrenciesMixed(order=new.order_id, currencies=currencies)
    zone = ZoneInfo(plan.calendar.time_zone)
    ordered_at = rules.in_zone(new.date, zone)
    rate = Decimal(1)
    if any(rules.needs_rate(line, plan.volume) for line in terms):
        rate = await catalog.rate_on(uow, ordered_at.astimezone(zone).date(), currencies[0], plan.volume.currency)
    lines = [
        PricedLine(
            said,
            products[said.sku],
            line,
            rules.line_figures(line, said.quantity, kind=new.kind, volume=plan.volume, rate=rate),
        )
        for said, line in zip(new.lines, terms, strict=True)
    ]
    require_storable([line.figures for line in lines])
    paid_at = new.paid_on and rules.in_zone(new.paid_on, zone)
    return Priced(person, plan, currencies[0], ordered_at, paid_at, lines)


def require_storable(figures: Sequence[Figures]) -> None:
    """Refuse what no order can cost or count.

    Raises:
        RequestInvalid: it is more.
    """
    if not rules.is_storable(rules.total(figures)):
        raise RequestInvalid([Fault(place="body.lines", code="too_large", expected="an order that can be true")])


async def in_company_time(uow: UnitOfWork, moment: datetime) -> datetime:
    """The moment itself where it has an offset."""
    if moment.tzinfo is not None:
        return moment
    return rules.in_zone(moment, ZoneInfo((await plans.plan_in_force(uow, uow.now)).calendar.time_zone))


def _terms(line: NewLine, product: Product) -> Terms:
    """What the line says, else what the catalogue says."""
    return Terms(
        unit_price=product.price if line.unit_price is None else line.unit_price,
        currency=product.currency,
        cv=product.cv if line.cv is None else line.cv,
        qv=product.qv if line.qv is None else line.qv,
        points=product.points,
        distributor_price=product.price if line.distributor_price is None else line.distributor_price,
    )
