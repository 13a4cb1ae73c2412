import polars as pl
import pytest

from core.runs.packing import frame_parts, opened, packed, whole


@pytest.mark.parametrize("cuts", [[12_500], [1, 20_000, 49_999]])
def test_the_same_rows_make_the_same_bytes_in_however_many_pieces_they_lie(cuts: list[int]) -> None:
    """Whatever is read back from parts lies in pieces; a run of a million people is validated by its bytes."""
    frame = pl.DataFrame({"person": [f"P{number}" for number in range(50_000)], "amount": range(50_000)})
    ends = [*cuts, frame.height]
    pieces = pl.concat([frame[start:end] for start, end in zip([0, *cuts], ends, strict=True)], rechunk=False)
    assert packed(pieces) == packed(frame)
    ragged = frame.with_columns(pieces["person"])
    assert packed(ragged) == packed(frame)
    step = 45_000
    assert [one.digest for one in frame_parts("x", ragged, step)] == [
        one.digest for one in frame_parts("x", frame, step)
    ]


def test_parts_are_the_frame_again() -> None:
    frame = pl.DataFrame({"person": ["Ana", "Ben", "Eva"], "amount": [1, 2, None]})
    bodies = [part.body for part in frame_parts("x", frame, 2)]
    assert len(bodies) == 2
    assert whole(bodies).equals(frame)
    assert opened(bodies[0], ["amount"]).columns == ["amount"]
