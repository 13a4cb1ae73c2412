"""The second engine: every bonus worked out again, slowly and plainly, from the definitions in `docs/plan-language.md`.

It imports nothing of forest, kpis or bonuses and shares no arithmetic with them: exact fractions, one person and one
order at a time. Where it and the engine differ by a cent, one of them is wrong and nothing may be paid.
"""
