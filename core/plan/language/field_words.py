"""What the field calls kinds of bonuses and other words, where that is another word than ours."""

KIND_CALLED = {
    "stairstep": "differential",
    "stair_step": "differential",
    "performance": "differential",
    "wholesale": "differential",
    "stairstep_breakaway": "breakaway",
    "override": "breakaway",
    "leadership": "breakaway",
    "royalty": "breakaway",
    "level": "unilevel",
    "levels": "unilevel",
    "residual": "unilevel",
    "check_match": "matching",
    "match": "matching",
    "team": "binary",
    "pairing": "binary",
    "quick_start": "fast_start",
    "starter": "fast_start",
    "enrollment": "first_order",
    "sponsor": "first_order",
    "profit_sharing": "pool",
    "rank_bonus": "rank_award",
    "rank_advancement": "rank_award",
    "promotion": "rank_award",
    "retail": "rule",
    "personal": "rule",
}
"""Our kind by the field's word."""

WORD_CALLED = {
    "depth": "depth_by_rank",
    "rank": "minimum_rank",
    "active": "earner",
    "rates": "levels",
    "percent": "rate",
    "percentage": "rate",
    "min": "minimum",
    "amount": "amount_by_rank",
    "downline": "line",
    "group": "line",
    "team": "line",
    "personal": "own",
    "campaign": "period",
    "catalogue": "period",
}
"""Our word by the field's, wherever ours can stand."""
