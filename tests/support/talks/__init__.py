"""Conversations with the bot, played in every language and written down as docs/transcripts/<language>.md.

`python -m tests.support.talks` plays them on the demo company of a fixed day and seed, with the real core beside it.
"""
