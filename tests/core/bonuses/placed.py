"""A company with placement trees as files."""

import csv
from dataclasses import dataclass, field
from decimal import Decimal

from tests.core.settlement.offline import Offline

HEAD = (
    "id,sponsor_id,joined_on,country,language,name,kind,status,"
    "binary_parent_id,binary_side,matrix_parent_id,matrix_slot,own_side"
)


@dataclass
class Placed(Offline):
    """People with places; who is not given one has none in the file."""

    binary: dict[str, tuple[str, str]] = field(default_factory=dict)
    matrix: dict[str, tuple[str, int | str]] = field(default_factory=dict)
    own_side: dict[str, str] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)

    def placed(
        self, code: str, above: str, place: str | int, *, sponsor: str | None = None, joined: str = "2026-01-01"
    ) -> None:
        """A person in a place of the binary tree (a side) or the matrix (a number); sponsored by whoever is above."""
        self.person(code, sponsor or above, joined)
        if isinstance(place, str):
            self.binary[code] = (above, place)
        else:
            self.matrix[code] = (above, place)

    def people_file(self) -> str:
        """Everybody with her place."""
        rows = [HEAD]
        for code, *rest in self.people:
            places = [*self.binary.get(code, ("", "")), *self.matrix.get(code, ("", "")), self.own_side.get(code, "")]
            rows.append(",".join(map(str, [code, *rest, self.status.get(code, ""), *places])))
        return "\n".join([*rows, ""])

    def follow(self, cycle: str, out: str = "next", before: str = "out") -> int:
        """The next cycle, with what the one before left."""
        return self.settle(cycle, "--carry", str(self.folder / before), out=out)

    def waits(self, person: str, out: str = "out", bonus: str = "a") -> dict[str, str]:
        """What waits on her sides."""
        found: dict[str, Decimal] = {}
        with (self.folder / out / "carry_volume.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if (row["person_id"], row["bonus"]) == (person, bonus):
                    found[row["side"]] = found.get(row["side"], Decimal(0)) + Decimal(row["volume"])
        return {side: str(volume) for side, volume in found.items()}
