"""What is tried with points in every language: three taps to a product, in one sentence, and everything beside it."""

from tests.support.talks.stage import Stage
from tests.support.talks.talk import Talk

RECEIVER = """
SELECT p.phone, p.name, p.code FROM person p JOIN sponsor_link l ON l.person_id = p.id
WHERE l.sponsor_id = (SELECT id FROM person WHERE code = :code) AND p.kind = 'distributor' ORDER BY p.id LIMIT 1
"""
LINK = "SELECT token FROM referral_link WHERE person_id = (SELECT id FROM person WHERE code = :code)"
ODD = ("odd_negative", "odd_fraction", "odd_enormous")


async def play_points(stage: Stage, talk: Talk, other: Talk, words: dict[str, str], code: str) -> None:
    """The heroine's points, with her first distributor at the other telephone."""
    await _three_taps(talk, words)
    await _by_words(talk, words)
    await _convert(talk, words)
    await _give(stage, talk, other, words, code)
    await _holdings(talk, words)
    await _invite(stage, talk, other, words, code)


async def _three_taps(talk: Talk, words: dict[str, str]) -> None:
    talk.title("What can I get for my stars? Three taps")
    await talk.says(words["stars_what"])
    await talk.taps("ro:")
    await talk.taps("ra:", times=2)
    talk.title("What became of it, and back again")
    await talk.says(words["stars"])
    await talk.taps("ph:")
    await talk.says("/orders")
    await talk.taps("oo:")
    await talk.taps("rc:")
    await talk.taps("rcy:")
    await talk.says("/points")
    await talk.taps("ph:")
    await talk.says(words["stars_expiring"])


async def _by_words(talk: Talk, words: dict[str, str]) -> None:
    talk.title("A product in one sentence")
    await talk.says(words["redeem_blender"])
    await talk.taps("ra:")
    talk.title("Two that match, one that is sold out, none, and too few stars")
    for wish in ("redeem_two", "redeem_sold_out", "redeem_unknown", "redeem_blender"):
        await talk.says(words[wish])


async def _convert(talk: Talk, words: dict[str, str]) -> None:
    talk.title("Stars into credit, by words and by buttons")
    await talk.says(words["convert"])
    await talk.taps("cvo:", times=2)
    await talk.says("/points")
    await talk.taps("cv")
    await talk.taps("cva:")
    await talk.taps("cvn:")
    await talk.taps("cvx:")


async def _give(stage: Stage, talk: Talk, other: Talk, words: dict[str, str], code: str) -> None:
    talk.title("Stars for somebody else")
    [phone, name, _] = stage.rows(RECEIVER, code=code)[0]
    await other.begin(phone=phone)
    other.title("Her first distributor is told")
    await other.opens("", "")
    await other.shares()
    await talk.says(words["give"].format(name=name))
    await talk.taps("gvo:", times=2)
    await other.hears()
    await other.says("/points")
    talk.title("What nobody can give")
    for wish in ODD:
        await talk.says(words[wish].format(name=name))
    await talk.says(words["give"].format(name="Zebulon"))


async def _holdings(talk: Talk, words: dict[str, str]) -> None:
    talk.title("Coupons and credit notes")
    await talk.says(words["coupons"])


async def _invite(stage: Stage, talk: Talk, other: Talk, words: dict[str, str], code: str) -> None:
    talk.title("Inviting somebody")
    await talk.says(words["invite"])
    [[token]] = stage.rows(LINK, code=code)
    other.title("Whoever knows us already opens the link")
    await other.opens(f"r_{token}", "that invites")
