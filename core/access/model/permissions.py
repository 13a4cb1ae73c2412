"""What an operation may ask for, and which roles have it."""

from enum import StrEnum


class Permission(StrEnum):
    """What an operation may ask for. Fine-grained, so that support never sees payouts unless allowed."""

    SEE_OWN_FIGURES = "see_own_figures"
    SEE_LINE = "see_line"
    CHANGE_OWN_SETTINGS = "change_own_settings"
    MOVE_OWN_POINTS = "move_own_points"
    PLACE_OWN_PEOPLE = "place_own_people"
    OWN_TICKETS = "own_tickets"
    LINK_CHAT = "link_chat"
    PROCESS_MESSAGES = "process_messages"
    SEE_PEOPLE = "see_people"
    EDIT_PEOPLE = "edit_people"
    EDIT_GENEALOGY = "edit_genealogy"
    LINK_PEOPLE = "link_people"
    SEE_CATALOG = "see_catalog"
    EDIT_CATALOG = "edit_catalog"
    SEE_ORDERS = "see_orders"
    RECORD_ORDERS = "record_orders"
    SEE_PLAN = "see_plan"
    EDIT_PLAN = "edit_plan"
    CLOSE_CYCLE = "close_cycle"
    SEE_FIGURES = "see_figures"
    SEE_PAYOUTS = "see_payouts"
    MAKE_PAYMENTS = "make_payments"
    EDIT_BANK_ACCOUNTS = "edit_bank_accounts"
    RUN_SETTLEMENT = "run_settlement"
    APPROVE_SETTLEMENT = "approve_settlement"
    ADJUST_SETTLEMENT = "adjust_settlement"
    USE_DESK = "use_desk"
    MANAGE_DESK = "manage_desk"
    SEE_TICKETS = "see_tickets"
    ANSWER_TICKETS = "answer_tickets"
    LEAD_INCIDENTS = "lead_incidents"
    SEE_POINTS = "see_points"
    EDIT_POINTS = "edit_points"
    ADJUST_BALANCES = "adjust_balances"
    SEE_LEDGER = "see_ledger"
    GIVE_COUPONS = "give_coupons"
    EDIT_GOALS = "edit_goals"
    ANNOUNCE = "announce"
    SEE_MESSAGES = "see_messages"
    SEE_AUDIT = "see_audit"
    SEE_HEALTH = "see_health"
    IMPORT = "import"
    MANAGE_STAFF = "manage_staff"


P = Permission

STRANGER = frozenset({P.LINK_CHAT})
"""A chat that is linked to nobody."""

PERSON = STRANGER | {
    P.SEE_OWN_FIGURES,
    P.SEE_LINE,
    P.CHANGE_OWN_SETTINGS,
    P.SEE_CATALOG,
    P.MOVE_OWN_POINTS,
    P.PLACE_OWN_PEOPLE,
    P.OWN_TICKETS,
}
"""A chat that is linked: herself, and of her line what the company's policy shows."""

SERVICE = frozenset({P.PROCESS_MESSAGES, P.SEE_HEALTH})
"""Bot and worker, speaking for themselves."""


class Role(StrEnum):
    """What a member of staff is; each role is a set of permissions in `ROLES`."""

    ADMINISTRATOR = "administrator"
    COMMISSIONS = "commissions"
    TREASURY = "treasury"
    MARKETING = "marketing"
    SUPPORT = "support"
    SHOP = "shop"
    AUDITOR = "auditor"


_STAFF = frozenset({P.USE_DESK})
"""What every member has: to work from a chat of her own, where her role says what she may there."""

_TICKETS = frozenset({P.SEE_TICKETS, P.ANSWER_TICKETS, P.LEAD_INCIDENTS})
_LOOK = _STAFF | frozenset({P.SEE_PEOPLE, P.SEE_CATALOG, P.SEE_ORDERS, P.SEE_PLAN, P.SEE_FIGURES})

ROLES: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission) - PERSON - SERVICE | {P.SEE_CATALOG, P.SEE_HEALTH},
    Role.COMMISSIONS: _LOOK
    | _TICKETS
    | {
        P.EDIT_PLAN,
        P.CLOSE_CYCLE,
        P.RUN_SETTLEMENT,
        P.APPROVE_SETTLEMENT,
        P.ADJUST_SETTLEMENT,
        P.SEE_PAYOUTS,
        P.EDIT_GENEALOGY,
        P.SEE_AUDIT,
    },
    Role.TREASURY: _LOOK | {P.SEE_PAYOUTS, P.MAKE_PAYMENTS, P.SEE_AUDIT, P.SEE_POINTS, P.SEE_LEDGER, P.ADJUST_BALANCES},
    Role.MARKETING: _LOOK
    | {P.EDIT_CATALOG, P.SEE_POINTS, P.EDIT_POINTS, P.ADJUST_BALANCES, P.GIVE_COUPONS, P.EDIT_GOALS, P.ANNOUNCE}
    | {P.SEE_MESSAGES},
    Role.SUPPORT: _LOOK | _TICKETS | {P.MANAGE_DESK, P.LINK_PEOPLE, P.SEE_POINTS, P.EDIT_BANK_ACCOUNTS, P.SEE_MESSAGES},
    Role.SHOP: _STAFF | {P.SEE_CATALOG, P.SEE_ORDERS, P.RECORD_ORDERS},
    Role.AUDITOR: _LOOK | {P.SEE_PAYOUTS, P.SEE_TICKETS, P.SEE_AUDIT, P.SEE_POINTS, P.SEE_LEDGER, P.SEE_MESSAGES},
}
