"""The reason of an award line as sentences: the one text that statement, chat, audit and `core explain` share."""
