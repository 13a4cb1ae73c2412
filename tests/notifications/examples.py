"""Facts of every kind, as core tells them."""

from typing import Any

STARS = {"en": {"one": "star", "other": "stars"}, "de": {"one": "Stern", "other": "Sterne"}}
GOLD, SILVER = {"en": "Gold"}, {"en": "Silver", "es": "Plata", "de": "Silber", "fr": "Argent", "pt-BR": "Prata"}
VOLUME = {
    "label": {"en": "Group volume", "es": "Volumen de grupo", "de": "Gruppenvolumen"},
    "unit": "volume",
    "value": 38_500_000,
    "needed": 50_000_000,
    "missing": 11_500_000,
    "rank": SILVER,
}
PEOPLE = {
    "label": {"en": "Active customers", "es": "Clientes activos", "de": "Aktive Kunden"},
    "unit": "people",
    "value": 5,
    "needed": 5,
    "missing": 0,
    "rank": GOLD,
}
ORDERS = {"en": "Orders and delivery", "es": "Pedidos", "de": "Bestellungen"}
WAY = {
    "reaches": True,
    "volume": 12_000_000,
    "steps": [
        {"name": "Ana <&_*> Ruiz", "kind": "activate_customer", "volume": 7_000_000},
        {"name": "دانا الحسيني", "kind": "more_volume", "volume": 3_000_000},
        {"name": "María", "kind": "own_order", "volume": 2_000_000},
    ],
}
STANDING: dict[str, Any] = {
    "cycle": "2026-11",
    "closes_at": "2026-11-30T23:00:00+00:00",
    "days_left": 3,
    "scale": 4,
    "volume_currency": "USD",
    "rank": SILVER,
    "target": GOLD,
    "gauges": [VOLUME, PEOPLE],
    "gaps": [VOLUME],
    "way": WAY,
}
NO_RANK = STANDING | {"rank": None, "gaps": [], "way": None, "closes_at": None}
FACTS: dict[str, list[dict[str, Any]]] = {
    "access.chat_moved": [{}],
    "announcement": [
        {"words": {"en": "The office is closed on Friday.", "es": "La oficina cierra el viernes."}, "title": None},
        {"words": {"en": "Come & see it: 3 < 5 *today*."}, "title": {"en": "New in the shop"}},
    ],
    "coupon.ending": [
        {"kind": "coupon", "code": "WELCOME", "label": {"en": "Welcome"}, "on": "2026-11-29", "percent": "12.5"},
        {
            "kind": "credit_note",
            "code": "CN-7",
            "label": {},
            "on": "2026-11-29",
            "percent": None,
            "amount_minor": 5000,
            "left_minor": 1250,
            "currency": "EUR",
            "order_least_minor": 2000,
        },
        {"code": "X", "label": {"en": "A present"}, "on": "2026-11-29"},
    ],
    "customers.inactive": [
        {
            "count": 6,
            "scale": 4,
            "customers": [
                {"code": "C1", "name": "Luis_Gómez", "last_order_on": "2026-06-14", "usual_order": 450_000},
                {"code": "C2", "name": "ليلى", "last_order_on": "2026-07-01", "usual_order": None},
                {"code": "C3", "name": "Iris", "last_order_on": None, "usual_order": None},
            ],
        },
        {"count": 1, "scale": 4, "customers": [{"name": "Luis", "last_order_on": "2026-06-14", "usual_order": 10_000}]},
    ],
    "gauges.summary": [STANDING, NO_RANK],
    "desk.alert": [
        {"ticket": 7, "what": "undelivered", "reason": "blocked", "person": "P0123"},
        {"ticket": 7, "what": "undelivered", "reason": "from_the_future", "person": "P0123", "type_name": ORDERS},
        {"ticket": 7, "what": "due", "target": "first_answer", "due": "2026-11-23T09:00:00+00:00", "person": "P0123"},
        {"ticket": 7, "what": "missed", "target": "solution", "due": "2026-11-23T09:00:00+00:00", "person": "P0123"},
    ],
    "desk.answer": [
        {"ticket": 7, "person_name": "Ana_López", "state": "sent", "edit": 5},
        {"ticket": 7, "person_name": "دانا", "state": "failed", "reason": "no_address", "edit": 5},
        {"ticket": 7, "answer": 9, "person_name": "Ana <3", "state": "waiting", "reason": "quiet_hours", "edit": 5},
    ],
    "desk.card": [
        {
            "ticket": 7,
            "type_name": ORDERS,
            "person": "P0123",
            "language": "pt-BR",
            "queue": "orders",
            "phase": "open",
            "state_name": {"en": "With the warehouse", "es": "En el almacén"},
            "priority": "urgent",
            "assignee": "laura",
            "waiting_since": "2026-11-22T10:30:00+00:00",
            "due_at": "2026-11-23T09:00:00+00:00",
            "breached": False,
            "files": 2,
            "thread": 4,
        },
        {"ticket": 7, "person": "P0123", "language": "xx", "due_at": "2026-11-22T10:30:00+00:00", "breached": True},
        {"ticket": 7, "person": "P0123", "language": "es", "phase": "solved", "state_name": None, "assignee": "Laura"},
    ],
    "desk.word": [
        {"ticket": 7, "person": "P0123", "count": 1, "files": 0},
        {"ticket": 7, "person": "P0123", "count": 3, "files": 1},
    ],
    "incident.updated": [
        {"incident": 12, "title": {"en": "Parcels to Bogotá are late"}, "state": "open", "text": {}},
        {"incident": 12, "title": {}, "state": "progress", "text": {"en": "All parcels are on their way."}},
        {"incident": 12, "title": {"es": "Paquetes a Bogotá"}, "state": "solved", "text": {}},
    ],
    "month_end": [
        STANDING | {"reason": "reach"},
        STANDING | {"reason": "fall", "way": None},
        NO_RANK | {"reason": "reach"},
        NO_RANK | {"reason": "fall"},
    ],
    "order.updated": [
        {"order": "S-123", "state": "shipped", "tracking": "1Z 999"},
        *[{"order": "S-123", "state": state, "tracking": None} for state in ("open", "paid", "delivered", "cancelled")],
        {"order": "S-123", "state": "from_the_future"},
    ],
    "payout.made": [
        {"amount": 124_050, "currency": "USD", "on": "2026-12-15", "account": "…4321", "cycle": "2026-11"},
        {"amount": 124_050, "currency": "USD", "on": None, "account": None, "cycle": None, "returned": True},
        {"amount": 124_050, "currency": "USD"},
    ],
    "points.earned": [
        {"points": 120, "name": STARS, "usable_on": "2026-12-06", "order": "S-123"},
        {"points": 1, "name": STARS},
    ],
    "points.expiring": [
        {"points": 1500, "on": "2026-12-31", "name": STARS},
        {"points": 1, "on": "2026-12-31", "name": STARS},
    ],
    "points.received": [
        {"points": 1, "from": "Ana Ruiz", "name": STARS},
        {"points": 20, "from": "Ana Ruiz", "name": STARS, "ends": ["2026-12-31"]},
        {"points": 20, "from": "Ana Ruiz", "name": STARS, "ends": ["2026-12-31", None]},
    ],
    "rank.progress": [STANDING | {"reached": SILVER}, NO_RANK | {"reached": GOLD, "target": None}],
    "rank.promotion": [STANDING | {"reached": SILVER, "cycle_closed": "2026-10"}],
    "run.released": [
        {"cycle": "2026-10", "totals": [{"amount": 124_050, "currency": "USD"}], "rank": SILVER},
        {"cycle": "2026-10", "totals": [], "rank": None},
    ],
    "team.inactive": [
        {"count": 7, "people": [{"code": "D1", "name": "Juan"}, {"code": "D2", "name": "דנה"}], "days_left": 9},
        {"count": 1, "people": [{"code": "D1", "name": "Juan"}], "days_left": 1},
    ],
    "ticket.answered": [
        {
            "ticket": 7,
            "title": "Where is my parcel?",
            "by": "Laura",
            "text": "It left <today>.\n\n  *Soon* with you_",
            "files": 2,
        },
        {"ticket": 7, "text": "مرحبا"},
        {"ticket": 7, "text": "", "by": "Laura", "files": 1},
        {"ticket": 7, "text": "We need your new address.", "by": "Laura", "opened": True},
        {"ticket": 7, "text": "We need your new address.", "opened": True},
    ],
    "ticket.file": [{"ticket": 7, "file": 3, "name": "invoice.pdf", "media_type": "application/pdf", "size": 5}],
    "ticket.updated": [
        {"ticket": 7, "title": "Where is my parcel?", "state": "taken", "by": "Laura"},
        {"ticket": 7, "title": "Where is my parcel?", "state": "taken"},
        {"ticket": 7, "title": "Where is my parcel?", "state": "solved", "anew": True},
        {"ticket": 7, "title": "Where is my parcel?", "state": "merged", "into": 5, "anew": True},
        {"ticket": 7, "title": "Where is my parcel?", "state": "split", "into": 8, "anew": True},
        *[{"ticket": 7, "state": state} for state in ("reopened", "closed")],
        {"ticket": 7, "title": "Where is my parcel?", "state": "answered", "text": "It left <today>."},
        {"ticket": 7, "title": None, "state": "open"},
        {"ticket": 7, "title": "Where is my parcel?", "state": "from_the_future", "text": "x" * 1000},
    ],
}
