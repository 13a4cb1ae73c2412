"""German numbers, which are written in one word: fünfzehnhundert, zweitausendfünfhundert."""

import re

_SMALL = {
    "ein": 1, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "elf": 11, "zwolf": 12, "dreizehn": 13, "vierzehn": 14, "funfzehn": 15, "sechzehn": 16,
    "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "dreissig": 30, "vierzig": 40, "funfzig": 50,
    "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_ONE = "|".join(sorted(_SMALL, key=len, reverse=True))
_BELOW_HUNDRED = rf"(?:(?:{_ONE})und)?(?:{_ONE})"
_BELOW_THOUSAND = rf"(?:(?P<hundreds{{0}}>{_BELOW_HUNDRED})?hundert(?:und)?)?(?P<rest{{0}}>{_BELOW_HUNDRED})?"
_NUMBER = re.compile(
    rf"(?:(?P<thousands>{_BELOW_THOUSAND.format(1)})tausend(?:und)?)?(?P<ones>{_BELOW_THOUSAND.format(2)})"
)


def german_number(word: str) -> int | None:
    """The number that a folded word says; None where it says none."""
    plain = word.replace("fuenf", "funf").replace("zwoelf", "zwolf").replace("dreizig", "dreissig")
    found = _NUMBER.fullmatch(plain)
    if not plain or found is None:
        return None
    thousands = 0 if found["thousands"] is None else _hundreds(plain, found, "1") or 1
    return 1000 * thousands + _hundreds(plain, found, "2")


def _hundreds(plain: str, found: re.Match[str], which: str) -> int:
    part = found["thousands"] if which == "1" else found["ones"]
    hundreds = (_below_hundred(found[f"hundreds{which}"]) or 1) if "hundert" in part else 0
    return 100 * hundreds + _below_hundred(found[f"rest{which}"])


def _below_hundred(said: str | None) -> int:
    """Nothing counts 0; fünfundzwanzig is 5 and 20."""
    if said is None:
        return 0
    if said in _SMALL:
        return _SMALL[said]
    ones, _, tens = said.partition("und")
    return _SMALL[ones] + _SMALL[tens]
