"""Everybody's language: sentences from the catalogues, numbers, money, dates and lists by CLDR.

Words:
    message: an English sentence in the code, marked by `tr(...)`, `tr.plural(...)`, `mark(...)` or `mark_plural(...)`.
    place: a named gap of a message, `{rank}`; never numbered, never with a format.
    language: a tag of `LANGUAGES`, such as "pt-BR"; always an argument, never ambient.

Invariants: English is the source, so it has no catalogue; a message without a translation is shown in English and
fails `python -m i18n messages --check`. This package knows nobody else of the house but `core.kernel`.
"""
