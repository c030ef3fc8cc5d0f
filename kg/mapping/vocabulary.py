"""The namespaces of the graph and the classes that a subtype may name; ``ontology/kg.ttl`` says what they mean."""

from urllib.parse import quote

from pyoxigraph import NamedNode
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, Namespace

__all__ = ["KG", "OA", "ROLE", "SCHEMA", "SUBTYPES", "extractor_iri", "is_iri", "prefixes"]

KG = Namespace("https://kg.example/ontology#")
ROLE = Namespace("https://kg.example/role/")
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")

SUBTYPES = frozenset(
    {
        *("ArmedGroup", "Company", "Court", "EducationalInstitution", "GovernmentBody", "InternationalOrganization"),
        *("MediaOutlet", "MilitaryForce", "Ministry", "Parliament", "PoliticalParty", "SportsClub"),
        *("City", "Country", "Facility", "Region"),
    }
)
"""Classes below Organization and Place (a test compares them with the ontology)."""

_MINTED = ("document", "evidence", "extractor", "organization", "person", "place", "statement")


def prefixes(base_iri: str) -> dict[str, str]:
    """Return the prefixes of a graph whose IRIs begin with ``base_iri``, sorted by name."""
    standard = {
        "dcterms": DCTERMS,
        "foaf": FOAF,
        "kg": KG,
        "oa": OA,
        "org": ORG,
        "owl": OWL,
        "prov": PROV,
        "rdf": RDF,
        "rdfs": RDFS,
        "role": ROLE,
        "schema": SCHEMA,
        "skos": SKOS,
        "xsd": XSD,
    }
    minted = {name: f"{base_iri}{name}/" for name in _MINTED}
    return dict(sorted(({name: str(space) for name, space in standard.items()} | minted).items()))


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
