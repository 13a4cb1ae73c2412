"""Texts in files that people open as spreadsheets."""

import pytest

from core.kernel.sheets import plain


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+34", "'+34"),
        ("-5", "'-5"),
        ("@A1", "'@A1"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_no_text_starts_a_formula(text: str, written: str) -> None:
    assert plain(text) == written
