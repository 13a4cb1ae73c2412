"""Speaking up first: who is due to hear something, and what goes out now.

*Planning* finds who is due and writes messages into the outbox; a *claim* judges what waits there (is it wanted, is
she awake, is there room in her budget, is it still true, is it our turn to send) and hands it to a worker, whose
*reports* close it.

Invariants: nobody is told what she does not want, what is no longer true, or the same thing twice; what ends without
going out says why; one person has one message in hand at a time, so that no budget is passed by two at once.
"""
