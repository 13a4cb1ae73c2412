"""`python -m benchmarks [NAME ...]`: measure, print each figure beside its bar, fail when a bar is missed."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.figures import Figure, show
from core.kernel.heap import keep_freed

HERE = Path(__file__).parent
SHARED = ("figures",)


def main() -> int:
    """Run the named benchmarks, or all modules of this folder; each has a function `figures` that yields them."""
    known = [path.stem for path in sorted(HERE.glob("*.py")) if not path.stem.startswith("_")]
    known = [name for name in known if name not in SHARED]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help=f"what to measure: {', '.join(known)}; all when none is named")
    asked = parser.parse_args().name or known
    unknown = [name for name in asked if name not in known]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(known)}")
    keep_freed()  # as every command of ours does but the service
    missed: list[Figure] = []
    for name in asked:
        missed += show(name, import_module(f"benchmarks.{name}").figures())
    print(f"\n{len(missed)} bars missed" if missed else "\nevery bar met")
    for figure in missed:
        print(f"  {figure.name}: {figure.value:,.4g} {figure.unit}, {figure.bar}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
