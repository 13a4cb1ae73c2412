"""Use cases of the points programme. Each works on the unit of work that it is given and never commits."""

from core.points.service.adjusting import Opening, adjust, open_balance
from core.points.service.awarding import Award, award
from core.points.service.converting import convert, offer_conversion
from core.points.service.earning import accounts_of_orders, earn
from core.points.service.history import PAGE_SIZE_MAX, movements, statement
from core.points.service.holding import restore, spend
from core.points.service.programme import company_language
from core.points.service.redeeming import redeemables
from core.points.service.returning import take_back
from core.points.service.showing import card, expiries
from core.points.service.telling import shown
from core.points.service.transferring import is_known, offer_transfer, transfer
from core.points.service.wallet import wallet
from core.points.store.checks import problems as verify

__all__ = [
    "PAGE_SIZE_MAX",
    "Award",
    "Opening",
    "accounts_of_orders",
    "adjust",
    "award",
    "card",
    "company_language",
    "convert",
    "earn",
    "expiries",
    "is_known",
    "movements",
    "offer_conversion",
    "offer_transfer",
    "open_balance",
    "redeemables",
    "restore",
    "shown",
    "spend",
    "statement",
    "take_back",
    "transfer",
    "verify",
    "wallet",
]
