import pytest

from core.live.digits import whole_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (None, []),
        ("7", [7]),
        ("12,-3,0", [12, -3, 0]),
        ("9223372036854775807,-9223372036854775807", [2**63 - 1, -(2**63) + 1]),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str | None, numbers: list[int]) -> None:
    assert whole_numbers(text).tolist() == numbers
