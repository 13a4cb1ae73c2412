"""Whatever people, shop, staff and time do, in any order, cut off at any commit: book and plain arithmetic agree.

Every step goes through the real service. Before or after a commit the database may go away: what was not committed
never happened, and whoever asks again gets it done, or the answer that was lost, once.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import timedelta
from fractions import Fraction
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.core.points.company_by_http import FIRST_CENTS, FIRST_POINTS, NOTE_CENTS, PRICES, Company, company
from tests.core.points.plain_programme import UNITS, Bought, Plain
from tests.support.api import Reply

NAMES = ("Ana", "Ben", "Cleo")
SPONSORS = {"Ben": "Ana", "Cleo": "Ana"}
LEAST_SHARE = 4
"""One part of so many has to be paid in points."""
who, goods, index = st.sampled_from(NAMES), st.sampled_from(list(PRICES)), st.integers(0, 9)
cut = st.sampled_from([None, None, "before", "after"])


class Machine(RuleBasedStateMachine):
    """One company in the book, and the same in plain arithmetic."""

    runner: asyncio.Runner
    company: Company

    def __init__(self) -> None:
        super().__init__()
        self.runner.run(self.company.begin())
        self.plain = Plain(self.company.clock.now().date())
        self.sales: dict[str, Bought] = {}
        self.redeemed: dict[str, Bought] = {}
        self.stock = 3
        self.turn = 0
        for name in NAMES:
            self.plain.give(name, FIRST_POINTS)
            self.plain.money |= {(name, "credit EUR"): FIRST_CENTS, (name, "notes EUR"): NOTE_CENTS}

    def _ask(self, who: str | None, path: str, body: dict[str, Any] | None, cut: str | None) -> Reply:
        return self.runner.run(self.company.ask(who, path, body, cut))

    @contextmanager
    def _value_does_not_grow(self) -> Iterator[None]:
        """What people have and what they got for it, by what they paid."""
        before = self._value()
        yield
        assert self._value() <= before

    def _value(self) -> Fraction:
        paid = [one for one in (*self.redeemed.values(), *self.sales.values()) if not one.gone]
        return self.plain.value(sum(one.worth for one in paid))

    def _name(self, kind: str) -> str:
        self.turn += 1
        return f"{kind}{self.company.count}-{self.turn}"

    @rule(who=who, amount=st.integers(-900, 900).filter(bool), currency=st.sampled_from([None, "EUR"]), cut=cut)
    def adjust(self, who: str, amount: int, currency: str | None, cut: str | None) -> None:
        body = {"person": self.company.code(who), "amount": amount, "currency": currency, "reason": "test"}
        reply = self._ask(None, "/v1/points/adjustments", body, cut)
        purse = (who, f"credit {currency}")
        if currency and self.plain.money[purse] + amount < 0:
            assert reply.code == "money_too_little", reply
            return
        assert reply.status == 201, reply
        if currency:
            self.plain.money[purse] += amount
        elif amount > 0:
            self.plain.give(who, amount)
        else:
            self.plain.take(who, -amount)

    @rule(who=who, cents=st.integers(1, 3000))
    def earn_commission(self, who: str, cents: int) -> None:
        self.runner.run(self.company.commission(who, cents, self._name("commission")))
        self.plain.money[who, "commissions EUR"] += cents

    @rule(who=who, pieces=st.dictionaries(goods, st.integers(1, 60), min_size=1), by_note=st.booleans(), cut=cut)
    def order(self, who: str, pieces: dict[str, int], by_note: bool, cut: str | None) -> None:
        """A sale, paid from outside or by what is left of her credit note and from outside."""
        order_id, price = self._name("O"), sum(PRICES[sku][0] * count for sku, count in pieces.items())
        note = min(self.plain.money[who, "notes EUR"], 100 * price) if by_note else 0
        document = self.company.note(who)
        payments = [{"means": "credit_note", "document": document, "amount": note}] if note else []
        reply = self._order(order_id, who, pieces, cut, payments=payments)
        if pieces.get("MUG", 0) > self.stock:
            assert reply.code == "out_of_stock", reply
            return
        assert reply.status == 201, reply
        sale = Bought(who, note=note, pieces=Counter(pieces), price=100 * price)
        self.stock -= pieces.get("MUG", 0)
        self.plain.money[who, "notes EUR"] -= note
        self.sales[order_id] = sale
        self._earn(sale, price, both={"TEA", "SOAP"} <= set(pieces))

    def _order(self, order_id: str, who: str, pieces: dict[str, int], cut: str | None, **more: Any) -> Reply:
        now = self.company.clock.now().isoformat()
        lines = [{"sku": self.company.sku(sku), "quantity": count} for sku, count in pieces.items()]
        body = {"order_id": order_id, "person": self.company.code(who), "date": now, "lines": lines, "paid_on": now}
        return self._ask(None, "/v1/orders", body | more, cut)

    def _earn(self, sale: Bought, points: int, *, both: bool) -> None:
        if points:
            sale.lots.append(self.plain.give(sale.who, points, waits=True))
        given = [(sale.who, 30)] if both else []
        if points >= 50 and sale.who in SPONSORS:
            given.append((SPONSORS[sale.who], points // 10))
        for receiver, rewarded in given:
            sale.lots.append(self.plain.give(receiver, rewarded, waits=True))
            sale.lots[-1].by_rule = True

    @rule(index=index, count=st.integers(1, 60), cut=cut)
    def send_back(self, index: int, count: int, cut: str | None) -> None:
        """Some of a sale, perhaps not for the first time, or all that is left."""
        open_sales = [
            one for one, sale in self.sales.items() if not sale.gone and not sale.note and sale.pieces.total()
        ]
        if not open_sales:
            return
        order_id = open_sales[index % len(open_sales)]
        sale = self.sales[order_id]
        sku = next(iter(+sale.pieces))
        pieces = {sku: min(count, sale.pieces[sku])} if count < 50 else dict(+sale.pieces)
        name = self._name("B")
        reply = self._order(name, sale.who, pieces, cut, kind="return", returns_order_id=order_id)
        assert reply.status == 201, reply
        points = sum(PRICES[one][0] * number for one, number in pieces.items())
        sale.pieces -= Counter(pieces)
        sale.returned += 100 * points
        for lot in sale.lots:
            target = (2 * lot.amount * sale.returned + sale.price) // (2 * sale.price)
            left = lot.amount - lot.back
            own = left if sale.returned == sale.price else min(left, points)
            self.plain.take_back(lot, target - lot.back if lot.by_rule else own)

    @rule(
        who=who,
        sku=goods,
        count=st.integers(1, 3),
        points=st.none() | st.integers(1, 700),
        coupon=st.booleans(),
        cut=cut,
    )
    def redeem(self, who: str, sku: str, count: int, points: int | None, coupon: bool, cut: str | None) -> None:
        """A product for points, or for points and credit, perhaps made cheaper by her coupon."""
        has_coupon = not any(one.coupon for one in self.redeemed.values() if one.who == who and not one.gone)
        wish = {"sku": self.company.sku(sku), "quantity": count, "points": points}
        wish |= {"coupon": self.company.coupon(who)} if coupon else {}
        offer = self._ask(who, "/v1/me/redemptions/offer", wish, cut)
        cents, full = 100 * PRICES[sku][0] * count, PRICES[sku][1] * count
        off = cents // 10 if coupon else 0
        price = -(-full * (cents - off) // cents)
        paid = price if points is None else points
        fits = -(-price // LEAST_SHARE) <= paid <= price and (sku != "MUG" or count <= self.stock)
        if not fits or paid > self.plain.has(who, "points") or (coupon and not has_coupon):
            assert offer.status in (409, 422), offer
            return
        assert offer.status == 200, offer
        due = (cents - off) - (cents - off) * paid // price
        with self._value_does_not_grow():
            done = self._redeemed(who, sku, count, paid, due, offer.body["offer"], cut)
        earned = int(cents // 100 * (price - paid) * (cents - off) // (price * cents))
        if not done.open:
            self._earn(done, earned, both=False)
        done.coupon = coupon

    def _redeemed(self, who: str, sku: str, count: int, paid: int, due: int, offer: str, cut: str | None) -> Bought:
        reply = self._ask(who, "/v1/me/redemptions", {"offer": offer}, cut)
        assert reply.status == 200, reply
        assert self._ask(who, "/v1/me/redemptions", {"offer": offer}, None).body == reply.body
        uses = self.plain.take(who, paid)
        by_credit = min(due, self.plain.money[who, "credit EUR"])
        self.plain.money[who, "credit EUR"] -= by_credit
        self.stock -= count if sku == "MUG" else 0
        had = Bought(who, uses=uses, points=paid, cents=by_credit, pieces=Counter({sku: count}), open=due > by_credit)
        self.redeemed[reply.body["order"]["order_id"]] = had
        return had

    @rule(index=index, by_staff=st.booleans(), cut=cut)
    def cancel(self, index: int, by_staff: bool, cut: str | None) -> None:
        """Everything goes back to where it came from; once it is on its way nothing does; again nothing more does."""
        known = {**self.redeemed, **(self.sales if by_staff else {})}
        if not known:
            return
        order_id = list(known)[index % len(known)]
        one = known[order_id]
        who, path = (
            (None, f"/v1/orders/{order_id}/cancel") if by_staff else (one.who, f"/v1/me/orders/{order_id}/cancel")
        )
        reply = self._ask(who, path, None, cut)
        if one.gone:
            assert reply.status == 200, reply
        elif one.shipped or one.returned:
            assert reply.code in ("order_shipped", "order_paid"), reply
        else:
            assert reply.status == 200, reply
            with self._value_does_not_grow():
                self._undo(one)

    def _undo(self, one: Bought) -> None:
        one.gone = True
        self.plain.put_back(one.uses)
        self.plain.money[one.who, "credit EUR"] += one.cents
        self.plain.money[one.who, "notes EUR"] += one.note
        for lot in one.lots:
            self.plain.take_back(lot, lot.amount - lot.back)
        self.stock += one.pieces["MUG"]

    @rule(index=index, cut=cut)
    def ship(self, index: int, cut: str | None) -> None:
        if not self.redeemed:
            return
        order_id = list(self.redeemed)[index % len(self.redeemed)]
        one = self.redeemed[order_id]
        reply = self._ask(None, f"/v1/orders/{order_id}/ship", {"tracking": "T1"}, cut)
        may = not (one.gone or one.open)
        assert (reply.status == 200) is may, reply
        one.shipped |= may

    @rule(giver=who, to=who, points=st.integers(1, 900), cut=cut)
    def transfer(self, giver: str, to: str, points: int, cut: str | None) -> None:
        wish = {"to": self.company.code(to), "points": points}
        offer = self._ask(giver, "/v1/me/transfers/offer", wish, cut)
        in_line = {giver, to} != {"Ben", "Cleo"}
        if giver == to or not in_line or points > self.plain.has(giver, "points"):
            assert offer.status in (409, 422), offer
            return
        self._accept(giver, "transfers", offer, cut)
        with self._value_does_not_grow():
            self.plain.pass_on(giver, to, points)

    @rule(who=who, way=st.sampled_from(list(UNITS)), amount=st.integers(1, 3000), cut=cut)
    def convert(self, who: str, way: tuple[str, str], amount: int, cut: str | None) -> None:
        source, target = (side.split() for side in way)
        wish = {"source": source[0], "target": target[0], "amount": amount}
        wish |= {"currency": (source + target)[1]} if source != ["points"] or target != ["points"] else {}
        if source[0] == target[0] == "credit":
            wish |= {"currency": source[1], "target_currency": target[1]}
        elif source == ["points"]:
            wish |= {"currency": target[1]}
        offer = self._ask(who, "/v1/me/conversions/offer", wish, cut)
        give, got = self.plain.exchange(*way, amount)
        if not got or amount > self.plain.has(who, way[0]):
            assert offer.status in (409, 422), offer
            return
        assert (offer.body["give"], offer.body["get"]) == (give, got), offer
        self._accept(who, "conversions", offer, cut)
        with self._value_does_not_grow():
            self.plain.convert(who, *way, amount)

    def _accept(self, who: str, kind: str, offer: Reply, cut: str | None) -> None:
        """A tap, and a second one that changes nothing."""
        assert offer.status == 200, offer
        taken = {"offer": offer.body["offer"]}
        replies = [self._ask(who, f"/v1/me/{kind}", taken, one) for one in (cut, None)]
        assert [one.status for one in replies] == [200, 200], replies
        assert replies[0].body == replies[1].body == offer.body

    @rule(days=st.sampled_from([1, 2, 5, 20, 61]), cut=cut)
    def time_passes(self, days: int, cut: str | None) -> None:
        self.company.clock.advance(timedelta(days=days))
        self.runner.run(self.company.sweep(cut))
        self.plain.days_pass(days)

    @invariant()
    def book_and_plain_arithmetic_agree(self) -> None:
        assert self.runner.run(self.company.faults()) == []
        for name in NAMES:
            purses = {"available": self.plain.available(name), "pending": self.plain.pending(name)}
            purses |= {purse: amount for (one, purse), amount in self.plain.money.items() if one == name}
            kept = self.runner.run(self.company.purses(name))
            assert kept == {purse: amount for purse, amount in purses.items() if amount}, name
        assert self.runner.run(self.company.stock()) == self.stock


@pytest.mark.hypothesis
def test_nothing_is_lost_doubled_or_overdrawn_in_any_order(database_url: str) -> None:
    """One company for all runs: each has people of its own in it, and the whole book is proved after each step."""
    fuzz = settings.get_current_profile_name() == "fuzz"
    few = settings(max_examples=300 if fuzz else 5, stateful_step_count=60 if fuzz else 25)
    with asyncio.Runner() as runner:
        running = AsyncExitStack()
        here = runner.run(running.enter_async_context(company(database_url)))
        try:
            tried = type("Tried", (Machine,), {"runner": runner, "company": here})
            run_state_machine_as_test(tried, settings=few)
        finally:
            runner.run(running.aclose())
