"""Pictures: the gauges as one PNG, right in every script, light to send.

Words:
    dial: one gauge's scale, an arc of equal segments, one for each rank that asks for the KPI and one below the first.
    needle: where the value stands; inside a segment it moves in proportion between the thresholds.
    ink: a colour on the ground that it is drawn on, with the shades between for smooth edges.

Invariants: the same progress in the same language gives the same bytes; a glyph that no font has is never drawn;
nothing here asks anybody anything, a picture is made from its arguments alone.
"""
