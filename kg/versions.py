"""What the extraction of a document and a graph depend on: the keys by which kept ones are known to be good still."""

import hashlib
import platform
from dataclasses import astuple
from functools import cache

from kg.config import Settings
from kg.model import Document
from kg.resources import fingerprint, ontology_path

__all__ = ["LIBRARIES", "NOT_READ_WITH", "READ_WITH", "extraction_key", "program_version"]

READ_WITH = (
    *(
        "analysis.py",
        "bylines.py",
        "disjoint.py",
        "errors.py",
        "extraction",
        "geography.py",
        "lexicons.py",
        "lines.py",
        "matching",
        "model.py",
    ),
    *("predicates.py", "reader.py", "resources.py", "data/lexicons", "data/model", "data/patterns"),
    "ontology/predicates.yaml",
)
"""What of the program and its data one document is read with; a test follows the imports."""
NOT_READ_WITH = tuple(
    f"data/lexicons/{name}.yaml"
    for name in (
        "benchmark_names",
        "divisions",
        "english",
        "exports",
        "pages",
        "record_dates",
        "single_posts",
        "title_words",
    )
)
"""Lexicons of the other stages."""
LIBRARIES = ("anyascii", "countryinfo", "numpy", "onnxruntime", "rapidfuzz", "spacy", "thinc", "tokenizers")
"""What a document's reading depends on besides, by its version."""


def extraction_key(document: Document, settings: Settings) -> str:
    """Return a hash of all that the extraction of a document depends on, the program and its libraries included."""
    facts = (
        fingerprint(*READ_WITH, without=NOT_READ_WITH),
        *_versions(settings.spacy_model),
        settings.spacy_model,
        settings.extractor,
        settings.nameless,
        *astuple(document),
    )
    return hashlib.sha256("\x1f".join(map(repr, facts)).encode()).hexdigest()[:32]


@cache
def program_version() -> str:
    """Return what tells the program that makes a graph of extractions from another version of it."""
    made_by = fingerprint(
        *("data/lexicons", "data/templates", "geography.py", "integration.py", "mapping", "matching", "model.py"),
        *(
            "lexicons.py",
            "predicates.py",
            "resolution",
            "revision.py",
            "store",
            "terms.py",
            "validity.py",
            "view",
            "agreement.py",
        ),
    )
    ontology = [ontology_path(name).read_bytes() for name in ("kg.ttl", "roles.ttl")]
    return f"{_version_of('kg')}+{hashlib.sha256(b''.join([made_by.encode(), *ontology])).hexdigest()[:12]}"


@cache
def _versions(spacy_model: str) -> tuple[str, ...]:

    packages = (*LIBRARIES, spacy_model.replace("_", "-"))
    return (platform.python_version(), *map(_version_of, packages))


def _version_of(package: str) -> str:
    """Return the version of an installed package, "" where it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except (PackageNotFoundError, ValueError):
        return ""
