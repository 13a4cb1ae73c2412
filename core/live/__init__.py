"""Live figures: every KPI and rank of everybody in the open cycle, in arrays that follow the event log.

A *picture* is what is loaded from the database in one unchanging view; a *state* is a picture calculated and kept true.
An *index* is a person's place in one state's arrays; it means nothing in another state.

Invariants: a state kept true by events equals one computed afresh from the database; a question is answered by a state
that has taken in everything committed before the question came; a supposition leaves no trace. What increments cannot
do exactly (another plan, a changed genealogy, an import) is computed aside while the state so far goes on answering.
"""
