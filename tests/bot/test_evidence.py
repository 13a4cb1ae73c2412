"""What a complaint names, before core decides what of it is evidence."""

import pytest

from bot.evidence import whole_name


@pytest.mark.parametrize(
    ("named", "text", "whole"),
    [
        ("Sullivan", "the order of Ava Sullivan is lost", "Ava Sullivan"),
        ("Ava", "Ava Sullivan is missing", "Ava Sullivan"),
        ("Kevin ficou", "o Kevin ficou sem patrocinador", "Kevin"),
        ("ana", "you forgot ana's order", "ana"),
        ("Ana", "la commande d'Ana était là", "Ana"),
        ("Ana", "in meiner Provision fehlt Anas Bestellung", "Ana"),
        ("Özil", "was ist mit Özil", "Özil"),
    ],
)
def test_a_name_is_taken_whole_and_alone(named: str, text: str, whole: str) -> None:
    assert whole_name(named, text) == whole
