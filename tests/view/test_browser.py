"""The page in a real Chromium, from disk, with the network cut."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from kg.model import Document, Entity, EntityType, Evidence, Graph, Statement
from kg.view.page import render_page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CHROMEDRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and CHROMEDRIVER) and not os.environ.get("CI"), reason="needs chromium and chromedriver"
)

FLAGS = (
    "--headless=new",
    "--no-sandbox",  # a container's root has no user namespace; the page is our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--window-size=1400,900",
)
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "\"><svg onload='alert(1)'>",
    "\u202egro.live\u2066 & co",
    "{{7*7}}${alert(1)}`",
)

EDGE_BETWEEN = """((a, b) => Object.values(kgView.network.body.edges).find(
    (edge) => [edge.fromId, edge.toId].includes(a) && [edge.fromId, edge.toId].includes(b)))"""

Opener = Callable[..., WebDriver]


@pytest.fixture(scope="module")
def browser() -> Iterator[WebDriver]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: WebDriver, tmp_path: Path) -> Iterator[Opener]:
    """Open the page of a graph; whatever the test does, the page logs nothing and asks for nothing but itself."""

    def open_page(graph: Graph, *, address: str = "", wide: int = 1400, **options) -> WebDriver:
        file = tmp_path / "graph.html"
        file.write_text(render_page(graph, title=options.pop("title", "Test"), **options), encoding="utf8")
        size = {"width": wide, "height": 900, "deviceScaleFactor": 1, "mobile": wide < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        motion = [{"name": "prefers-reduced-motion", "value": "reduce"}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": motion})
        browser.get("about:blank")
        browser.get_log("performance")
        browser.get_log("browser")
        browser.get(file.as_uri() + address)
        wait(lambda: browser.execute_script("return document.documentElement.dataset.settled"))
        return browser

    yield open_page
    assert browser.get_log("browser") == []
    events = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    asked = {e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"}
    assert {url.partition(":")[0] for url in asked} == {"file"}
    assert len(asked) == 1


def wait(ready: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "the page did not get there"
        time.sleep(0.05)


def drawn(page: WebDriver) -> tuple[int, int]:
    counts = "const b = kgView.network.body; return [b.data.nodes.length, b.data.edges.length]"
    nodes, edges = page.execute_script(counts)
    return nodes, edges


def point_at(page: WebDriver, point: str, *arguments: object) -> ActionChains:
    """Move the pointer to what a script returns in the drawing's own coordinates."""
    x, y = page.execute_script(f"const p = kgView.network.canvasToDOM({point}); return [p.x, p.y]", *arguments)
    canvas = page.find_element(By.ID, "canvas")
    middle = canvas.size["width"] / 2, canvas.size["height"] / 2
    return ActionChains(page).move_to_element_with_offset(canvas, round(x - middle[0]), round(y - middle[1]))


def click_at(page: WebDriver, point: str, *arguments: object) -> None:
    point_at(page, point, *arguments).click().perform()


def number(graph: Graph, name: str) -> int:
    return next(i for i, e in enumerate(graph.entities) if e.name == name)


def panel(page: WebDriver) -> str:
    return page.find_element(By.ID, "panel").text


def test_only_asserted_links_are_drawn(opened, newsroom):
    page = opened(newsroom)
    linked = {end for s in newsroom.statements if s.asserted and s.object for end in (s.subject, s.object)}
    pairs = {frozenset((s.subject, s.object)) for s in newsroom.statements if s.asserted and s.object}
    assert drawn(page) == (len(linked), len(pairs))
    assert "30 names · 47 facts · 6 documents" in page.find_element(By.ID, "counts").text
    assert not page.execute_script("return kgView.network.physics.physicsEnabled")


def test_clicking_a_node_shows_its_sentences(opened, newsroom):
    page = opened(newsroom)
    click_at(page, "kgView.network.getPositions()[arguments[0]]", number(newsroom, "Ilya Brandt"))
    wait(lambda: "open" in page.find_element(By.ID, "panel").get_attribute("class"))
    text = panel(page)
    assert "Ilya Brandt" in text
    assert "Ilya Brandt, foreign minister of Ostria, called the talks frank." in text
    assert "Velmar and Ostria reopen talks on the strait" in text
    assert "14 March 2031 · in Kaldhavn" in " ".join(text.split())
    marks = page.find_elements(By.CSS_SELECTOR, "#panel mark.object")
    assert {"Ostria", "Ruth Okafor"} <= {m.text for m in marks}
    assert page.execute_script("return location.hash") == "#https://kg.example/person/ilya-brandt"


def test_clicking_a_link_shows_what_is_between_the_two(opened, newsroom):
    page = opened(newsroom)
    ends = number(newsroom, "Dunja Hallić"), number(newsroom, "Anselm Roth")
    click_at(page, f"{EDGE_BETWEEN}(...arguments).edgeType.getPoint(0.5)", *ends)
    wait(lambda: "Hallić took over from Anselm Roth." in panel(page))
    assert "chief of staff of the Velmar" not in panel(page)


def test_a_name_in_the_panel_leads_on_and_back(opened, newsroom):
    page = opened(newsroom, address="#https://kg.example/person/edda-lindqvist")
    assert "Edda Lindqvist" in panel(page)
    page.find_element(By.LINK_TEXT, "Halden Lines").click()
    assert page.find_element(By.CSS_SELECTOR, "#panel h2").text == "Halden Lines"
    assert page.switch_to.active_element.text == "Halden Lines"
    assert "Halden Lines was founded in 1979." in panel(page)
    page.back()
    wait(lambda: page.find_element(By.CSS_SELECTOR, "#panel h2").text == "Edda Lindqvist")


def test_what_is_denied_shows_on_demand_and_is_marked(opened, newsroom):
    page = opened(newsroom, focus="Marta Velasco")
    edges = drawn(page)
    assert "Henrik Vale" not in panel(page)
    page.find_element(By.ID, "doubtful").click()
    wait(lambda: "The ministry denied that Velasco had met Henrik Vale" in panel(page))
    doubts = [e.text for e in page.find_elements(By.CSS_SELECTOR, "#panel .doubtful .doubt")]
    assert sorted(doubts) == ["denied", "not the case", "planned"]
    assert drawn(page) == edges


def test_search_by_keyboard(opened, newsroom):
    page = opened(newsroom)
    page.find_element(By.TAG_NAME, "body").send_keys("/")
    field = page.switch_to.active_element
    assert field.get_attribute("id") == "search"
    field.send_keys("hallic")
    assert [o.text.split("\n")[0] for o in page.find_elements(By.CSS_SELECTOR, "[role=option]")] == ["Dunja Hallić"]
    field.send_keys(Keys.ENTER)
    assert page.find_element(By.CSS_SELECTOR, "#panel h2").text == "Dunja Hallić"
    field.send_keys("lindqvist", Keys.ARROW_DOWN)
    assert field.get_attribute("aria-activedescendant") == "option-1"
    field.send_keys(Keys.ENTER)
    assert page.find_element(By.CSS_SELECTOR, "#panel h2").text == "Oskar Lindqvist"
    field.send_keys("zzz")
    assert "No such name" in page.find_element(By.ID, "suggestions").text
    field.send_keys(Keys.ESCAPE)
    assert field.get_attribute("value") == ""


def test_filters(opened, newsroom):
    page = opened(newsroom)
    nodes, edges = drawn(page)

    def box(text: str):
        return page.find_element(By.XPATH, f"//label[contains(., '{text}')]/input")

    box("Places").click()
    assert drawn(page)[0] < nodes
    box("Places").click()
    assert drawn(page) == (nodes, edges)
    page.find_element(By.ID, "links-none").click()
    assert drawn(page) == (0, 0)
    box("met").click()
    assert drawn(page) == (5, 4)
    page.find_element(By.ID, "links-all").click()
    box("Without links").click()
    assert drawn(page)[0] == len(newsroom.entities)


def test_a_filtered_link_is_worded_by_what_is_left(opened, newsroom):
    page = opened(newsroom)
    label = f"return {EDGE_BETWEEN}(...arguments).options.label"
    ends = number(newsroom, "Marta Velasco"), number(newsroom, "Ilya Brandt")
    assert page.execute_script(label, *ends) == "met +1"
    page.find_element(By.XPATH, "//label[contains(., 'met')]/input").click()
    assert page.execute_script(label, *ends) == "spoke with"


def test_the_list_has_everything_in_words(opened, newsroom):
    page = opened(newsroom)
    page.find_element(By.ID, "tab-graph").send_keys(Keys.ARROW_RIGHT)
    assert page.switch_to.active_element.get_attribute("id") == "tab-list"
    items = page.find_elements(By.CSS_SELECTOR, "#view-list summary bdi")
    assert {i.text for i in items} == {e.name for e in newsroom.entities}
    page.find_element(By.XPATH, "//summary[contains(., 'Anselm Roth')]").send_keys(Keys.ENTER)
    wait(lambda: "4 May 2031" in page.find_element(By.ID, "view-list").text)
    assert "Anselm Roth died on Sunday." in page.find_element(By.ID, "view-list").text


def test_hostile_names_do_nothing(opened):
    people = tuple(
        Entity(id=f"https://kg.example/person/{i}", type=EntityType.PERSON, name=n, aliases=(n,))
        for i, n in enumerate(HOSTILE)
    )
    statements = tuple(
        Statement(
            id=f"s{i}",
            subject=p.id,
            predicate="metWith",
            object=people[(i + 1) % len(people)].id,
            title=p.name,
            evidence=(
                Evidence(
                    document=p.name,
                    start=0,
                    end=len(p.name),
                    text=p.name,
                    subject=(0, 3),
                    object=(2, 9),
                    extractor=p.name,
                ),
            ),
        )
        for i, p in enumerate(people)
    )
    documents = tuple(Document(id=n, text=n, title=n, source="javascript:alert(1)") for n in HOSTILE)
    graph = Graph(documents=documents, entities=people, statements=statements)
    page = opened(graph, title=HOSTILE[1])
    for i, name in enumerate(HOSTILE):
        page.execute_script("kgView.select({entity: arguments[0]})", i)
        assert page.find_element(By.CSS_SELECTOR, "#panel h2").get_attribute("textContent") == name
        assert page.find_elements(By.CSS_SELECTOR, "img, svg, a[href^=javascript]") == []
    page.execute_script("kgView.select(null); kgView.network.fit({animation: false})")
    point_at(page, "kgView.network.getPositions()[0]").perform()
    tooltip = "const t = document.querySelector('.vis-tooltip'); return t && [t.textContent, t.childElementCount]"
    wait(lambda: page.execute_script(tooltip) == [HOSTILE[0], 0])
    field = page.find_element(By.ID, "search")
    field.send_keys("<img")
    assert page.find_element(By.CSS_SELECTOR, "[role=option] bdi").text == HOSTILE[0]
    page.find_element(By.ID, "tab-list").click()
    assert HOSTILE[1] in page.find_element(By.ID, "view-list").text
    assert page.execute_script("return document.scripts.length") == 3


def test_the_keyboard_does_not_stop_in_the_drawing(opened, newsroom):
    page = opened(newsroom)
    assert page.find_elements(By.CSS_SELECTOR, "#canvas [tabindex='0']") == []
    assert "28 names" in page.find_element(By.ID, "canvas").get_attribute("aria-label")


@pytest.mark.parametrize("address", ["#%E0%A4%A", "#https://kg.example/person/nobody", "#<img src=x onerror=alert(1)>"])
def test_an_address_of_nobody(opened, newsroom, address):
    page = opened(newsroom, address=address)
    assert "Most connected" in panel(page)


def test_a_large_graph_opens_with_the_best_connected(opened, writer):
    writer.document("d")
    for i in range(300):
        writer.entity(f"person:p{i:03}", f"Person {i:03}")
    for i in range(1, 300):
        writer.says(
            f"person:p{i:03}", "metWith", f"person:p{i // 4:03}", ("d", f"[s:Person {i}] met [o:Person {i // 4}].")
        )
    page = opened(writer.graph(), limit=40)
    assert drawn(page)[0] == 40
    assert page.find_element(By.ID, "notice").text.startswith("The 40 best connected of 300 are drawn.")
    page.execute_script("kgView.select({entity: 299})")  # not among them: it comes on the stage with its neighbours
    assert drawn(page)[0] > 40
    page.find_element(By.ID, "draw-all").click()
    wait(lambda: not page.find_element(By.ID, "progress").is_displayed())
    assert drawn(page) == (300, 299)
    assert not page.find_element(By.ID, "notice").is_displayed()


def test_on_a_phone_nothing_is_cut_off(opened, newsroom):
    page = opened(newsroom, wide=390, focus="Marta Velasco")
    assert page.execute_script("return document.documentElement.scrollWidth") == 390
    assert page.find_element(By.ID, "panel").is_displayed()
    page.find_element(By.CSS_SELECTOR, "#panel .close").click()
    assert not page.find_element(By.ID, "panel").is_displayed()


def test_an_empty_graph_opens(browser, tmp_path):
    file = tmp_path / "graph.html"
    file.write_text(render_page(Graph(documents=(), entities=(), statements=()), title="Nothing"), encoding="utf8")
    browser.get_log("browser")
    browser.get(file.as_uri())
    assert "0 names" in browser.find_element(By.ID, "counts").text
    assert browser.get_log("browser") == []
