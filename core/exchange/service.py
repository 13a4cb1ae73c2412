"""Use cases of importing, each on a unit of work that it is given: what is known, and publishing what was staged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import polars as pl

from core.catalog import service as catalog
from core.db.types import EPOCH, MICROSECOND, microseconds
from core.db.unit_of_work import UnitOfWork
from core.exchange import store
from core.exchange.model import FileKind, ImportOvertaken, Published
from core.exchange.rules import balances, order_fields, people_fields
from core.exchange.rules import people as people_rules
from core.exchange.rules.balances import Balance, BalancesDraft
from core.exchange.rules.known_orders import Comparison
from core.exchange.rules.people import KnownPerson, PeopleDraft
from core.exchange.rules.products import ProductsDraft
from core.exchange.rules.rates import RatesDraft
from core.exchange.rules.sheet import LINE, Sheet, values_of
from core.genealogy import service as genealogy
from core.ledger import service as ledger
from core.ledger.model import POINTS, Account, Document, Line, Posting, Purpose
from core.orders import service as orders
from core.orders.model import OrderKind, OrderState
from core.people import service as people
from core.people.model import COMPANY_CODE
from core.plan import service as plans
from core.plan.model import Plan, PlanMissing
from core.points import service as points
from core.points.model import PointsMoved
from i18n.negotiation import spoken

IMPORTED = "imported"
BALANCES_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans that a file is read by; `default_currency` is set where the company has none and gets the default."""

    now: Plan
    versions: tuple[tuple[int, Plan], ...]
    default_currency: str | None = None


async def plans_in_force(uow: UnitOfWork) -> Plans:
    """All versions of the plan, or the default plan in the catalogue's currency where none was ever put in force."""
    try:
        now = await plans.plan_in_force(uow, uow.now)
    except PlanMissing:
        currency = await catalog.main_currency(uow)
        plan = plans.parsed(plans.default_text(currency))
        return Plans(plan, ((0, plan),), currency)
    begins = sorted(version.valid_from for version in (await plans.card(uow)).versions)
    versions = [(microseconds(begin), await plans.plan_in_force(uow, begin)) for begin in begins]
    return Plans(now, tuple(versions))


async def known_people(uow: UnitOfWork, sheet: Sheet) -> dict[str, KnownPerson]:
    """Everybody whom the file names, herself or as a sponsor, and who is recorded."""
    return await store.known_people(uow, {*values_of(sheet.frame, "id"), *values_of(sheet.frame, "sponsor_id")})


async def people_setting(uow: UnitOfWork) -> people_fields.Setting:
    """What the people of a file are read against."""
    found = await plans_in_force(uow)
    ranks = None if found.default_currency else [rank.code for rank in found.now.ranks]
    return people_fields.Setting(ZoneInfo(found.now.calendar.time_zone), lambda tag: spoken(tag) is not None, ranks)


async def order_setting(uow: UnitOfWork, sheet: Sheet) -> tuple[order_fields.Setting, str | None]:
    """What the orders of a file are read against, and the currency of the default plan where there is no other."""
    found = await plans_in_force(uow)
    returned = [order for order in values_of(sheet.frame, "returns_order_id") if order]
    sold = await store.known_orders(uow, returned)
    setting = order_fields.Setting(
        people=await people.ids_of(uow, [code for code in values_of(sheet.frame, "person_id") if code != COMPANY_CODE]),
        products=await catalog.all_products(uow),
        rates=await catalog.rate_table(uow),
        plan=found.now,
        versions=found.versions,
        sales=dict(sold.filter(pl.col("kind") == OrderKind.SALE.value).select("order_id", "person").iter_rows()),
    )
    return setting, found.default_currency


async def known_orders(uow: UnitOfWork, ids: Sequence[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Heads and lines of those of the orders that are recorded."""
    heads = await store.known_orders(uow, ids)
    return heads, await store.known_lines(uow, heads["order_id"].to_list())


async def publish_people(uow: UnitOfWork, run: str, draft: PeopleDraft, zone: ZoneInfo, places: int = 0) -> None:
    """Make staged people visible, put them under their sponsors and in their places, change those who were known.

    Args:
        places: so many places and chosen sides are staged.

    Raises:
        ImportOvertaken: somebody recorded one of them meanwhile.
    """
    if await _needs_node(uow, draft):
        first = min((people_rules.first_day(person, zone) for person in draft.added), default=uow.now)
        await genealogy.company_node(uow, since=min(first, uow.now), reason=IMPORTED)
        await store.publish(uow, store.ADOPT_ROOTS, run, node=COMPANY_CODE)
    await store.publish(uow, store.PUBLISH_PEOPLE, run)
    await store.count_anew(uow, len(draft.added), "person", "staged_person", "staged_place")
    facts = {"now": microseconds(uow.now), "actor": uow.actor, "reason": IMPORTED}
    links = await store.publish(uow, store.PUBLISH_LINKS, run, **facts)
    placed = await store.publish(uow, store.PUBLISH_PLACES, run, **facts)
    chosen = await store.publish(uow, store.PUBLISH_SIDES, run, actor=uow.actor)
    if (links, placed + chosen) != (len(draft.added), places):
        raise ImportOvertaken
    await genealogy.hang_roots(uow, reason=IMPORTED)
    numbers = await people.ids_of(uow, list(draft.changed))
    for code, changes in draft.changed.items():
        await people.record_details(uow, numbers[code], changes)
    await _announce(uow, run, FileKind.PEOPLE, added=len(draft.added), changed=len(draft.changed))


async def publish_orders(uow: UnitOfWork, run: str, comparison: Comparison, currency: str | None) -> list[int]:
    """Make staged orders and the payments of known ones visible.

    Args:
        currency: of the default plan, when it is to be put in force with the first orders.

    Returns:
        Places in the file of returns that say more than was left of sales recorded before.

    Raises:
        ImportOvertaken: somebody recorded one of them meanwhile.
    """
    if currency is not None:
        await plans.ensure_plan(uow, currency, _first_day(comparison.orders, uow.now))
    added = await store.publish(uow, store.PUBLISH_ORDERS, run)
    await store.count_anew(uow, added, "customer_order", "staged_line")
    lines = await store.publish(uow, store.PUBLISH_LINES, run)
    if (added, lines) != (comparison.orders.height, comparison.lines.height):
        raise ImportOvertaken
    await store.pay(uow, comparison.payments.rows(), OrderState.PAID.value)
    returns = comparison.orders.filter(
        (pl.col("kind") == OrderKind.RETURN.value) & pl.col("returns_order_id").is_not_null()
    )
    beyond = await orders.recount_returns(uow, returns["order_id"].to_list())
    await _announce(uow, run, FileKind.ORDERS, added=added, changed=comparison.payments.height)
    return returns.filter(pl.col("order_id").is_in(beyond))[LINE].to_list()


async def publish_products(uow: UnitOfWork, run: str, draft: ProductsDraft) -> None:
    """Write new and changed products."""
    await catalog.record_products(uow, draft.products, stock=draft.counts_stock)
    await _announce(uow, run, FileKind.PRODUCTS, added=draft.added, changed=draft.changed)


async def publish_rates(uow: UnitOfWork, run: str, draft: RatesDraft) -> None:
    """Write new rates."""
    await catalog.record_rates(uow, draft.rates)
    await _announce(uow, run, FileKind.RATES, added=len(draft.rates), changed=0)


async def balance_setting(uow: UnitOfWork, sheet: Sheet) -> balances.Setting:
    """What the balances of a file are read against."""
    plan = (await plans_in_force(uow)).now
    codes = [code for code in values_of(sheet.frame, "person_id") if code != COMPANY_CODE]
    today = uow.now.astimezone(ZoneInfo(plan.calendar.time_zone)).date()
    return balances.Setting(await people.ids_of(uow, codes), today, IMPORTED)


async def known_balances(uow: UnitOfWork, read: Sequence[Balance]) -> dict[str, int]:
    """What was brought in before of these balances, by their keys."""
    wanted = {posting_key(balance): balance for balance in read}
    entries = await ledger.entries_under(uow, list(wanted))
    return {wanted[key].key: max(line.amount for line in entry.lines) for key, entry in entries.items()}


async def publish_balances(uow: UnitOfWork, run: str, draft: BalancesDraft) -> None:
    """Post opening balances, points into lots of their own.

    Raises:
        ImportOvertaken: somebody brought one of them in meanwhile.
    """
    added = 0
    for start in range(0, len(draft.balances), BALANCES_AT_ONCE):
        some = draft.balances[start : start + BALANCES_AT_ONCE]
        of_points = [balance for balance in some if balance.unit == POINTS]
        added += await points.open_balance(uow, [_points_opening(balance) for balance in of_points])
        of_money = [_credit_opening(balance) for balance in some if balance.unit != POINTS]
        added += sum(posted.is_new for posted in await ledger.post_all(uow, of_money))
    if added != len(draft.balances):
        raise ImportOvertaken
    await store.end_run(uow, run, added=added, changed=0)
    people_moved = dict.fromkeys(balance.person for balance in draft.balances if balance.unit != POINTS)
    await uow.emit_all(PointsMoved(person=person, person_id=person) for person in people_moved)


def posting_key(balance: Balance) -> str:
    """Under which key of the book a balance is posted."""
    return f"{'points' if balance.unit == POINTS else 'credit'}.opening:{balance.key}"


def _points_opening(balance: Balance) -> points.Opening:
    return points.Opening(balance.person, balance.amount, balance.expires_on, balance.reason, balance.key)


def _credit_opening(balance: Balance) -> Posting:
    hers = Account(person=balance.person, purpose=Purpose.CREDIT, unit=balance.unit)
    opening = Account(person=None, purpose=Purpose.OPENING, unit=balance.unit)
    return Posting(
        key=posting_key(balance),
        kind="credit.opening",
        reason=balance.reason,
        document=Document(kind="opening", id=balance.key),
        lines=(Line(account=opening, amount=-balance.amount), Line(account=hers, amount=balance.amount)),
    )


async def _needs_node(uow: UnitOfWork, draft: PeopleDraft) -> bool:
    """Whether there will be more than one root."""
    if await people.company_node(uow) is not None:
        return True
    return draft.roots + len(await genealogy.roots(uow)) > 1


async def _announce(uow: UnitOfWork, run: str, kind: FileKind, *, added: int, changed: int) -> None:
    await store.end_run(uow, run, added=added, changed=changed)
    await uow.emit(Published(what=kind, added=added, changed=changed))


def _first_day(orders: pl.DataFrame, now: datetime) -> date:
    first = orders["ordered_at"].min()
    return now.date() if not isinstance(first, int) else (EPOCH + first * MICROSECOND).astimezone(UTC).date()
