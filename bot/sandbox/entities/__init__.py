"""Formatted text: HTML and Markdown to plain text with entities, and the entities Telegram finds by itself.

Offsets and lengths count UTF-16 code units, as the Bot API does; error messages count UTF-8 bytes, as Telegram does.
"""
