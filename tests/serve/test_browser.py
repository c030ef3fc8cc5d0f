"""The served pages in a real Chromium that reaches nothing but this machine."""

import json
import time
from collections.abc import Iterator

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from tests.chromium import chromium, needs_chromium

pytestmark = needs_chromium


@pytest.fixture(scope="module", name="chromium")
def chromium_() -> Iterator[WebDriver]:
    with chromium(size="1400,1000", hosts=" , EXCLUDE 127.0.0.1") as driver:
        yield driver


@pytest.fixture
def browser(chromium, server) -> Iterator[WebDriver]:
    """A browser whose pages complain of nothing, break no policy and ask nobody but the server."""
    for log in ("browser", "performance"):
        chromium.get_log(log)
    yield chromium
    assert [entry["message"] for entry in chromium.get_log("browser")] == []
    asked = [
        message["params"]["request"]["url"]
        for entry in chromium.get_log("performance")
        if (message := json.loads(entry["message"])["message"])["method"] == "Network.requestWillBeSent"
    ]
    assert asked
    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []


def wait(condition):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come to pass")


def texts(browser: WebDriver, selector: str) -> list[str]:
    return [element.text for element in browser.find_elements(By.CSS_SELECTOR, selector)]


def test_yasgui_asks_the_endpoint_and_shows_the_rows(browser, server):
    browser.get(f"{server.url}query")
    editor = wait(lambda: browser.execute_script("return window.kgYasgui?.getTab()?.getYasqe() !== undefined"))
    assert editor
    query = "SELECT ?name { person:ingrid-halvorsen rdfs:label ?name }"
    browser.execute_script("kgYasgui.getTab().getYasqe().setValue(arguments[0])", query)
    browser.find_element(By.CSS_SELECTOR, ".yasqe_queryButton").click()
    wait(lambda: "Ingrid Halvorsen" in " ".join(texts(browser, ".yasr table td")))


def test_yasgui_shows_what_is_wrong_with_a_query(browser, server):
    browser.get(f"{server.url}query")
    wait(lambda: browser.execute_script("return window.kgYasgui?.getTab()?.getYasqe() !== undefined"))
    browser.execute_script(
        "kgYasgui.getTab().getYasqe().setValue('SELECT ?x { SERVICE <http://x.example/> { ?x a ?y } }')"
    )
    browser.execute_script("kgYasgui.getTab().getYasqe().query().catch(() => {})")
    wait(lambda: "SERVICE would reach the network" in browser.find_element(By.CSS_SELECTOR, ".yasr").text)
    browser.get_log("browser")  # the browser itself notes the status of 400


def test_a_ready_query_runs_at_a_click(browser, server):
    browser.get(f"{server.url}query")
    wait(lambda: browser.execute_script("return window.kgYasgui?.getTab()?.getYasqe() !== undefined"))
    browser.find_element(By.CSS_SELECTOR, ".ready summary").click()
    next(b for b in browser.find_elements(By.CSS_SELECTOR, "#ready button") if b.text == "met").click()
    wait(lambda: "Behrooz Tavakoli" in " ".join(texts(browser, ".yasr table td")))


def test_an_entity_page_leads_to_the_words_that_say_it(browser, server):
    browser.get(f"{server.url}person/ingrid-halvorsen")
    assert browser.find_element(By.TAG_NAME, "h1").text.startswith("Ingrid Halvorsen")
    assert texts(browser, "#facts h3")
    assert texts(browser, "#timeline time")
    browser.find_element(By.CSS_SELECTOR, "#facts details summary").click()
    sentence = wait(lambda: browser.find_element(By.CSS_SELECTOR, "#facts details[open] blockquote"))
    assert sentence.find_elements(By.TAG_NAME, "mark")
    sentence.find_element(By.CSS_SELECTOR, "footer a").click()
    target = wait(lambda: browser.execute_script("return document.querySelector(':target')?.textContent"))
    assert target
    assert "/document/" in browser.current_url


def test_a_place_leads_back_to_its_people(browser, server):
    browser.get(f"{server.url}place/norway")
    assert browser.find_element(By.TAG_NAME, "h1").text.startswith("Norway")
    person = browser.find_element(By.CSS_SELECTOR, "#facts a.entity.Person")
    name = person.text
    person.click()
    wait(lambda: browser.find_element(By.TAG_NAME, "h1").text.startswith(name))


def test_the_network_is_drawn_around_an_entity(browser, server):
    browser.get(f"{server.url}person/ingrid-halvorsen")
    browser.find_element(By.LINK_TEXT, "In the network").click()
    wait(
        lambda: browser.execute_script(
            "return typeof kgView === 'object' && kgView.network.body.nodeIndices.length > 2"
        )
    )
    browser.get(f"{server.url}graph")
    wait(
        lambda: browser.execute_script(
            "return typeof kgView === 'object' && kgView.network.body.nodeIndices.length > 10"
        )
    )


def test_a_name_is_found(browser, server):
    browser.get(server.url)
    field = browser.find_element(By.ID, "find")
    field.send_keys("halv marg")
    field.submit()
    wait(lambda: "Margit Halvorsen" in texts(browser, ".names a"))
