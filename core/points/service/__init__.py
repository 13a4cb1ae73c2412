"""Use cases of the points programme. Each works on the unit of work that it is given and never commits."""

from core.points.service.earning import earn
from core.points.service.holding import restore, spend
from core.points.service.returning import take_back

__all__ = ["earn", "restore", "spend", "take_back"]
