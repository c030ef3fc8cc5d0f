"""kg serve and kg push on the command line: what they say and refuse; ``tests/serve`` and ``tests/store`` ask the rest."""

import socket
import sys

import pytest


@pytest.fixture
def without(monkeypatch):
    """Make a distribution one that is not installed."""

    def hide(name):
        for module in [m for m in sys.modules if m.partition(".")[0] == name or m.startswith("kg.serve")]:
            monkeypatch.delitem(sys.modules, module)
        monkeypatch.setitem(sys.modules, name, None)

    return hide


@pytest.mark.parametrize("name", ["starlette", "uvicorn", "anyio"])
def test_what_is_not_installed_is_named_with_the_remedy(kg, folder, without, name):
    without(name)
    done = kg("serve", str(folder))
    assert done.code == 2
    assert f"kg serve needs {name}" in done.err
    assert "pip install '.[serve]'" in done.err


def test_a_port_that_is_taken_is_said(kg, folder):
    pytest.importorskip("uvicorn")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = kg("serve", str(folder), "--port", str(other.getsockname()[1]))
    assert done.code == 2
    assert "--port" in done.err


@pytest.mark.parametrize("base_url", ["news.example", "ftp://news.example/", "https:///x", "https://news.example/?a=b"])
def test_a_base_url_that_is_none_is_said(kg, folder, base_url):
    pytest.importorskip("uvicorn")
    done = kg("serve", str(folder), "--base-url", base_url, "--port", "0")
    assert done.code == 2
    assert "--base-url" in done.err


@pytest.mark.parametrize("command", [("serve",), ("push", "http://127.0.0.1:9/data")])
def test_a_folder_without_a_build_is_said(kg, tmp_path, command):
    pytest.importorskip("uvicorn")
    done = kg(command[0], str(tmp_path), *command[1:])
    assert done.code == 2
    assert "kg build" in done.err or str(tmp_path) in done.err


def test_an_address_that_is_none_is_said(kg, folder):
    done = kg("push", str(folder), "nowhere")
    assert done.code == 2
    assert "address" in done.err


def test_serving_and_pushing_load_no_model():
    import subprocess

    program = (
        "import sys, kg.cli.serve, kg.cli.push, kg.serve.running, kg.store.push; "
        "assert not {'spacy', 'onnxruntime', 'pyvis'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
