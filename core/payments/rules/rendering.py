"""Which files one file of a list is, and what they are called."""

import hashlib
from collections.abc import Mapping

from core.payments.rules.files import BankFile, as_csv
from core.payments.rules.sepa import pain001


def rendered(file: BankFile) -> dict[str, bytes]:
    """The file by its ending: for the bank in the format that it takes, and always as CSV to check it by."""
    made = {"xml": pain001(file)} if file.payer.format.is_sepa else {}
    return made | {"csv": as_csv(file)}


def fingerprints(contents: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 by ending."""
    return {ending: hashlib.sha256(content).hexdigest() for ending, content in contents.items()}


def name_of(number: int, file: int, ending: str) -> str:
    """What a file is called: `payments-12-1.xml`."""
    return f"payments-{number}-{file}.{ending}"
