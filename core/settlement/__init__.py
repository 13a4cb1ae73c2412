"""Settlement: what everybody earned in a cycle, to the cent, with the reason of every amount.

A *run* takes people, orders and a plan, computes KPIs and ranks by the engine that runs live, then bonuses
(`core.bonuses`), and writes *awards* (one line an amount with its *because*) and *payouts* (what is paid, what is
carried over). Offline it does so from files (`python -m core settle`).

Invariants: the same input gives the same output, byte for byte, whatever the order of its lines; a payee's earnings are
the sum of her award lines; what is not calculated yet is refused, never left out.
"""
