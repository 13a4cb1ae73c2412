"""What a file may be called: nothing that leads elsewhere, that hides, or that says another kind than it is."""

import unicodedata

from core.attachments.rules.types import ENDINGS, Kind

LENGTH_MAX = 80
JOINERS = "\u200c\u200d"
"""Persian, Indian scripts and emoji are spelt with them; every other format character can hide or turn text."""
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
FORBIDDEN = frozenset('<>:"|?*')
"""What Windows has in no name."""
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})


def safe_name(name: str, kind: Kind) -> str:
    r"""A sender's name for a file as we keep it, always with an ending that fits its content.

    | name                       | kind | kept as             |
    | -------------------------- | ---- | ------------------- |
    | ../../etc/passwd           | txt  | passwd.txt          |
    | C:\Users\Ana\foto.JPG      | jpg  | foto.jpg            |
    | invoice.pdf                | jpg  | invoice.jpg         |
    | report.pdf.exe             | pdf  | report.pdf.exe.pdf  |
    | foto(U+202E)gpj.exe        | jpg  | fotogpj.exe.jpg     |
    | con.txt                    | txt  | _con.txt            |
    | (empty)                    | jpg  | photo.jpg           |
    | a name of 300 letters .png | png  | 76 of them and .png |

    Returns:
        1 to 80 characters.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem, ending = _parted(_plain(last), kind)
    stem = stem.strip(" .")[: LENGTH_MAX - len(ending) - 1].strip(" .")
    if not stem.strip(JOINERS):
        stem = kind.stem
    if stem.partition(".")[0].strip().lower() in RESERVED:
        stem = f"_{stem}"[: LENGTH_MAX - len(ending) - 1]
    return f"{stem}.{ending}"


def _plain(name: str) -> str:
    """Without what is not seen, and with spaces that are seen as one."""
    seen = "".join("_" if one in FORBIDDEN else one for one in name if _is_seen(one))
    return " ".join(seen.split())


def _is_seen(character: str) -> bool:
    return character in JOINERS or character.isspace() or unicodedata.category(character) not in HIDDEN


def _parted(name: str, kind: Kind) -> tuple[str, str]:
    """The name without its ending, and the ending that it shall have."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name, kind.extensions[0]
    if ending.lower() in kind.extensions:
        return stem, ending.lower()
    return (stem if ending.lower() in ENDINGS else name), kind.extensions[0]
