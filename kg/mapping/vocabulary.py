"""The namespaces of the graph and the classes that a subtype may name; ``ontology/kg.ttl`` says what they mean."""

from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.model import MINTED

__all__ = [
    "DCTERMS",
    "KG",
    "OA",
    "ORG",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "ROLE",
    "SKOS",
    "SUBTYPES",
    "XSD",
    "Namespace",
    "extractor_iri",
    "is_iri",
    "prefixes",
]


class Namespace(dict[str, NamedNode]):
    """The terms of a namespace by their local names, made when first asked for: ``KG["holdsRole"]``, ``KG.title``."""

    def __init__(self, iri: str) -> None:
        super().__init__()
        self.iri = iri

    def __missing__(self, name: str) -> NamedNode:
        return self.setdefault(name, NamedNode(self.iri + name))

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]


KG = Namespace("https://kg.example/ontology#")
ROLE = Namespace("https://kg.example/role/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

_STANDARD = {
    "dcterms": DCTERMS,
    "kg": KG,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "role": ROLE,
    "skos": SKOS,
    "xsd": XSD,
    "foaf": Namespace("http://xmlns.com/foaf/0.1/"),
    "schema": Namespace("https://schema.org/"),
}

SUBTYPES = frozenset(
    {
        *("ArmedGroup", "Company", "Court", "EducationalInstitution", "GovernmentBody", "InternationalOrganization"),
        *("MediaOutlet", "MilitaryForce", "Ministry", "Parliament", "PoliticalParty", "SportsClub"),
        *("City", "Country", "Facility", "Region"),
    }
)
"""Classes below Organization and Place (a test compares them with the ontology)."""


def prefixes(base_iri: str) -> dict[str, str]:
    """Return the prefixes of a graph whose IRIs begin with ``base_iri``, sorted by name."""
    minted = {name: f"{base_iri}{name}/" for name in MINTED}
    return dict(sorted(({name: space.iri for name, space in _STANDARD.items()} | minted).items()))


def extractor_iri(extractor: str, *, base_iri: str) -> str:
    """Return the IRI of what found a piece of evidence ("rule:appositive")."""
    return f"{base_iri}extractor/{quote(extractor, safe=':', errors='replace')}"


def is_iri(text: str) -> bool:
    """Whether the text is an absolute IRI by RFC 3987."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
