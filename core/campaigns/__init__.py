"""Campaigns: what the company tells many people at once, in their languages.

A *campaign* is words and a *segment*, which says whom it means. It is a draft until it is sent, now or at a moment;
from then on its words and its segment stay as they are. Whoever belongs to the segment at that moment gets it.

Invariants: nobody gets a campaign twice; of a campaign that was cancelled nothing more goes out, and what went out
stays; what a preview counts is who would get it now.
"""
