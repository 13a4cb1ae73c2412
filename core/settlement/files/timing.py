"""How long the parts of a run take."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter


@dataclass(slots=True)
class Timings:
    """How long each part took, in seconds."""

    parts: dict[str, float]
    tell: Callable[[str], None]

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Measures what happens inside."""
        begun = perf_counter()
        yield
        self.parts[name] = round(perf_counter() - begun, 6)
        self.tell(f"{name}: {self.parts[name]:.3f} s")


def silent() -> Timings:
    """Of what is not told."""
    return Timings({}, lambda _line: None)
