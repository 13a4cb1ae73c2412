import pytest

from core.people import rules
from core.people.model import EmailInvalid, PhoneInvalid


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("0171 1234567", "DE", "+491711234567"),
        ("+49 (171) 123-4567", "ES", "+491711234567"),
        ("0049 171 1234567", "DE", "+491711234567"),
        ("612 34 56 78", "ES", "+34612345678"),
        ("12", "GB", None),
        ("call me", "DE", None),
        ("171 1234567", "", None),
    ],
)
def test_a_number_is_read_as_people_of_its_country_write_it(text: str, country: str, expected: str | None) -> None:
    assert rules.phone_e164(text, country) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" ana@example.com ", "ana@example.com"),
        ("ana@müller.example", "ana@müller.example"),
        ("ana@localhost", None),
        ("ana.example.com", None),
        ("a@b.c d", None),
        ("a" * 250 + "@example.com", None),
    ],
)
def test_an_address_needs_a_name_and_a_domain(text: str, expected: str | None) -> None:
    assert rules.email_address(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("pt_BR", "pt-BR"), ("PT-br", "pt-BR"), ("zh_hans", "zh-Hans"), ("nb", "nb"), ("qqq", None), ("", None)],
)
def test_a_language_is_written_as_bcp_47_does(text: str, expected: str | None) -> None:
    assert rules.language_tag(text) == expected


@pytest.mark.parametrize(("code", "expected"), [("GB", True), ("GG", True), ("gb", False), ("ZX", False), ("", False)])
def test_a_country_is_one_of_iso_3166(code: str, expected: bool) -> None:
    assert rules.is_country(code) is expected


@pytest.mark.parametrize(
    ("name", "expected"), [("Europe/Madrid", True), ("UTC", True), ("Mars/Base", False), ("../etc", False), ("", False)]
)
def test_a_time_zone_is_one_of_iana(name: str, expected: bool) -> None:
    assert rules.is_time_zone(name) is expected


def test_wrong_contacts_are_refused_by_their_field() -> None:
    with pytest.raises(PhoneInvalid):
        rules.contacts("ana@example.com", "12", "GB")
    with pytest.raises(EmailInvalid):
        rules.contacts("ana@", None, "GB")
    assert rules.contacts("", None, "DE") == (None, None)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ángela Muñoz", "ÁNGELA"),
        ("Ángela Muñoz", "angela  munoz"),
        ("ANGELA MUNOZ", "ángela"),
        ("Søren Weiß", "soren weiss"),
        ("Łukasz Œuvrard", "lukasz oeuv"),
        ("Jürgen", "JU\u0308RGEN"),  # two signs or one, it is the same letter
        ("Алёна", "АЛЕНА"),
        ("O’Brien", "o'brien"),
        ("अनीता शर्मा", "शर्मा"),
    ],
)
def test_a_name_is_found_without_its_capitals_and_accents(name: str, typed: str) -> None:
    assert rules.folded(typed) in rules.folded(name)


def test_an_accent_by_itself_folds_to_nothing() -> None:
    assert rules.folded(" \u0301 ") == ""
