"""A local stand-in for the Telegram Bot API, with a chat page that feels like a messenger.

The bot speaks to it exactly as it speaks to Telegram: same addresses, same envelopes, same refusals in the same words.
What Telegram would let pass in silence but a careful bot does not do (unknown fields, late answers to taps, floods,
an ignored `retry_after`) is counted as a *fault*.

Words: a *person* is somebody one can chat as; a *refusal* is an error answer with its source; a *fault* is a mistake of
the bot that the report keeps; a *failure* is trouble that a test ordered beforehand. Nothing here survives its process
unless a state folder is named, and a restart of the bot never matters to it.
"""
