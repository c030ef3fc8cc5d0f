"""A graph of invented people, written by hand: sentences with their two mentions marked, no language model."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from kg.model import (
    Document,
    Entity,
    EntityType,
    Evidence,
    Graph,
    MentionAt,
    MentionKind,
    Modality,
    Polarity,
    RoleStatus,
    Span,
    Statement,
)

_MARK = re.compile(r"\[(s|o):([^\]]+)\]")
_PREFIX = {"person": EntityType.PERSON, "organization": EntityType.ORGANIZATION, "place": EntityType.PLACE}


@dataclass
class Writer:
    """Collects documents, entities and statements. Entities are named by their prefixed name, "person:ada-lin"."""

    documents: dict[str, Document] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=lambda: defaultdict(str))
    mentions: dict[str, list[MentionAt]] = field(default_factory=lambda: defaultdict(list))

    def document(self, name: str, **fields: Any) -> None:
        self.documents[name] = Document(id=name, text="", **fields)

    def entity(self, curie: str, name: str, *aliases: str, **fields: Any) -> str:
        iri = f"https://kg.example/{curie.replace(':', '/')}"
        type_ = _PREFIX[curie.partition(":")[0]]
        self.entities[curie] = Entity(id=iri, type=type_, name=name, aliases=aliases, **fields)
        return curie

    def says(self, subject: str, predicate: str, other: str | None, *sentences: tuple[str, str], **fields: Any) -> None:
        ids = {key: self.entities[name].id for key, name in (("subject", subject), ("object", other)) if name}
        if place := fields.pop("place", None):
            fields["place"] = self.entities[place].id
        evidence = tuple(self._evidence(d, marked, subject, other) for d, marked in sentences)
        number = len(self.statements)
        self.statements.append(
            Statement(
                id=f"https://kg.example/statement/{number:03}", predicate=predicate, evidence=evidence, **ids, **fields
            )
        )

    def _evidence(self, document: str, marked: str, subject: str, other: str | None) -> Evidence:
        start = len(self.texts[document])
        text, spans, position = "", {}, 0
        for match in _MARK.finditer(marked):
            text += marked[position : match.start()]
            spans[match[1]] = (start + len(text), start + len(text) + len(match[2]))
            text += match[2]
            position = match.end()
        text += marked[position:]
        self.texts[document] += text + "\n"
        for key, name in (("s", subject), ("o", other)):
            if name and key in spans:
                self.mentions[name].append(MentionAt(document, *spans[key], MentionKind.NAME))
        object_span: Span | None = spans.get("o")
        return Evidence(
            document=document,
            start=start,
            end=start + len(text),
            text=text,
            subject=spans["s"],
            object=object_span,
            extractor="rule:by-hand",
        )

    def graph(self) -> Graph:
        documents = [Document(**{**_fields(d), "text": self.texts[d.id]}) for d in self.documents.values()]
        entities = [
            Entity(**{**_fields(e), "mentions": tuple(sorted(self.mentions[c]))}) for c, e in self.entities.items()
        ]
        return Graph(
            documents=tuple(sorted(documents, key=lambda d: d.id)),
            entities=tuple(sorted(entities, key=lambda e: e.id)),
            statements=tuple(self.statements),
        )


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture(scope="session")
def newsroom() -> Graph:
    """Some thirty entities of a made-up coast: a government, a port company, a general staff, a football club."""
    return newsroom_graph()


@pytest.fixture
def iri() -> Callable[[str], str]:
    return lambda curie: f"https://kg.example/{curie.replace(':', '/')}"


def newsroom_graph() -> Graph:
    w = Writer()
    w.document(
        "sereno-talks",
        title="Velmar and Ostria reopen talks on the strait",
        published="2031-03-14",
        source="https://news.example/talks",
    )
    w.document("port-deal", title="Halden Lines buys the port of Sereno", published="2031-03-20")
    w.document(
        "general-staff", title="Who is who in the Velmar armed forces", published="2031-02-02", source="Coast Courier"
    )
    w.document("denial", title="Ministry denies secret meeting", published="2031-04-01")
    w.document("club", title="FC Sereno names a new president", published="2030-11-09")
    w.document("obituary", published="2031-05-06")
    for curie, name, *aliases in (
        ("person:marta-velasco", "Marta Velasco", "Velasco", "M. Velasco"),
        ("person:ilya-brandt", "Ilya Brandt", "Brandt"),
        ("person:joaquim-serra", "Joaquim Serra", "Serra"),
        ("person:dunja-hallic", "Dunja Hallić", "Hallić"),
        ("person:tomas-arrel", "Tomás Arrel", "Arrel"),
        ("person:edda-lindqvist", "Edda Lindqvist", "Lindqvist"),
        ("person:oskar-lindqvist", "Oskar Lindqvist"),
        ("person:petra-noor", "Petra Noor", "Noor"),
        ("person:samir-adeyemi-costa", "Samir Adeyemi-Costa", "Adeyemi-Costa"),
        ("person:ruth-okafor", "Ruth Okafor", "Okafor"),
        ("person:henrik-vale", "Henrik Vale", "Vale"),
        ("person:lucia-ferro", "Lucía Ferro"),
        ("person:bruno-keita", "Bruno Keita"),
        ("person:anselm-roth", "Anselm Roth"),
        ("person:nadia-sorel", "Nadia Sorel"),
        ("organization:government-of-velmar", "Government of Velmar"),
        (
            "organization:ministry-of-foreign-affairs-velmar",
            "Ministry of Foreign Affairs of Velmar",
            "Foreign Ministry",
        ),
        ("organization:velmar-armed-forces", "Velmar Armed Forces", "VAF"),
        ("organization:velmar-navy", "Velmar Navy"),
        ("organization:halden-lines", "Halden Lines", "Halden"),
        ("organization:port-of-sereno-authority", "Port of Sereno Authority", "PSA"),
        ("organization:fc-sereno", "FC Sereno"),
        ("organization:university-of-ostria", "University of Ostria"),
        ("organization:coastal-union", "Coastal Union"),
        ("organization:reform-party", "Reform Party"),
        ("place:velmar", "Velmar"),
        ("place:ostria", "Ostria"),
        ("place:sereno", "Sereno"),
        ("place:kaldhavn", "Kaldhavn"),
        ("place:isle-of-marn", "Isle of Marn"),
    ):
        subtype = {
            "Velmar": "Country", "Ostria": "Country", "Sereno": "City", "Kaldhavn": "City", "Halden Lines": "Company",
            "Velmar Navy": "MilitaryForce", "Velmar Armed Forces": "MilitaryForce", "FC Sereno": "SportsClub",
            "Reform Party": "PoliticalParty",
        }.get(name)  # fmt: skip
        w.entity(curie, name, *aliases, subtype=subtype)

    mv, ib, js, dh = "person:marta-velasco", "person:ilya-brandt", "person:joaquim-serra", "person:dunja-hallic"
    ta, el, ol, pn = "person:tomas-arrel", "person:edda-lindqvist", "person:oskar-lindqvist", "person:petra-noor"
    sa, ro, hv, lf = "person:samir-adeyemi-costa", "person:ruth-okafor", "person:henrik-vale", "person:lucia-ferro"
    bk, gov, mfa = (
        "person:bruno-keita",
        "organization:government-of-velmar",
        "organization:ministry-of-foreign-affairs-velmar",
    )
    vaf, navy, hal = "organization:velmar-armed-forces", "organization:velmar-navy", "organization:halden-lines"
    psa, fc, uni = (
        "organization:port-of-sereno-authority",
        "organization:fc-sereno",
        "organization:university-of-ostria",
    )
    cu, rp = "organization:coastal-union", "organization:reform-party"
    velmar, ostria, sereno, kald = "place:velmar", "place:ostria", "place:sereno", "place:kaldhavn"
    former, designate = RoleStatus.FORMER, RoleStatus.DESIGNATE

    w.says(
        mv,
        "holdsRole",
        mfa,
        (
            "sereno-talks",
            "[s:Marta Velasco], who heads the [o:Ministry of Foreign Affairs of Velmar], arrived late on Thursday.",
        ),
        (
            "denial",
            "The minister, [s:Velasco], told reporters at the [o:Foreign Ministry] that she had “nothing to add”.",
        ),
        (
            "port-deal",
            "Foreign Minister [s:Marta Velasco] of the [o:Ministry of Foreign Affairs of Velmar] welcomed the sale.",
        ),
        title="foreign minister",
        status=RoleStatus.CURRENT,
        start="2029-06",
    )
    w.says(
        mv,
        "holdsRole",
        fc,
        ("club", "[s:Velasco], a former president of [o:FC Sereno], sent her regards."),
        title="president",
        status=former,
        start="2021",
        end="2024-05-31",
    )
    w.says(
        mv,
        "metWith",
        ib,
        (
            "sereno-talks",
            "[s:Velasco] met her Ostrian counterpart, [o:Ilya Brandt], in Kaldhavn on Friday, after six years.",
        ),
        ("port-deal", "The sale comes a week after [s:Velasco] and [o:Brandt] met in Kaldhavn."),
        date="2031-03-14",
        place=kald,
        confidence=0.93,
    )
    w.says(
        mv,
        "spokeWith",
        ib,
        ("sereno-talks", "[s:She] had spoken with [o:Brandt] by telephone on Monday."),
        date="2031-03-10",
    )
    w.says(
        mv,
        "visited",
        kald,
        ("sereno-talks", "[s:Velasco] travelled to [o:Kaldhavn] with a small delegation."),
        date="2031-03-14",
    )
    w.says(
        mv,
        "educatedAt",
        uni,
        ("sereno-talks", "[s:Velasco], who studied law at the [o:University of Ostria], speaks both languages."),
    )
    w.says(mv, "politicalAffiliation", rp, ("sereno-talks", "[s:She] leads the moderate wing of the [o:Reform Party]."))
    w.says(mv, "bornOn", None, ("sereno-talks", "[s:Velasco] was born on 3 May 1984."), literal="1984-05-03")
    w.says(mv, "bornIn", sereno, ("sereno-talks", "[s:Velasco] was born in [o:Sereno]."))
    w.says(mv, "spouseOf", ta, ("club", "[s:Velasco] and her husband, [o:Tomás Arrel], hold season tickets."))
    w.says(
        mv,
        "metWith",
        hv,
        ("denial", "The ministry denied that [s:Velasco] had met [o:Henrik Vale] on the Isle of Marn."),
        modality=Modality.DENIED,
        date="2031-03",
        place="place:isle-of-marn",
    )
    w.says(
        mv,
        "visited",
        ostria,
        ("denial", "[s:Velasco] is expected to visit [o:Ostria] in June."),
        modality=Modality.PLANNED,
        date="2031-06",
    )
    w.says(
        mv,
        "memberOf",
        psa,
        ("denial", "[s:Velasco] was never a member of the board of the [o:PSA], the ministry said."),
        polarity=Polarity.NEGATED,
    )
    w.says(
        ib,
        "holdsRole",
        ostria,
        ("sereno-talks", "[s:Ilya Brandt], foreign minister of [o:Ostria], called the talks frank."),
        title="foreign minister",
        status=RoleStatus.CURRENT,
    )
    w.says(ib, "visited", kald, ("sereno-talks", "[s:Brandt] reached [o:Kaldhavn] on Wednesday."), date="2031-03-12")
    w.says(
        ib,
        "metWith",
        ro,
        ("sereno-talks", "[s:Brandt] also saw [o:Ruth Okafor], the envoy of the Coastal Union."),
        date="2031-03-14",
    )
    w.says(ib, "citizenOf", ostria, ("sereno-talks", "[s:He] is a citizen of [o:Ostria]."))
    w.says(
        ro,
        "holdsRole",
        cu,
        ("sereno-talks", "[s:Ruth Okafor], special envoy of the [o:Coastal Union], chaired the session."),
        title="special envoy",
    )
    w.says(
        ro, "metWith", mv, ("sereno-talks", "[s:Okafor] received [o:Velasco] at noon."), date="2031-03-14", place=kald
    )
    w.says(
        js,
        "holdsRole",
        velmar,
        ("sereno-talks", "President [s:Joaquim Serra] of [o:Velmar] gave his blessing."),
        title="president",
    )
    w.says(
        js,
        "appointed",
        mv,
        ("general-staff", "[s:Serra] named [o:Marta Velasco] foreign minister in June 2029."),
        date="2029-06",
    )
    w.says(
        js,
        "appointed",
        dh,
        ("general-staff", "[s:Serra] appointed [o:Dunja Hallić] chief of staff last year."),
        date="2030",
    )
    w.says(
        js,
        "holdsRole",
        vaf,
        ("general-staff", "[s:Serra] is commander-in-chief of the [o:Velmar Armed Forces]."),
        title="commander-in-chief",
    )
    w.says(js, "politicalAffiliation", rp, ("general-staff", "[s:Serra], of the [o:Reform Party], won a second term."))
    w.says(
        dh,
        "holdsRole",
        vaf,
        ("general-staff", "General [s:Dunja Hallić] is the chief of staff of the [o:Velmar Armed Forces]."),
        title="chief of staff",
        start="2030",
    )
    w.says(
        dh,
        "succeeded",
        "person:anselm-roth",
        ("general-staff", "[s:Hallić] took over from [o:Anselm Roth]."),
        date="2030",
    )
    w.says(
        "person:anselm-roth",
        "holdsRole",
        vaf,
        ("general-staff", "[s:Anselm Roth], the former chief of staff of the [o:VAF], retired."),
        title="chief of staff",
        status=former,
        end="2030",
    )
    w.says("person:anselm-roth", "diedOn", None, ("obituary", "[s:Anselm Roth] died on Sunday."), literal="2031-05-04")
    w.says(
        bk,
        "holdsRole",
        navy,
        ("general-staff", "Vice Admiral [s:Bruno Keita] commands the [o:Velmar Navy]."),
        title="commander",
    )
    w.says(
        navy,
        "partOf",
        vaf,
        ("general-staff", "The [s:Velmar Navy] is the smallest arm of the [o:Velmar Armed Forces]."),
    )
    w.says(vaf, "partOf", velmar, ("general-staff", "The [s:armed forces] of [o:Velmar] number 40,000."))
    w.says(
        mfa,
        "partOf",
        gov,
        ("general-staff", "The [s:Foreign Ministry] and the rest of the [o:Government of Velmar] were informed."),
    )
    w.says(gov, "partOf", velmar, ("general-staff", "The [s:Government] of [o:Velmar] approved the budget."))
    w.says(
        el,
        "holdsRole",
        hal,
        ("port-deal", "[s:Edda Lindqvist], chief executive of [o:Halden Lines], signed the papers."),
        title="chief executive",
    )
    w.says(
        ol,
        "founded",
        hal,
        ("port-deal", "Her father, [s:Oskar Lindqvist], founded [o:Halden Lines] in 1979."),
        date="1979",
    )
    w.says(hal, "foundedOn", None, ("port-deal", "[s:Halden Lines] was founded in 1979."), literal="1979")
    w.says(el, "childOf", ol, ("port-deal", "[s:Her] father, [o:Oskar Lindqvist], watched from the front row."))
    w.says(
        hal,
        "acquired",
        psa,
        ("port-deal", "[s:Halden Lines] has bought the [o:Port of Sereno Authority] for 1.2 billion crowns."),
        date="2031-03-19",
    )
    w.says(hal, "basedIn", kald, ("port-deal", "[s:Halden], based in [o:Kaldhavn], runs 61 ships."))
    w.says(psa, "basedIn", sereno, ("port-deal", "The [s:authority] has its seat in [o:Sereno]."))
    w.says(
        kald and pn,
        "holdsRole",
        psa,
        ("port-deal", "[s:Petra Noor] stays on as director of the [o:Port of Sereno Authority]."),
        title="director",
    )
    w.says(pn, "metWith", el, ("port-deal", "[s:Noor] and [o:Lindqvist] met twice in February."), date="2031-02")
    w.says(
        hv,
        "holdsRole",
        hal,
        ("port-deal", "[s:Henrik Vale], a lobbyist for [o:Halden Lines], declined to comment."),
        title="lobbyist",
    )
    w.says(hv, "livesIn", kald, ("denial", "[s:Vale], who lives in [o:Kaldhavn], was abroad."))
    w.says(
        sa,
        "holdsRole",
        fc,
        ("club", "[o:FC Sereno] has elected [s:Samir Adeyemi-Costa] president."),
        title="president",
        status=designate,
        start="2031-01-01",
    )
    w.says(sa, "succeeded", ta, ("club", "[s:Adeyemi-Costa] succeeds [o:Tomás Arrel]."))
    w.says(
        ta,
        "holdsRole",
        fc,
        ("club", "[s:Arrel], who led [o:FC Sereno] for six years, thanked the fans."),
        title="president",
        status=former,
        end="2030-12-31",
    )
    w.says(fc, "basedIn", sereno, ("club", "[s:FC Sereno] plays in [o:Sereno]’s old harbour."))
    w.says(lf, "holdsRole", fc, ("club", "[s:Lucía Ferro], the coach of [o:FC Sereno], was not there."), title="coach")
    w.says(
        lf, "holdsRole", None, ("club", "[s:Lucía Ferro], a former striker, smiled."), title="striker", status=former
    )
    return w.graph()  # Nadia Sorel is mentioned, but nothing is said of her
