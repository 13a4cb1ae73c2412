"""The offer of a product and what came of it, in words and buttons. Pure."""

import pytest

from bot.render import redemption
from bot.render.common import points_button
from bot.render.orders import order as order_screen
from bot.render.redeem import Wanted, catalogue, shortened
from bot.screen import MARKS, Button, Screen
from core.checkout.model import Redeemed, RedemptionOffer, Usable
from core.incentives.model import HoldingKind
from core.orders.model import OrderState
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.support.core_stand_in import card_of
from tests.support.points_story import NAMES, STARS, PointsRoom
from tests.support.story import SCALE, order

EN = translator("en")
OFFER = RedemptionOffer(
    offer="o" * 22,
    name=STARS,
    sku="BL-100",
    product=NAMES["BL-100"],
    quantity=1,
    points=1500,
    left=400,
    points_whole=1500,
    quantity_most=3,
)
MIXED = OFFER.model_copy(
    update={"points": 900, "left": 1000, "points_least": 375, "amount_minor": 2400, "currency": "EUR"}
)
DONE = Redeemed(order=card_of(order(1)), product=NAMES["BL-100"], quantity=2, points=3000, left=12, name=STARS)


def buttons(screen: Screen) -> list[Button]:
    return [button for row in screen.rows for button in row]


def bare(screen: Screen) -> str:
    return MARKS.sub("", screen.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_safe_choice_comes_first_and_the_other_restates_what_it_takes(language: str) -> None:
    tr = translator(language)
    cancel, confirm = redemption.offer(OFFER, tr).rows[0]
    assert (cancel.data, cancel.danger) == ("rx", False)
    assert (confirm.data, confirm.danger) == (f"ra:{'o' * 22}:1::BL-100", False)  # it can be taken back
    assert tr.number(1500) in confirm.label
    assert not confirm.label.endswith("…")


def test_what_money_pays_stands_on_the_button_too() -> None:
    assert redemption.offer(MIXED, EN).rows[0][1].label == "900 stars + €24.00"


def test_a_price_too_long_for_a_button_is_left_to_the_text() -> None:
    dear = MIXED.model_copy(update={"points": 1_234_567, "amount_minor": 123_456_789})
    assert redemption.offer(dear, EN).rows[0][1].label == "Redeem"
    assert "1,234,567 stars and €1,234,567.89" in bare(redemption.offer(dear, EN))


def test_a_sku_too_long_for_a_button_leaves_the_confirming_one() -> None:
    long = OFFER.model_copy(update={"sku": "S" * 60})
    assert redemption.offer(long, EN).rows[0][1].data == f"ra:{'o' * 22}"


@pytest.mark.parametrize(
    ("quantity", "left", "most", "offered"),
    [(1, 400, 3, []), (1, 1500, 3, ["2 pieces"]), (2, 1500, 3, ["1 piece", "3 pieces"]), (3, 9000, 3, ["2 pieces"])],
)
def test_other_quantities_are_offered_within_reach(quantity: int, left: int, most: int, offered: list[str]) -> None:
    whole = {"quantity": quantity, "points": 1500 * quantity, "points_whole": 1500 * quantity}
    made = OFFER.model_copy(update={**whole, "left": left, "quantity_most": most})
    labels = [button.label for button in buttons(redemption.offer(made, EN))]
    assert [label for label in labels if "piece" in label] == offered


def test_other_parts_in_points_are_offered_as_far_as_she_has_them() -> None:
    labels = [button.label for button in buttons(redemption.offer(MIXED, EN))]
    assert "All in stars" in labels
    assert "750 stars and money" in labels
    poor = MIXED.model_copy(update={"left": 0})
    assert "All in stars" not in [button.label for button in buttons(redemption.offer(poor, EN))]


def test_what_is_left_to_pay_is_said_when_it_is_done() -> None:
    assert "Still to be paid" not in bare(redemption.done(DONE, EN))
    due = DONE.model_copy(update={"due_minor": 1900})
    assert "Still to be paid: €19.00. Your order waits until then." in bare(redemption.done(due, EN))


def test_what_cannot_be_taken_back_has_no_button_for_it() -> None:
    final = redemption.done(DONE.model_copy(update={"can_cancel": False}), EN)
    assert not [button for button in buttons(final) if button.data.startswith("rc:")]


@pytest.mark.parametrize(
    ("state", "redeemed", "can"),
    [
        (OrderState.PAID, True, True),
        (OrderState.OPEN, True, True),
        (OrderState.SHIPPED, True, False),
        (OrderState.CANCELLED, True, False),
        (OrderState.PAID, False, False),
    ],
)
def test_only_what_she_redeemed_herself_can_be_cancelled_until_it_is_shipped(
    state: OrderState, redeemed: bool, can: bool
) -> None:
    found = order(1, state).model_copy(update={"redeemed": redeemed, "points_paid": 1500, "amount_minor": 0, "qv": 0})
    screen = order_screen(found, EN, page=0, zone="UTC", scale=SCALE, points=STARS)
    assert "Total: 1,500 stars" in bare(screen)
    assert "Volume" not in bare(screen)
    assert bool([button for button in buttons(screen) if button.data.startswith("rc:")]) is can


def test_an_empty_catalogue_says_so() -> None:
    screen = catalogue([], PointsRoom().card(), EN, page=0, more=False)
    assert bare(screen) == "There is nothing to be had for stars at the moment."


def test_a_button_carries_what_it_can_of_a_search() -> None:
    assert shortened("я" * 100) == "я" * 20
    assert Wanted("A:1", 2, 5).parts == (2, 5, "A:1")


def test_a_document_that_would_pay_is_a_button_and_then_a_line() -> None:
    held = [
        Usable(kind=HoldingKind.CREDIT_NOTE, code="CN:1", worth_minor=900),
        Usable(kind=HoldingKind.CREDIT_NOTE, code="CN1", worth_minor=800),
        Usable(kind=HoldingKind.COUPON, code="TEN", worth_minor=240),
    ]
    screen = redemption.offer(MIXED.model_copy(update={"usable": tuple(held)}), EN)
    found = [(one.label, one.data) for one in buttons(screen) if one.data.startswith("rk:")]
    assert found == [("🎟️ Use CN1", "rk:n:CN1:1:900:BL-100"), ("🎟️ Use TEN", "rk:c:TEN:1:900:BL-100")]
    by_note = MIXED.model_copy(update={"document": "CN1", "from_note_minor": 800, "from_credit_minor": 600})
    told = bare(redemption.offer(by_note, EN)).splitlines()[1:4]
    assert told == [
        "From your credit note CN1: €8.00",
        "From your account credit: €6.00",
        "Still to be paid: €10.00. Your order waits until then.",
    ]
    by_coupon = MIXED.model_copy(update={"document": "TEN", "discount_minor": 240})
    assert "Coupon TEN: €2.40 off" in bare(redemption.offer(by_coupon, EN))


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "My stars"),
        ("es", "Mis estrellas"),
        ("de", "Meine Sterne"),
        ("pt-BR", "Ver estrelas"),
        ("fr", "Mes étoiles"),
    ],
)
def test_the_way_to_her_points_is_called_by_the_companys_word(language: str, label: str) -> None:
    tr = translator(language)
    assert [one and one.label for one in (points_button(tr.naming(STARS)),)] == [f"⭐ {label}"]
    assert not translator(language).points
