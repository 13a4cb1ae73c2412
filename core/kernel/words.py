"""A company's own words (ranks, KPIs, products) are data: `{language: text}`, or plural forms in place of a text."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

CompanyText = dict[str, str | dict[str, str]]
"""`{"en": "Diamond", "es": {"one": "Diamante", "other": "Diamantes"}}`; plural keys are CLDR's categories."""


ShortText = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
"""A name, a code, a reason: not empty, and without the one character that no database stores."""


ReasonText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")
]
"""Why somebody does something: words, not blanks."""


class Model(BaseModel):
    """Base of everything that the API takes or answers: frozen, and an unknown field is an error.

    What checks and writes a model is built when it is first used: a process knows five hundred and uses a few.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def text_in(words: CompanyText, language: str, *, count: int | None = None) -> str:
    """The company's word in `language`; falls back to the base language, English, then whatever there is.

    Args:
        count: chooses `one` for 1 and `other` otherwise where forms are given; a reader's exact CLDR category is
            the translator's business (`i18n.translator.Translator.company`), this is for logs and files.
    """
    base = language.split("-", maxsplit=1)[0]
    found = next((words[tag] for tag in (language, base, "en") if tag in words), None)
    if found is None:
        found = next(iter(words.values()), "")
    if isinstance(found, str):
        return found
    return found.get("one" if count in (None, 1) else "other") or next(iter(found.values()), "")
