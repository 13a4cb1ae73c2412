"""Use cases of earnings: a person's statements, estimate, payouts, and the reasons of both."""

from core.earnings.service.estimate import estimate, estimate_lines
from core.earnings.service.payouts import payouts
from core.earnings.service.reasons import why, why_not
from core.earnings.service.statements import statement, statement_lines, statements

__all__ = ["estimate", "estimate_lines", "payouts", "statement", "statement_lines", "statements", "why", "why_not"]
