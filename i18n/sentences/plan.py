"""Sentences about compensation plans and their cycles. Words of the plan language stay as the file writes them."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "plan_not_toml": mark("This cannot be read: {reason}."),
    "plan_section_missing": mark("The plan has no {section} section. The least that it needs there: {least}."),
    "plan_table_wanted": mark("{found} stands where {table} is expected, which is a table of words and values."),
    "plan_word_unknown": mark('"{found}" is not a word of {table}. It takes {known}.'),
    "plan_word_unknown_near": mark('"{found}" is not a word of {table}; did you mean "{nearest}"? It takes {known}.'),
    "plan_word_missing": mark('The word "{word}" is missing in {table}.'),
    "plan_word_beside": mark('The word "{word}" is missing; it must stand beside {when}.'),
    "plan_word_useless": mark('"{word}" has no effect here: {because}.'),
    "plan_value_wrong": mark('"{word}" must be {expected}; {found} stands here.'),
    "plan_too_fine": mark('"{word}" is too fine: {found} has more than {decimals} decimals.'),
    "plan_choice_unknown": mark('"{found}" is not a value of "{word}". The values are {known}.'),
    "plan_choice_unknown_near": mark(
        '"{found}" is not a value of "{word}"; did you mean "{nearest}"? The values are {known}.'
    ),
    "plan_name_none": mark('"{found}" is not declared in this plan ({what}), which declares none.'),
    "plan_name_unknown": mark('"{found}" is not declared in this plan ({what}). Declared are {known}.'),
    "plan_name_unknown_near": mark(
        '"{found}" is not declared in this plan ({what}); did you mean "{nearest}"? Declared are {known}.'
    ),
    "plan_name_twice": mark('"{name}" stands here a second time; the first is in line {first}.'),
    "plan_circle": mark("These need each other in a circle, so none of them has a value: {circle}."),
    "plan_english_missing": mark(
        '"{word}" has no English text (en), which readers of all other languages fall back to.'
    ),
    "plan_language_unknown": mark('"{found}" is not a language tag such as en, pt-BR or zh-Hans.'),
    "plan_language_unknown_near": mark('"{found}" is not a language tag; did you mean "{nearest}"?'),
    "plan_legs_how": mark("A KPI that counts legs must say which: by leg_with_rank, by leg_kpi, or by both."),
    "plan_kpi_off": mark('Nothing can ask for "{kpi}", because it is switched off (on = false).'),
    "plan_gauge_twice": mark('"{kpi}" stands twice among the gauges.'),
    "plan_gauge_hidden": mark('"{kpi}" cannot be a gauge while its word "{word}" is false.'),
    "plan_gauge_idle": mark('No rank asks for "{kpi}", so its gauge has no marks.'),
    "plan_rank_empty": mark('The rank "{rank}" asks for nothing, which only the lowest may do.'),
    "plan_package_empty": mark('The package "{package}" asks for nothing, which only the lowest may do.'),
    "plan_condition_kpi": mark('A condition names its KPI and how much it takes: {{ kpi = "{kpi}", minimum = … }}.'),
    "plan_condition_legs": mark(
        "Legs and people with a rank are counted by a KPI, by its leg_with_rank or with_rank; a condition asks for "
        "that KPI and how many it takes."
    ),
    "plan_legs_mixed": mark(
        'The rank "{rank}" cannot keep the legs of "{kpi}" and "{other}" apart: some legs may count for both, and '
        "neither takes in all legs of the other."
    ),
    "plan_legs_many_ways": mark(
        'There are more than {most} ways to the rank "{rank}", too many to keep its legs apart in each.'
    ),
    "plan_rank_for_all": mark('The rank "{rank}" asks for nothing, so everybody holds it.'),
    "plan_ladder_falls": mark('The rank "{rank}" asks for less of "{kpi}" than the rank below it.'),
    "plan_tree_missing": mark("The plan has no [trees.{tree}] section, so there is no such tree."),
    "plan_tree_unfit": mark('A bonus of the kind "{kind}" stands on the tree "{kind}".'),
    "plan_tree_unfit_binary": mark(
        'A bonus of the kind "binary" stands on the tree "binary", or with tree = "sponsor" on legs: the strongest one '
        "against all others together."
    ),
    "plan_base_grows": mark(
        '"{kpi}" counts whatever is below her already, and a bonus of the kind "{kind}" adds up everybody below: the '
        "same order is paid several times."
    ),
    "plan_percent_small": mark("A bare number is a percentage too: {found} is {found} %, not {meant}."),
    "plan_percent_part": mark(
        '"{found}" is a part of one percent. A part of the whole is written without the sign: "{meant}".'
    ),
    "plan_each_unfit": mark(
        '"{found}" is an amount for each of what is counted, so the bonus needs base = "orders" or base = "heads"; it '
        'has "{base}".'
    ),
    "plan_each_bare": mark(
        "A bare number is a percentage: {found} pays {pays} for each. An amount is written with its word: "
        '"{found} each".'
    ),
    "plan_base_unfit": mark('A bonus of the kind "{kind}" cannot be a share of "{base}".'),
    "plan_pays_unfit": mark('A bonus of the kind "{kind}" pays percentages, so it cannot pay in "{pays}".'),
    "plan_pool_missing": mark(
        'What nobody earns of "{bonus}" has no pool to go to: no pool of this plan pays the same by the same calendar.'
    ),
    "plan_pool_unlike": mark('"{other}" is no pool that pays the same as "{bonus}" by the same calendar.'),
    "plan_shares_unlike": mark('"{other}" pays no shares by the calendar of the pool "{bonus}".'),
    "plan_shares_unused": mark('"{bonus}" pays shares, and no pool names it in shares_from.'),
    "plan_points_gain": mark(
        '"{word}" is {found}, less than "{other}" with {value}: whoever converted there and back would gain.'
    ),
    "plan_run_step_twice": mark('The step "{step}" stands here a second time.'),
    "plan_run_step_needs": mark('The step "{step}" cannot be done without "{needs}" among the steps.'),
    "plan_run_step_order": mark('The step "{step}" must come after "{earlier}".'),
    "plan_run_twice": mark('Runs of "{first}" release the cycles of {calendar} already; one kind a calendar can.'),
    "plan_ticket_move": mark("A ticket cannot be moved from {state} to {to} by hand."),
    "plan_ticket_stuck": mark("No moves lead from {state} to a ticket's end."),
    "plan_ticket_unrouted": mark("No queue takes tickets of the type {type} in every language."),
    "plan_rule_long": mark("This rule is longer than {most} characters."),
    "plan_rule_deep": mark("Parentheses and signs nest deeper than {most} levels in this rule."),
    "plan_rule_quote": mark("This quote is not closed."),
    "plan_rule_sign": mark('"{found}" cannot stand in a rule.'),
    "plan_rule_sign_near": mark('"{found}" cannot stand in a rule; did you mean {nearest}?'),
    "plan_rule_number": mark("A number in a rule has at most {digits} digits and {decimals} decimals."),
    "plan_rule_ends": mark("The rule ends where this is expected: {expected}."),
    "plan_rule_wanted": mark('"{found}" stands where this is expected: {expected}.'),
    "plan_rule_wanted_near": mark('"{found}" cannot stand here; did you mean "{nearest}"?'),
    "plan_rule_word_unknown": mark('"{found}" is not a word that this rule can ask for. Those like it are {known}.'),
    "plan_rule_word_unknown_near": mark(
        '"{found}" is not a word that this rule can ask for; did you mean "{nearest}"?'
    ),
    "plan_rule_quotes": mark('"{found}" is not a word of the language; a text stands in quotes.'),
    "plan_rule_type": mark('"{found}" is {what}; {expected} is expected here.'),
    "plan_rule_no_order": mark('"{found}" compares numbers and ranks; for anything else there are == and !=.'),
    "plan_rule_constant": mark('"{found}" cannot stand in a list; {expected} is expected here.'),
    "plan_rule_arguments": mark('"{found}" needs this in parentheses: {expected}.'),
    "plan_rule_no_argument": mark('"{found}" takes nothing in parentheses.'),
    "plan_rule_by_zero": mark("Nothing can be divided by 0."),
    "plan_faulty": mark("This plan has faults, so it cannot be put in force."),
    "plan_missing": mark("No plan is in force at that time."),
    "plan_too_early": mark("Cycles up to {cycle} are closed, so a plan can begin on {earliest} at the earliest."),
    "plan_start_taken": mark("Another version of the plan begins on {start} already."),
    "plan_version_taken": mark(
        "Version {version} of this plan was put in force with another text. Give this one a new version."
    ),
    "plan_start_within": mark("A plan can begin only with a cycle; the next one begins on {next}."),
    "cycle_unknown": mark('There is no cycle "{cycle}". A code looks like {example}.'),
    "cycle_running": mark("The cycle {cycle} has not ended yet."),
    "cycle_out_of_turn": mark("The cycle {first} must be closed before {cycle}."),
    "closing_overtaken": mark("Somebody else did the same meanwhile. Nothing was changed. Please try again."),
    "cycle_before_first": mark("The cycle {cycle} lies before {first}, the first one that was closed."),
}
