"""What we promise about speed, measured beside the baseline that it is promised against. `python -m benchmarks`."""
