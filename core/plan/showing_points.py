"""The points programme of a plan, told in plain lines."""

from collections.abc import Iterator
from decimal import Decimal

from core.plan.model import (
    Converting,
    Limits,
    Occasion,
    PointsRule,
    PointsSpec,
    Receiver,
    Redeeming,
    Transferring,
    TransferTo,
)
from i18n.translator import Translator

INDENT = "  "
RECEIVERS = {
    Receiver.PERSON: "",
    Receiver.REFERRER: " to who brought her",
    Receiver.SPONSOR: " to her sponsor",
}


def points_lines(points: PointsSpec, currency: str, tr: Translator) -> Iterator[str]:
    """The whole programme from its name to its highest tier; money is in the plan's `currency`."""
    name = tr.company(points.name, 2)
    yield f"Points, called “{name}”"
    since = f"; orders from {points.since} on" if points.since else ""
    yield f"{INDENT}can be spent {_days(points.safe_after_days)}{since}"
    yield f"{INDENT}{_expiry(points)}"
    debt = "leaves a debt, which later ones pay" if points.may_go_negative else "is given up"
    yield f"{INDENT}what is taken back after it was spent {debt}"
    yield f"{INDENT}redeemed: {_redeeming(points.redeem)}"
    yield f"{INDENT}transferred: {_transferring(points.transfer)}"
    yield f"{INDENT}converted: {_converting(points.convert, currency)}"
    for rule in points.rules:
        yield from _rule(rule, tr)
    for tier in points.tiers:
        yield f"{INDENT}tier {tier.code} “{tr.company(tier.label)}”: {tier.earned:,} in {points.tier_months} months"


def _days(days: int) -> str:
    return f"{days} days after the order was paid" if days else "at once"


def _expiry(points: PointsSpec) -> str:
    if points.expire_after_months is None:
        return "never expire"
    days = ", ".join(map(str, points.warn_days))
    warned = f"; warned {days} days before" if days else ""
    ends = {"day": "to the day", "month_end": "at the end of the month", "year_end": "at the end of the year"}
    return f"expire after {points.expire_after_months} months, {ends[points.expire_at]}{warned}"


def _redeeming(redeem: Redeeming | None) -> str:
    if redeem is None:
        return "no"
    words = [f"up to {redeem.quantity_most} of a product"]
    if redeem.daily is not None:
        words.append(f"{redeem.daily:,} a day")
    if redeem.mixed:
        words.append(f"with money, {_plain(redeem.points_share_least * 100)} % or more in points")
    words.append("earns like money" if redeem.earns else "earns nothing")
    return ", ".join(words)


def _transferring(transfer: Transferring | None) -> str:
    if transfer is None:
        return "no"
    to = "within her line and upline" if transfer.to is TransferTo.LINE else "to anybody"
    return f"{to}, {_limits(transfer.limits)}"


def _converting(convert: Converting | None, currency: str) -> str:
    if convert is None:
        return "no"
    ways = {
        "to credit": convert.to_credit,
        "from credit": convert.from_credit,
        "to commissions": convert.to_commissions,
        "from commissions": convert.from_commissions,
    }
    rates = [f"{way} at {_plain(rate)} {currency}" for way, rate in ways.items() if rate is not None]
    return ", ".join([*rates, _limits(convert.limits)])


def _limits(limits: Limits) -> str:
    most = "any number" if limits.most is None else f"{limits.most:,}"
    daily = "" if limits.daily is None else f", {limits.daily:,} a day"
    return f"{limits.least:,} to {most} at once{daily}"


def _plain(rate: Decimal) -> str:
    return f"{rate.normalize():f}"


def _rule(rule: PointsRule, tr: Translator) -> Iterator[str]:
    asked = "for each order" if rule.on is Occasion.ORDER else "for each closed cycle"
    once = ", once for each person" if rule.once else ""
    yield f"{INDENT}rule {rule.code} “{tr.company(rule.label)}” {asked}{once}"
    yield f"{INDENT * 2}{' '.join(rule.points.text.split())}{RECEIVERS[rule.to]}"
    yield f"{INDENT * 2}when {' '.join(rule.when.text.split())}"
