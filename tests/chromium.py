"""A real Chromium for tests of pages."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from selenium import webdriver
from selenium.webdriver.remote.webdriver import WebDriver

_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_CHROMEDRIVER = shutil.which("chromedriver")
_FLAGS = (
    "--headless=new",
    "--no-sandbox",  # a container's root has no user namespace; the pages are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-ipc-flooding-protection",  # a test gives hundreds of addresses at once
)
needs_chromium = pytest.mark.skipif(
    not (_CHROMIUM and _CHROMEDRIVER) and not os.environ.get("CI"), reason="needs chromium and chromedriver"
)


@contextmanager
def chromium(*, size: str, hosts: str = "") -> Iterator[WebDriver]:
    """Run Chromium with a window of "WIDTH,HEIGHT"; it finds no host, of its own machine those that are named."""
    options = webdriver.ChromeOptions()
    options.binary_location = _CHROMIUM or ""
    for flag in (*_FLAGS, f"--window-size={size}", f"--host-resolver-rules=MAP * ~NOTFOUND{hosts}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(_CHROMEDRIVER))
    yield driver
    driver.quit()
