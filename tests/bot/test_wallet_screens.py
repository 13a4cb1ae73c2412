"""What converting, giving, coupons and links look like: pure, in several languages, at the edges."""

from datetime import date
from fractions import Fraction

import pytest

from bot.render import coupons, invite, refusals, transfer, wallet
from bot.render.amounts import exact_money, round_numbers
from bot.render.wallet import Route
from bot.screen import DATA_BYTES_MAX, LABEL_MAX, Screen
from core.incentives.model import Holding, HoldingKind, HoldingState
from core.kernel.errors import Refused
from core.points.model import ConversionOffer, Purse, TransferOffer, Wallet, Way
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.support.points_story import STARS
from tests.support.story import ME
from tests.support.wallet_story import COUPONS, INVITATION, WalletRoom

EN = translator("en")
OFFER_ID = "x" * 22
LARGE = 10**12


def data(screen: Screen) -> list[str]:
    return [one.data for row in screen.rows for one in row if one.data]


def conversion(**changed: object) -> ConversionOffer:
    made = ConversionOffer(
        offer=OFFER_ID,
        name=STARS,
        source=Purse.CREDIT,
        target=Purse.CREDIT,
        give=LARGE,
        give_unit="EUR",
        get=LARGE,
        get_unit="USD",
        rate="1.1",
        left=0,
    )
    return made.model_copy(update=changed)


def gift(**changed: object) -> TransferOffer:
    made = TransferOffer(offer=OFFER_ID, name=STARS, to_code="D00020", to_name="Pedro", points=LARGE, left=0)
    return made.model_copy(update=changed)


@pytest.mark.parametrize(
    ("least", "most", "shown"),
    [(100, 1250, [200, 500, 1000]), (1, 10, [1, 2, 5]), (50, 40, []), (100, 100, []), (1, 1, [])],
)
def test_round_numbers_stay_within_the_limits(least: int, most: int, shown: list[int]) -> None:
    assert list(round_numbers(least, most, 3)) == shown


@pytest.mark.parametrize(
    ("value", "currency", "said"),
    [
        (Fraction(4, 100), "EUR", "€0.04"),
        (Fraction(436, 10000), "USD", "$0.0436"),
        (Fraction(1, 3), "EUR", "€0.333333"),
        (Fraction(5), "JPY", "¥5"),
    ],
)
def test_what_one_point_is_worth_may_be_a_part_of_a_coin(value: Fraction, currency: str, said: str) -> None:
    assert exact_money(value, currency, EN) == said


def test_a_route_is_read_as_it_was_written() -> None:
    routes = [
        Route(Purse.POINTS, "points", Purse.CREDIT, "EUR"),
        Route(Purse.COMMISSIONS, "JPY", Purse.POINTS, "points"),
        Route(Purse.CREDIT, "EUR", Purse.CREDIT, "USD"),
    ]
    assert [Route.read(str(route)) for route in routes] == routes
    assert [Route.read(text) for text in ("", "p", "x-y", "p-c-m")] == [None] * 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_confirmation_is_safe_first_and_fits_a_phone(language: str) -> None:
    tr = translator(language)
    for screen in (wallet.offered(conversion(), tr), transfer.offered(gift(), tr)):
        [[cancel], [confirm]] = screen.rows
        assert (cancel.danger, confirm.danger) == (False, True)
        assert len(confirm.label) <= LABEL_MAX
        assert not confirm.label.endswith("…")
        assert len(confirm.data.encode()) <= DATA_BYTES_MAX


def test_the_confirmation_of_a_long_code_still_has_its_button() -> None:
    assert f"gvo:{OFFER_ID}" in data(transfer.offered(gift(to_code="D" * 60), EN))


def test_a_wallet_without_ways_says_so() -> None:
    screen = wallet.wallet(Wallet(name=STARS, points=5), EN)
    assert "Nothing can be converted" in screen.text
    assert not any(one.startswith("cva") for one in data(screen))


@pytest.mark.parametrize(
    ("available", "most", "told"),
    [(40, 40, "You need at least 100 stars for this, and you have 40 stars."), (900, 0, "today's limit")],
)
def test_a_way_that_is_shut_for_now_says_why(available: int, most: int, told: str) -> None:
    way = Way(
        source=Purse.POINTS,
        target=Purse.CREDIT,
        source_unit="points",
        target_unit="EUR",
        rate="0.04",
        available=available,
        least=100,
        most=most,
    )
    screen = wallet.how_many(WalletRoom().wallet(), way, EN)
    assert told in screen.text
    assert not any(one.startswith("cvn") for one in data(screen))


def test_two_people_of_one_name_are_told_apart_by_code() -> None:
    screen = transfer.which("Ana", ["Ana Ruiz (C1)", "Ana Ruiz (C2)"], 50, EN, everything=False)
    assert [row[0].label for row in screen.rows[:2]] == ["Ana Ruiz · C1", "Ana Ruiz · C2"]
    assert data(screen)[:2] == ["gvn:50:C1", "gvn:50:C2"]


@pytest.mark.parametrize(
    ("code", "facts", "told"),
    [
        ("points_too_few", {"available": 9, "needed": 10, "missing": 1}, "You have 9 stars, so 1 is missing."),
        ("money_too_little", {"currency": "EUR", "available_minor": 100}, "You have €1.00 there"),
        ("below_least", {"least": 600, "unit": "EUR"}, "at least €6.00"),
        ("above_most", {"most": 50, "unit": "points"}, "50 stars at most"),
        ("above_most", {"most": 0, "unit": "points"}, "today's limit"),
        ("not_to_yourself", {}, "yourself"),
    ],
)
def test_a_refusal_names_amounts_in_the_company_s_word(code: str, facts: dict[str, int | str], told: str) -> None:
    assert told in refusals.reason(Refused(code, facts), STARS, EN)


def test_coupons_are_told_by_worth_and_state_and_paged() -> None:
    screen = coupons.coupons(COUPONS, EN)
    for told in ("10% off · on orders of €30.00 or more", "€12.50 left of €20.00", "works from Dec 1, 2026 on"):
        assert told in screen.text
    assert "ended on Sep 30, 2026" in screen.text
    assert screen.text.startswith("\ue000You can use 2")
    many = coupons.coupons([*COUPONS, *COUPONS], EN, page=99)
    assert "cp:0" in data(many)
    assert "cp:2" not in data(many)


@pytest.mark.parametrize(("state", "told"), [(HoldingState.USED, "used up"), (HoldingState.WITHDRAWN, "withdrawn")])
def test_what_no_longer_works_says_why(state: HoldingState, told: str) -> None:
    held = Holding(kind=HoldingKind.COUPON, code="A", label={}, state=state, amount_minor=500, currency="EUR")
    screen = coupons.coupons([held], EN)
    assert told in screen.text
    assert "Nothing of it can be used today." in screen.text


def test_a_holding_that_ends_is_told_with_its_last_day_and_uses() -> None:
    held = Holding(
        kind=HoldingKind.COUPON,
        code="A",
        label={"en": "B"},
        state=HoldingState.USABLE,
        amount_minor=500,
        currency="EUR",
        uses_left=3,
        valid_until=date(2026, 12, 24),
    )
    assert "valid until Dec 24, 2026 · 3 uses left" in coupons.coupons([held], EN).text


def test_the_link_is_shared_by_the_messenger_itself() -> None:
    screen = invite.invitation(INVITATION, ME, EN, username="upline_bot")
    assert "https://t.me/upline_bot?start=r_abcDEF123456_-xy" in screen.text
    shared = screen.rows[0][0].url
    assert shared.startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fupline_bot%3Fstart%3Dr_abcDEF")
    assert "Solvena" in shared
