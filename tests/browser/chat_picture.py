"""`python -m tests.browser.chat_picture`: draw docs/images/chat.png, the picture of the chat in the README, anew."""

import asyncio
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, async_playwright, expect

from tests.support.browser import ARGUMENTS, find_browser
from tests.support.talks.stage import Stage, stage
from tests.support.talks.talk import Talk

FILE = Path(__file__).resolve().parents[2] / "docs" / "images" / "chat.png"
PEOPLE = (("en", "US", "how close am I to Diamond?"), ("es", "MX", "¿cuánto me falta para Diamante?"))
WIDTH, HEIGHT, SHARPNESS = 1360, 1460, 1.3
COLOURS = 256


async def converse(running: Stage, number: int, language: str, country: str, question: str) -> int:
    """A heroine asks; her chat."""
    [(code, name, phone)] = running.rows(
        "SELECT code, name, phone FROM person WHERE language = :language AND country = :country AND id > 1"
        " AND kind = 'distributor' ORDER BY id LIMIT 1",
        language=language,
        country=country,
    )
    first, _, last = name.partition(" ")
    talk = Talk(running, 6_100_000_000 + number)
    await talk.begin(first_name=first, last_name=last, language_code=language, phone=phone)
    await talk.opens(await running.one_time_link(code), "")
    await talk.says(question)
    return talk.chat


async def shot(page: Page, address: str, chats: list[int]) -> bytes:
    """The chats side by side, without the list of people."""
    await page.goto(address)
    await page.wait_for_selector("html[data-ready]", state="attached")
    for chat in chats:
        await page.click(f'[data-person="{chat}"]', modifiers=["Control"])
        await expect(page.locator(f'[data-chat="{chat}"] img').last).to_be_visible()
    await page.wait_for_function("[...document.images].every(image => image.complete)")
    await page.evaluate("document.activeElement.blur()")
    await expect(page.locator(".scrolling")).to_have_count(0)
    for day in await page.locator(".day.floating").all():
        await expect(day).to_have_css("opacity", "0")
    boxes = [await page.locator(f'[data-chat="{chat}"]').bounding_box() for chat in chats]
    left, right = min(box["x"] for box in boxes if box), max(box["x"] + box["width"] for box in boxes if box)
    return await page.screenshot(clip={"x": left, "y": 0, "width": right - left, "height": HEIGHT})


async def main() -> int:
    """Draw it; 1 where there is no browser."""
    browser_path = find_browser()
    if browser_path is None:
        sys.stderr.write("There is no browser: install chromium or set BROWSER_PATH.\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder)) as running, async_playwright() as playwright:
            chats = [await converse(running, number, *person) for number, person in enumerate(PEOPLE)]
            browser = await playwright.chromium.launch(executable_path=browser_path, args=list(ARGUMENTS))
            page = await browser.new_page(
                viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SHARPNESS, color_scheme="light"
            )
            drawn = await shot(page, running.sandbox.base, chats)
            await browser.close()
    FILE.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(drawn)).convert("RGB").quantize(COLOURS).save(FILE, optimize=True)
    sys.stdout.write(f"{FILE}: {FILE.stat().st_size // 1000} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
