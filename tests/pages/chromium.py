"""Chromium, which saves pages as readers do: as MHTML and as PDF."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def opened(address: str) -> Iterator[Page]:
    """Open an address in a Chromium of its own."""
    if CHROMIUM is None and "CI" not in os.environ:
        pytest.skip("needs chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            page = browser.new_page()
            page.goto(address)
            yield page
        finally:
            browser.close()


def mhtml_of(page: Page) -> bytes:
    """Return what "Save as, web page, single file" writes."""
    session = page.context.new_cdp_session(page)
    return session.send("Page.captureSnapshot", {"format": "mhtml"})["data"].encode()
