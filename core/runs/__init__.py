"""Runs: settling a cycle in the company's own house, from a draft to what is released and paid.

A *run* settles one cycle of one calendar in the steps of its *kind* (`[runs.NAME]` of the plan). It is *previewed* as
often as wanted, *validated* (its inputs are frozen from then on), *approved* by two people, *released* (everybody sees
it, the book has it) and *paid*. What a preview read and what came of it is kept in *parts*: compressed frames whose
digests a released run's *seal* is made of; each seal names the one before.

Invariants: every change of state changes exactly one row on the condition that it is still what it was judged by;
whoever works on a run holds it by an *attempt*, and nothing is written by an attempt that was overtaken; a released run
never changes, corrections are lines of a later cycle; the sum of a payee's lines is what her account gets.
"""
