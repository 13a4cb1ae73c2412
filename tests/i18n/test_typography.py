import pytest

from i18n.typography import BEFORE_COLON, BEFORE_OTHERS, spaced, unbroken


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("fr", "Total : 5", f"Total{BEFORE_COLON}: 5"),
        ("fr", "Total: 5", f"Total{BEFORE_COLON}: 5"),
        ("fr", "Quoi ? Oui !", f"Quoi{BEFORE_OTHERS}? Oui{BEFORE_OTHERS}!"),
        ("fr", "« mot »", f"«{BEFORE_COLON}mot{BEFORE_COLON}»"),
        ("fr", "l'offre d'{name} qu'on a", "l’offre d’{name} qu’on a"),
        ("fr", "le code 'abc' de 5'", "le code 'abc' de 5'"),  # no apostrophe within a word
        ("es", "O'Brien", "O'Brien"),
        ("fr", "à 12:30, https://x.fr", "à 12:30, https://x.fr"),  # no punctuation of a sentence
        ("es", "¿Qué? Total: 5", "¿Qué? Total: 5"),
        ("de", "Was? „Ja“: gut!", "Was? „Ja“: gut!"),
    ],
)
def test_punctuation_keeps_its_space_unbroken(language: str, before: str, after: str) -> None:
    assert spaced(before, language) == after
    assert spaced(after, language) == after


def test_a_number_in_groups_stands_on_one_line() -> None:
    assert unbroken("US •••• 002") == "US\N{NO-BREAK SPACE}••••\N{NO-BREAK SPACE}002"
