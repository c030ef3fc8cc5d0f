"""What goes wrong: endless queries, endless answers, slow and rude clients, broken files. The server stays up."""

import json
import shutil
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import urlencode

import pytest

ASK = "ASK { ?x a kg:Person }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PATH = "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>|^!<x:z>)* ?b . ?b (!<x:y>|^!<x:z>)* ?c . ?c (!<x:y>|^!<x:z>)* ?d }"
MILLIONS = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
BIG = "SELECT (CONCAT(STR(?a), STR(?c), STR(?d)) AS ?x) { ?a ?b ?c . ?d ?e ?f } LIMIT 3900"


@pytest.fixture(scope="module")
def tight(serve, demo):
    with serve(demo.folder, "--timeout", "2", "--limit", "4000", "--memory", "128", "--queries", "2") as found:
        yield found


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        (ENDLESS, 503, "within 2 seconds"),
        (PATH, 503, "within 2 seconds"),
        (MILLIONS, 400, "more than 4,000 rows"),
        ("CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }", 400, "more than 4,000 rows"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c", 503, ""),
        (BIG, 200, ""),
    ],
)
def test_a_query_ends_at_its_limits(tight, query, status, said):
    reply = tight.query(query)
    assert reply.status == status
    assert said in reply.text
    assert tight.query(ASK).status == 200


def test_who_asks_too_much_at_once_waits_and_the_others_too(tight):
    with ThreadPoolExecutor(12) as pool:
        heavy = [pool.submit(tight.query, ENDLESS) for _ in range(4)]
        light = [pool.submit(tight.query, ASK) for _ in range(8)]
        assert {f.result().status for f in heavy} == {503}
        assert {f.result().status for f in light} == {200}


def test_answers_do_not_wait_for_those_of_others(tight):
    """A process for one query must not hold the output or the connection of another."""
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(tight.query, ENDLESS)
        time.sleep(0.3)
        began = time.monotonic()
        connection = socket.create_connection(("127.0.0.1", tight.port), timeout=30)
        connection.sendall(
            f"GET /sparql?{urlencode({'query': ASK})} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
        )
        received = b""
        while piece := connection.recv(65536):
            received += piece
        connection.close()
        assert b"true" in received
        assert not slow.done() or time.monotonic() - began < 2
        assert slow.result().status == 503


def test_a_client_that_leaves_takes_nothing_along(tight):
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", tight.port), timeout=30) as connection:
            connection.sendall(f"GET /sparql?{urlencode({'query': BIG})} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    with socket.create_connection(("127.0.0.1", tight.port), timeout=30) as connection:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nASK")
    assert tight.query(ASK).status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 400_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 400_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /%ff%fe%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /search?q=%ff&page=99999999999999999999&type=%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /entity HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept: " + b",;q=x/*;" * 3_000 + b"\r\nConnection: close\r\n\r\n",
    ],
)
def test_a_rude_request_is_refused_or_answered_and_no_more(tight, sent):
    with socket.create_connection(("127.0.0.1", tight.port), timeout=30) as connection:
        try:
            connection.sendall(sent)
            received = connection.recv(65536)
        except (ConnectionError, BrokenPipeError):
            received = b""
    assert b" 500 " not in received[:20]
    assert tight.query(ASK).status == 200


def test_a_slow_reader_holds_no_place_of_a_query(tight):
    readers = []
    for _ in range(6):
        connection = socket.create_connection(("127.0.0.1", tight.port), timeout=30)
        connection.sendall(f"GET /sparql?{urlencode({'query': BIG})} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        connection.recv(100)
        readers.append(connection)
    assert tight.query(ASK).status == 200
    for connection in readers:
        connection.close()


# --- the folder changes underneath


@pytest.fixture
def folder(demo, tmp_path):
    shutil.copytree(demo.folder, tmp_path / "graph")
    return tmp_path / "graph"


def test_a_new_build_is_served_as_soon_as_it_is_whole(serve, folder):
    from kg.cli import main

    with serve(folder) as found:
        assert found.ask("/person/marta-kalnina", Accept="text/html").status == 200
        with pytest.raises(SystemExit):
            main(["remove", str(folder), "riga-rector-resigns"])
        assert found.ask("/document/riga-rector-resigns", Accept="text/html").status == 404
        assert (
            json.loads(found.query("ASK { <https://kg.example/document/riga-rector-resigns> ?p ?o }").body)["boolean"]
            is False
        )
        assert found.ask("/person/ingrid-halvorsen", Accept="text/html").status == 200


@pytest.mark.parametrize("what", ["store", "statements.jsonl", "build.json"])
def test_files_that_break_while_it_runs_break_no_page(serve, folder, what):
    with serve(folder) as found:
        path = folder / what
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.write_bytes(path.read_bytes()[:100])
        assert found.ask("/person/ingrid-halvorsen", Accept="text/html").status == 200
        reply = found.query(ASK)
        assert reply.status == 200 or (reply.status == 500 and "build again" in reply.text)
        assert found.ask("/", Accept="text/html").status == 200


@pytest.mark.parametrize("how", ["truncated", "newer", "gone"])
def test_a_store_that_cannot_be_used_is_made_up_for(serve, folder, how):
    if how == "truncated":
        for path in (folder / "store").glob("*.sst"):
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif how == "newer":
        path = folder / "store" / "kg.json"
        path.write_text(path.read_text().replace('"format": 1', '"format": 99'))
    else:
        shutil.rmtree(folder / "store")
    with serve(folder) as found:
        reply = found.query(ASK)
        assert reply.status == 200 or (reply.status == 500 and "build again" in reply.text)


def test_it_ends_when_told_even_in_the_middle_of_a_query(serve, folder):
    with serve(folder) as found:
        threading.Thread(target=lambda: _asked(found), daemon=True).start()
        time.sleep(0.5)
        found.process.terminate()
        assert found.process.wait(timeout=20) is not None


def _asked(found):
    with suppress(OSError):
        found.query(ENDLESS)
