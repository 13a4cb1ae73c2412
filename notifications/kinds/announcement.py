"""A word of the company to its people, in the company's own words."""

from i18n.translator import Translator
from notifications.kinds.kind import Facts, Kind


def text(facts: Facts, tr: Translator) -> str:
    """The company's text in the reader's language, or the nearest it wrote."""
    return tr.company(facts["words"])


KIND = Kind("announcement", text)
