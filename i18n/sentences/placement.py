"""Sentences about places in placement trees."""

from i18n.sentences import Counted, Sentences
from i18n.translator import mark, mark_plural

SENTENCES: Sentences = {
    "placement_tree_unknown": mark("The plan in force has no such tree ({tree})."),
    "placement_above_unplaced": mark("{person} has no place in this tree, so nobody can stand below {person}."),
    "placement_place_unknown": mark("There is no place {place}: below everybody there are {width}."),
    "placement_place_taken": mark("{person} stands there."),
    "placement_circle": mark("{above} stands below {person} and cannot stand above as well."),
    "placement_not_yours": mark("Only the sponsor of {person} can choose this place."),
    "placement_outside": mark("You can give places below yourself, and only as deep as the plan says."),
    "placement_over": mark("You could choose a place until {last_day}."),
    "placement_moves_spent": mark("This place was changed as often as the plan allows ({moves})."),
    # what a check of a tree finds
    "placement_of_nobody": mark("{person} has a place, and there is no such person."),
    "placement_above_missing": mark("{person} stands below {others}, who has no place."),
    "placement_slot_wrong": mark("{person} stands in place {place}; below everybody there are {width}."),
    "placement_twice": mark("{person} has two places at once."),
    "placement_shared": mark("{person} and {others} stand in the same place ({place})."),
    "placement_in_circle": Counted(
        mark_plural(
            "{person} is recorded as standing below themselves.",
            "These {n} people stand below each other in a circle: {person}, {others}.",
        ),
        "count",
    ),
}
