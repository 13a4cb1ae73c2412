"""English for the command line, which speaks nothing else; what people read elsewhere comes from the catalogues."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """A count with its word in the right form.

    | number | one     | many   | told           |
    | ------ | ------- | ------ | -------------- |
    | 1      | payment |        | 1 payment      |
    | 1200   | payment |        | 1,200 payments |
    | 0      | person  | people | 0 people       |
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
