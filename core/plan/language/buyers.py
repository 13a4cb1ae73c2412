"""What `orders` says of buyers: who they are among those whom somebody brought, and how much of each counts."""

from collections.abc import Mapping

from core.plan.language.findings import Findings
from core.plan.language.source import Node
from core.plan.language.table import AT_LEAST
from core.plan.model import Bonus
from i18n.translator import mark

NO_BUYERS = mark("sides match volume, whoever ordered it")


def tell_buyers(bonus: Bonus, said: Mapping[str, Node], findings: Findings) -> None:
    """Faults for words that lack another one, or mean nothing beside it.

    Args:
        said: the words of the bonus's `orders`.
    """
    if "buyer_cap_in" in said and "buyer_cap" not in said:
        findings.fault("plan_word_beside", said["buyer_cap_in"].key, word="buyer_cap", when="buyer_cap_in")
    if bonus.kind == "binary" and "buyer_cap" in said:
        findings.fault("plan_word_useless", said["buyer_cap"].key, word="buyer_cap", because=NO_BUYERS)
    _tell_empty(bonus.orders.brought_from or 1, "brought_to", bonus.orders.brought_to, said, findings)
    _tell_empty((bonus.orders.after_days or 0) + 1, "within_days", bonus.orders.within_days, said, findings)


def _tell_empty(first: int, word: str, last: int | None, said: Mapping[str, Node], findings: Findings) -> None:
    """A stretch that ends before it begins."""
    if last is not None and last < first:
        node = said[word]
        findings.fault("plan_value_wrong", node.place, word=word, expected=AT_LEAST, least=first, found=str(node.value))
