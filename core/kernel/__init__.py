"""Words that every room uses: money, volume, period, ids, errors, clock, company words. Imports nothing of ours."""
