import numpy as np
import pytest

from core.genealogy.rules.verification import NOBODY, OPEN, Found, Network, verify


def network(links: str, terminated: tuple[int, ...] = (), people: tuple[int, ...] | None = None) -> Network:
    """Links written as `person>sponsor`, or `person>sponsor:from-to`; everybody who is a person of a link exists."""
    rows = []
    for word in links.split():
        pair, _, period = word.partition(":")
        person, sponsor = pair.split(">")
        start, _, end = period.partition("-")
        rows.append((int(person), int(sponsor or NOBODY), int(start or 0), int(end or OPEN)))
    rows.sort(key=lambda row: (row[0], row[2]))
    known = sorted(people if people is not None else {row[0] for row in rows})
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
    return Network(
        np.array(known, dtype=np.int64), np.isin(known, terminated), columns[0], columns[1], columns[2], columns[3]
    )


def test_a_sound_network_has_no_findings() -> None:
    assert verify(network("1> 2>1 3>2:0-5 3>1:5- 4>3:1-1 4>1:1- 5>1:0-9", terminated=(5,))) == []


def test_a_network_of_nobody_is_sound() -> None:
    empty = np.array([], dtype=np.int64)
    assert verify(Network(empty, empty.astype(bool), empty, empty, empty, empty)) == []


@pytest.mark.parametrize(
    ("broken", "findings"),
    [
        (
            network("1> 2> 3>1"),
            [Found("network_several_roots", root, facts=(("count", 2),)) for root in (1, 2)],
        ),
        (
            network("1>2 2>3 3>1 4>3"),
            [
                Found("network_no_root", 1),
                Found("network_circle", 1, others=(2, 3), facts=(("count", 3),)),
            ],
        ),
        (network("1> 2>2"), [Found("network_circle", 2, facts=(("count", 1),))]),
        (
            network("1> 2>9"),
            [
                Found("network_sponsor_missing", 2, facts=(("number", 9),)),
                *(Found("network_several_roots", root, facts=(("count", 2),)) for root in (1, 2)),
            ],
        ),
        (network("1> 2>1:0-9 3>2 2>1:5-6", terminated=(2,)), [
            Found("network_links_overlap", 2),
            Found("network_sponsor_terminated", 3, others=(2,)),
        ]),
        (network("1> 2>1", terminated=(2,)), [Found("network_terminated_in_tree", 2)]),
        (network("1> 2>1:0-5"), [Found("network_no_link", 2)]),
        (network("1> 2>1:7-5 2>1:8-"), [Found("network_link_backwards", 2)]),
        (network("1> 2>1", people=(1,)), [Found("network_link_of_nobody", 2)]),
    ],
)  # fmt: skip
def test_each_fault_is_found_with_its_person(broken: Network, findings: list[Found]) -> None:
    assert verify(broken) == findings


def test_all_faults_are_told_at_once() -> None:
    broken = network("1> 2> 3>4 4>3 5>99 6>1:0-9 6>2:5-", terminated=(1,))
    assert {found.code for found in verify(broken)} == {
        "network_several_roots",
        "network_circle",
        "network_sponsor_missing",
        "network_sponsor_terminated",
        "network_links_overlap",
        "network_terminated_in_tree",
    } - {"network_sponsor_terminated"}


@pytest.mark.parametrize("shape", ["chain", "star"])
def test_depth_and_width_have_no_limit(shape: str) -> None:
    count = 1_000_000
    people = np.arange(1, count + 1)
    sponsor = np.where(people == 1, NOBODY, people - 1 if shape == "chain" else 1)
    start, end = np.zeros(count, dtype=np.int64), np.full(count, OPEN)
    assert verify(Network(people, np.zeros(count, dtype=bool), people, sponsor, start, end)) == []
