import pytest

from i18n.negotiation import choose, spoken


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("es", "es"),
        ("es-MX", "es"),
        ("pt", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("PT_br", "pt-BR"),
        ("de-CH", "de"),
        ("tlh", None),
        ("", None),
        (None, None),
    ],
)
def test_a_tag_is_served_by_its_own_language_or_its_base(tag: str | None, language: str | None) -> None:
    assert spoken(tag) == language


@pytest.mark.parametrize(
    ("person", "telegram", "country", "company", "language"),
    [
        ("fr", "de", "ES", "en", "fr"),  # her own choice goes before all
        (None, "de", "ES", "en", "de"),  # then her messenger
        (None, "tlh", "ES", "en", "es"),  # a tag that we do not speak says nothing
        (None, None, "BR", "en", "pt-BR"),
        (None, None, "CH", "es", "de"),
        (None, None, "BE", "es", "fr"),  # Dutch is not spoken here, the next official language is
        (None, None, "CN", "es", "es"),  # then the company
        (None, None, "XX", None, "en"),  # English at last
        (None, None, None, "tlh", "en"),
    ],
)
def test_the_nearest_to_the_person_decides(
    person: str | None, telegram: str | None, country: str | None, company: str | None, language: str
) -> None:
    assert choose(person, telegram, country, company) == language
