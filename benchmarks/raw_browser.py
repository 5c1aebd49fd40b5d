"""A bare loop over one warm browser, by Playwright: load, wait, scroll, take a picture, keep nothing.

`python -m benchmarks.raw_browser PAGES_AT_ONCE PICTURE URL...` prints seconds and seconds of processor time, all
processes counted. PICTURE: fullpage, viewport or none. What a capture adds to this is what Isnad costs.
"""

import asyncio
import os
import shutil
import sys
import time

from playwright.async_api import Browser, async_playwright

from benchmarks.processor import seconds_of
from sources.archiving.browser.scrolling import scrolling
from sources.archiving.browser.visit import HEIGHT, QUALITY, QUIET, WIDTH

FLAGS = ["--no-sandbox", "--disable-gpu"]


async def main(at_once: int, picture: str, urls: list[str]) -> tuple[float, float]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        await _one(browser, picture, urls[0])
        began, used = time.perf_counter(), seconds_of(os.getpid())
        waiting = list(urls)

        async def work() -> None:
            while waiting:
                await _one(browser, picture, waiting.pop())

        await asyncio.gather(*(work() for _ in range(at_once)))
        spent = time.perf_counter() - began, seconds_of(os.getpid()) - used
        await browser.close()
    return spent


async def _one(browser: Browser, picture: str, url: str) -> None:
    context = await browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    page = await context.new_page()
    await page.goto(url, wait_until="load")
    await page.evaluate(scrolling(0, 100_000, 60))
    await page.wait_for_timeout(QUIET * 1000)
    if picture != "none":
        await page.screenshot(type="jpeg", quality=QUALITY, full_page=picture == "fullpage")
    await context.close()


if __name__ == "__main__":
    print(*asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])))
