"""What benchmarks share: figures with their bars, programs under measurement, and load."""
