"""The plan's expression language: small, safe, and of one meaning for one order and for a million people at once.

An expression is read once, with the place of every word, and checked against a vocabulary that names what may be asked
and of what type it is. It is then asked of one case at a time, or of columns over a million cases in one pass; both
give the same answers, exactly.
"""
