"""What goes into files that people open as spreadsheets."""

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(text: str) -> str:
    """Text that a spreadsheet takes as text, whatever somebody typed; one that would start a formula is quoted."""
    return f"'{text}" if text.startswith(STARTS_FORMULA) else text
