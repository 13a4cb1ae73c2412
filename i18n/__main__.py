"""Tools for the catalogues: `python -m i18n messages | language TAG | merge FILE...`."""

import argparse
import sys
from pathlib import Path

from babel import UnknownLocaleError

from i18n import catalogue, checking, extraction, merging
from i18n.languages import LANGUAGES, PLANNED, own_name


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns the exit code: 0 when all is well, 1 when something was found, 2 for misuse."""
    parser = argparse.ArgumentParser(prog="python -m i18n", description="Collects, checks and fills the catalogues.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    messages = commands.add_parser(
        "messages",
        help="collect the sentences of the code into messages.pot and every catalogue",
        description="Collects marked sentences. Prints what is still to be translated; exit code 1 when anything is.",
    )
    messages.add_argument("--check", action="store_true", help="write nothing; fail on anything missing or wrong")
    messages.set_defaults(run=lambda given: _messages(check=given.check))

    language = commands.add_parser("language", help="begin a catalogue for another language")
    language.add_argument("tag", help='tag as in "tr" or "zh-Hans"')
    language.set_defaults(run=lambda given: _language(given.tag))

    merge = commands.add_parser("merge", help="fill catalogues from JSON: {english: {language: text}}")
    merge.add_argument("files", nargs="+", type=Path, help='plural messages are keyed "one|||many", their texts lists')
    merge.add_argument("--replace", action="store_true", help="overwrite existing translations")
    merge.set_defaults(run=lambda given: _merge(given.files, replace=given.replace))

    given = parser.parse_args(arguments)
    return int(given.run(given))


def _messages(*, check: bool) -> int:
    if not check:
        template = extraction.extracted()
        extraction.write_template(template)
        extraction.update_catalogues(template)
        print(f"{len(template)} sentences in {catalogue.TEMPLATE.relative_to(extraction.ROOT)}")
    found = checking.findings()
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


def _language(tag: str) -> int:
    known = {language.lower(): language for language in (*LANGUAGES, *PLANNED)}
    language = known.get(tag.replace("_", "-").lower(), tag.replace("_", "-"))
    try:
        name = own_name(language)
    except (UnknownLocaleError, ValueError):
        print(f"{tag} is no language that CLDR knows; expected a tag such as tr, it or zh-Hans", file=sys.stderr)
        return 2
    extraction.update_catalogue(language, extraction.extracted())
    place = catalogue.path_of(language).relative_to(extraction.ROOT)
    print(f"{name}: translate {place}, then add {language!r} to LANGUAGES in i18n/languages.py")
    return 0


def _merge(files: list[Path], *, replace: bool) -> int:
    merged = merging.merge(merging.read_words(files), replace=replace)
    print(f"{merged.filled} translations filled")
    print(*(f"no code says {source!r}" for source in merged.leftovers), sep="\n", end="\n" if merged.leftovers else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
