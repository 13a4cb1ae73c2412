"""How a plan file is read: TOML with places, the words of each section, and what can be wrong with them.

`source` turns text into nodes that know their line and column, `findings` gathers what is wrong, `table` reads one
table word by word, and every other file here knows one part of the plan.
"""
