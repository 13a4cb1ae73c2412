"""What a payee reads on her bank's statement."""

from collections.abc import Sequence

from core.payments.rules.accounts import bank_text
from core.payments.rules.sepa import TEXT_LENGTH_MAX
from i18n.translator import Translator


def remittance(holder: str, cycles: Sequence[str], tr: Translator) -> str:
    """Who pays what, in her language and the letters that every bank takes, 140 of them at most.

    | holder     | cycles            | language | text                                  |
    | ---------- | ----------------- | -------- | ------------------------------------- |
    | Small & Co | 2026-08, 2026-09  | en       | Small Co: Commission 2026-08, 2026-09 |
    | Small & Co | 2026-09           | es       | Small Co: Comision 2026-09            |
    | Small & Co | too many to write | de       | Small Co: Provision 2025-01 - 2026-09 |
    """
    told = _text(holder, ", ".join(cycles), tr)
    return told if len(told) <= TEXT_LENGTH_MAX else _text(holder, f"{cycles[0]} - {cycles[-1]}", tr)


def _text(holder: str, cycles: str, tr: Translator) -> str:
    purpose = tr("Commission {cycles}", cycles=cycles)
    return bank_text(f"{bank_text(holder)}: {purpose}", 2 * TEXT_LENGTH_MAX)
