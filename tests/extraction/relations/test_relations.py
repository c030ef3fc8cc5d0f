"""What the rules read from a sentence, and what they must not read from it."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]  # text -> conftest.Reading

ASSERTED = [
    # roles before a name
    ("Iran's Defense Minister Brigadier General Amir Hatami spoke.", "Amir Hatami | holdsRole | Iran | defense minister"),
    ("Iranian Foreign Minister Mohammad Javad Zarif spoke.", "Mohammad Javad Zarif | holdsRole | Iran | foreign minister"),
    ("Microsoft chief executive Satya Nadella spoke.", "Satya Nadella | holdsRole | Microsoft | chief executive"),
    ("Chief of Staff of Iran's Armed Forces Major General Mohammad Bagheri spoke.", "Mohammad Bagheri | holdsRole | Iran's Armed Forces | chief of staff"),
    ("German Chancellor Angela Merkel and Foreign Minister Heiko Maas flew home.", "Heiko Maas | holdsRole | Germany | foreign minister"),
    ("The head of the CIA of the United States Robert Gates spoke.", "Robert Gates | holdsRole | CIA | head"),
    ("A senior aide to German Chancellor Angela Merkel spoke.", "Angela Merkel | holdsRole | Germany | chancellor"),
    ("An adviser to Iran's President Hassan Rouhani spoke.", "Hassan Rouhani | holdsRole | Iran | president"),
    ("Argentine coach Diego Varela of Microsoft spoke.", "Diego Varela | holdsRole | Microsoft | coach"),
    ("Danish chief executive Satya Rao of Microsoft spoke.", "Satya Rao | holdsRole | Microsoft | chief executive"),
    ("Argentine coach Diego Varela spoke.", "Diego Varela | holdsRole | Argentina | coach"),
    # roles after a name
    ("Hassan Danaeefar, the former Iranian ambassador to Iraq, spoke.", "Hassan Danaeefar | holdsRole | Iran | ambassador to iraq"),
    ("Maria Lopez, chairwoman of the board of Banco Real, spoke.", "Maria Lopez | holdsRole | Banco Real | chairwoman of the board"),
    ("Tim Cook, chairman and chief executive of Apple, spoke.", "Tim Cook | holdsRole | Apple | chairman"),
    ("Tim Cook, chairman and chief executive of Apple, spoke.", "Tim Cook | holdsRole | Apple | chief executive"),
    ("Mary Robinson (president of Ireland) spoke.", "Mary Robinson | holdsRole | Ireland | president"),
    ("John Keller, an analyst at Deutsche Bank, said so.", "John Keller | holdsRole | Deutsche Bank | analyst"),
    ("Russia's new prime minister, Mikhail Mishustin, spoke.", "Mikhail Mishustin | holdsRole | Russia | prime minister"),
    # roles in clauses
    ("Angela Merkel is the chancellor of Germany.", "Angela Merkel | holdsRole | Germany | chancellor"),
    ("Satya Nadella was named chief executive of Microsoft.", "Satya Nadella | holdsRole | Microsoft | chief executive"),
    ("Robert Gates served as director of the CIA.", "Robert Gates | holdsRole | CIA | director"),
    ("Peter Brown, who heads Microsoft, spoke.", "Peter Brown | holdsRole | Microsoft | head"),
    # meetings
    ("Angela Merkel met Emmanuel Macron in Paris.", "Angela Merkel | metWith | Emmanuel Macron"),
    ("Angela Merkel and Emmanuel Macron met in Paris.", "Angela Merkel | metWith | Emmanuel Macron"),
    ("The chief commander Major General Hossein Salami (R) and the visiting Defense Minister Lieutenant General John Keller meet in Tehran on Sunday.", "Hossein Salami | metWith | John Keller"),
    ("Angela Merkel held talks with Emmanuel Macron.", "Angela Merkel | metWith | Emmanuel Macron"),
    ("Angela Merkel said in a meeting with Emmanuel Macron that she was glad.", "Angela Merkel | metWith | Emmanuel Macron"),
    ("Angela Merkel received Emmanuel Macron in Berlin.", "Angela Merkel | metWith | Emmanuel Macron"),
    ("Speaking after meeting with Emmanuel Macron, Angela Merkel was glad.", "Angela Merkel | metWith | Emmanuel Macron"),
    ("Angela Merkel held separate meetings with Emmanuel Macron and Mark Rutte.", "Angela Merkel | metWith | Mark Rutte"),
    ("Angela Merkel spoke by phone with Emmanuel Macron.", "Angela Merkel | spokeWith | Emmanuel Macron"),
    ("Angela Merkel had a phone call with Emmanuel Macron.", "Angela Merkel | spokeWith | Emmanuel Macron"),
    # travel
    ("Barack Obama arrived in Havana on Sunday.", "Barack Obama | visited | Havana"),
    ("Barack Obama's visit to Cuba ended.", "Barack Obama | visited | Cuba"),
    # appointments, successions, killings
    ("Emmanuel Macron appointed Jean Castex prime minister.", "Emmanuel Macron | appointed | Jean Castex"),
    ("Emmanuel Macron appointed Jean Castex prime minister of France.", "Jean Castex | holdsRole | France | prime minister"),
    ("Olaf Scholz succeeded Angela Merkel.", "Olaf Scholz | succeeded | Angela Merkel"),
    ("Jack Ruby shot dead Lee Harvey Oswald.", "Jack Ruby | killed | Lee Harvey Oswald"),
    ("John Lennon was murdered by Mark Chapman.", "Mark Chapman | killed | John Lennon"),
    # organizations
    ("Facebook acquired Instagram in 2012.", "Facebook | acquired | Instagram"),
    ("Instagram was bought by Facebook.", "Facebook | acquired | Instagram"),
    ("Bill Gates founded Microsoft in 1975.", "Bill Gates | founded | Microsoft"),
    ("Bill Gates founded Microsoft in 1975.", "Microsoft | foundedOn | 1975"),
    ("Bill Gates, co-founder of Microsoft, spoke.", "Bill Gates | founded | Microsoft"),
    ("Deutsche Bank is based in Frankfurt.", "Deutsche Bank | basedIn | Frankfurt"),
    ("Angela Merkel spoke at Deutsche Bank in Frankfurt.", "Deutsche Bank | basedIn | Frankfurt"),
    ("Deutsche Bank in Frankfurt hired nobody.", "Deutsche Bank | basedIn | Frankfurt"),
    # life
    ("Peter Brown spoke to John Keller and Angela Merkel was born in Hamburg.", "Angela Merkel | bornIn | Hamburg"),
    ("Albert Einstein was born in Ulm on 14 March 1879.", "Albert Einstein | bornIn | Ulm"),
    ("Albert Einstein was born in Ulm on 14 March 1879.", "Albert Einstein | bornOn | 1879-03-14"),
    ("The airstrike killed John Keller and Peter Brown on 3 January 2020.", "Peter Brown | diedOn | 2020-01-03"),
    ("Albert Einstein died in 1955.", "Albert Einstein | diedOn | 1955"),
    ("Hillary Clinton is married to Bill Clinton.", "Hillary Clinton | spouseOf | Bill Clinton"),
    ("Chelsea Clinton, daughter of Bill Clinton, spoke.", "Chelsea Clinton | childOf | Bill Clinton"),
    ("Barack Obama graduated from Harvard Law School.", "Barack Obama | educatedAt | Harvard Law School"),
    ("Samuel Beckett lived in Paris.", "Samuel Beckett | livesIn | Paris"),
    ("Ismail Haniya of Hamas spoke.", "Ismail Haniya | memberOf | Hamas"),
    # counterparts, captions, stacked titles, chambers, settings
    ("Pakistani Foreign Minister Shah Mahmood Qureshi met his Chinese counterpart Wang Yi.", "Wang Yi | holdsRole | China | foreign minister"),
    ("Defense Secretary Mark Esper, left, and Ngo Xuan Lich shake hands in Hanoi.", "Mark Esper | metWith | Ngo Xuan Lich"),
    ("Prime Minister Narendra Modi of India spoke.", "Narendra Modi | holdsRole | India | prime minister"),
    ("The U.S. Senate voted. Senator Mike Rounds of South Dakota spoke.", "Mike Rounds | holdsRole | U.S. Senate | senator"),
    ("Germany is worried. In Germany prices rise. Chancellor Angela Merkel spoke.", "Angela Merkel | holdsRole | Germany | chancellor"),
    ("Germany is worried. In Germany prices rise. Kenya voted. Germany waits. Chancellor Angela Merkel spoke.", "Angela Merkel | holdsRole | Germany | chancellor"),
    ("Germany is worried. In Germany prices rise. Kenya voted. President Daniel Moi spoke.", "Daniel Moi | holdsRole | - | president"),
    # presence abroad
    ("US Secretary of State Mike Pompeo met Emmanuel Macron in Paris.", "Mike Pompeo | visited | Paris"),
    ("US Secretary of State Mike Pompeo said in Berlin that he was glad.", "Mike Pompeo | visited | Berlin"),
    ("Edward Snowden travelled to the city of Wuhan.", "Edward Snowden | visited | Wuhan"),
    # killings by what somebody orders
    ("Donald Trump ordered airstrikes that killed Qassem Soleimani on January 3.", "Donald Trump | killed | Qassem Soleimani"),
    ("Donald Trump ordered airstrikes that killed Qassem Soleimani on January 3.", "Qassem Soleimani | diedOn | 2020-01-03"),
    # names side by side
    ("CNN's Manu Raju and Lauren Fox asked.", "Lauren Fox | memberOf | CNN"),
    ("Photo by Peter Brown / AFP", "Peter Brown | memberOf | AFP"),
    ("The UN Security Council voted.", "UN Security Council | partOf | UN"),
    ("The Iraqi parliament voted.", "Iraqi parliament | partOf | Iraq"),
    ("The Vienna-based company Novomatic grew.", "Novomatic | basedIn | Vienna"),
    ("The Russian state-owned lender Sberbank agreed.", "Sberbank | basedIn | Russia"),
    ('The Turkish newspaper "Cumhuriyet" reported it.', "Cumhuriyet | basedIn | Turkey"),
    ("He works at the Institute for Palestine Studies in Beirut.", "Institute for Palestine Studies | basedIn | Beirut"),
    ("Iraq's Popular Mobilization Units withdrew.", "Popular Mobilization Units | partOf | Iraq"),
    ("Lebanon's Hezbollah denied it.", "Hezbollah | basedIn | Lebanon"),
    ("Aydan Keser, of the Social Democratic Party, objected.", "Aydan Keser | politicalAffiliation | Social Democratic Party"),
    ("Chi Adeyemi, the Labour MP for Newcastle Central, objected.", "Chi Adeyemi | politicalAffiliation | Labour"),
    ("Kardelo Ltd.'s finance chief, Tim Wood, was named CEO.", "Tim Wood | holdsRole | Kardelo Ltd. | ceo"),
    ("Hichem Saidi became prime minister. The 46-year-old lawyer succeeds Elyes Ferjani.",
     "Hichem Saidi | succeeded | Elyes Ferjani"),
    ("German Foreign Minister Anna Weber told reporters in Liverpool, England.", "Anna Weber | visited | Liverpool"),
    ("The Yemeni poet Hisham Bafaqih spoke.", "Hisham Bafaqih | citizenOf | Yemen"),
]  # fmt: skip

UNASSERTED = [
    ("Angela Merkel did not meet Emmanuel Macron.", "Angela Merkel | metWith | Emmanuel Macron", "negated"),
    ("Angela Merkel will meet Emmanuel Macron.", "Angela Merkel | metWith | Emmanuel Macron", "planned"),
    ("Angela Merkel plans to meet Emmanuel Macron.", "Angela Merkel | metWith | Emmanuel Macron", "planned"),
    ("Angela Merkel refused to meet Emmanuel Macron.", "Angela Merkel | metWith | Emmanuel Macron", "negated"),
    ("Angela Merkel denied that she met Emmanuel Macron.", "Angela Merkel | metWith | Emmanuel Macron", "denied"),
    ("Angela Merkel may meet Emmanuel Macron.", "Angela Merkel | metWith | Emmanuel Macron", "possible"),
    ("If Angela Merkel met Emmanuel Macron, nobody saw it.", "Angela Merkel | metWith | Emmanuel Macron", "possible"),
    ("A meeting between Angela Merkel and Emmanuel Macron was cancelled.", "Angela Merkel | metWith | Emmanuel Macron", "negated"),
    ("Angela Merkel cancelled a meeting with Emmanuel Macron.", "Angela Merkel | metWith | Emmanuel Macron", "negated"),
    ("Angela Merkel called for talks with Emmanuel Macron.", "Angela Merkel | metWith | Emmanuel Macron", "planned"),
    ("Barack Obama will visit Cuba.", "Barack Obama | visited | Cuba", "planned"),
    ("Barack Obama postponed a visit to Cuba.", "Barack Obama | visited | Cuba", "planned"),
    ("Facebook offered to buy Twitter.", "Facebook | acquired | Twitter", "planned"),
    ("Satya Nadella is not the chief executive of Google.", "Satya Nadella | holdsRole | Google | chief executive", "negated"),
    ("Did Angela Merkel meet Emmanuel Macron?", "Angela Merkel | metWith | Emmanuel Macron", "possible"),
]  # fmt: skip

# what these sentences say besides
ALSO = {
    "Argentine coach Diego Varela of Microsoft spoke.": {"Diego Varela | memberOf | Microsoft"},
    "Danish chief executive Satya Rao of Microsoft spoke.": {"Satya Rao | memberOf | Microsoft"},
    "Peter Brown spoke to John Keller and Angela Merkel was born in Hamburg.": {"Peter Brown | spokeWith | John Keller"},
    "Chief of Staff of Iran's Armed Forces Major General Mohammad Bagheri spoke.": {"Iran's Armed Forces | partOf | Iran"},
    "German Chancellor Angela Merkel and Foreign Minister Heiko Maas flew home.": {"Angela Merkel | holdsRole | Germany | chancellor"},
    "The chief commander Major General Hossein Salami (R) and the visiting Defense Minister Lieutenant General John Keller meet in Tehran on Sunday.": {"Hossein Salami | holdsRole | - | chief commander", "John Keller | holdsRole | - | visiting defense minister"},
    "Angela Merkel held separate meetings with Emmanuel Macron and Mark Rutte.": {"Angela Merkel | metWith | Emmanuel Macron"},
    "Emmanuel Macron appointed Jean Castex prime minister.": {"Jean Castex | holdsRole | - | prime minister"},
    "Emmanuel Macron appointed Jean Castex prime minister of France.": {"Emmanuel Macron | appointed | Jean Castex"},
    "The airstrike killed John Keller and Peter Brown on 3 January 2020.": {"John Keller | diedOn | 2020-01-03"},
    "Pakistani Foreign Minister Shah Mahmood Qureshi met his Chinese counterpart Wang Yi.": {"Shah Mahmood Qureshi | holdsRole | Pakistan | foreign minister", "Shah Mahmood Qureshi | metWith | Wang Yi"},
    "Defense Secretary Mark Esper, left, and Ngo Xuan Lich shake hands in Hanoi.": {"Mark Esper | holdsRole | - | defense secretary"},
    "The U.S. Senate voted. Senator Mike Rounds of South Dakota spoke.": {"U.S. Senate | partOf | United States"},
    "US Secretary of State Mike Pompeo met Emmanuel Macron in Paris.": {"Mike Pompeo | holdsRole | United States | secretary of state", "Mike Pompeo | metWith | Emmanuel Macron"},
    "US Secretary of State Mike Pompeo said in Berlin that he was glad.": {"Mike Pompeo | holdsRole | United States | secretary of state"},
    "CNN's Manu Raju and Lauren Fox asked.": {"Manu Raju | memberOf | CNN"},
    "Chi Adeyemi, the Labour MP for Newcastle Central, objected.": {"Chi Adeyemi | holdsRole | - | mp"},
    "Kardelo Ltd.'s finance chief, Tim Wood, was named CEO.": {"Tim Wood | holdsRole | Kardelo Ltd. | finance chief"},
    "Hichem Saidi became prime minister. The 46-year-old lawyer succeeds Elyes Ferjani.": {"Hichem Saidi | holdsRole | - | prime minister"},
    "German Foreign Minister Anna Weber told reporters in Liverpool, England.": {"Anna Weber | holdsRole | Germany | foreign minister"},
}  # fmt: skip

NOT_SAID = [
    ("Angela Merkel met John Keller of Deutsche Bank in Paris.", "Deutsche Bank | basedIn | Paris"),
    ("John Keller was killed by Blackwater Ltd. in Kabul.", "Blackwater Ltd. | basedIn | Kabul"),
    ("Lebanon's Hezbollah denied it.", "Hezbollah | partOf | Lebanon"),
    ("Former Kardelo Ltd. executive Tim Wood was named CEO.", "Tim Wood | holdsRole | Kardelo Ltd. | ceo"),
    ("British Foreign Minister Anna Weber told reporters in Liverpool, England.", "Anna Weber | visited | Liverpool"),
    ("Hichem Saidi met Ali Karimi. The 46-year-old lawyer succeeds Elyes Ferjani.", "Ali Karimi | succeeded | Elyes Ferjani"),
    ("Chi Adeyemi, the Labour MP for Newcastle Central, objected.", "Chi Adeyemi | holdsRole | Newcastle Central | mp"),
    ("German Chancellor Angela Merkel met Emmanuel Macron in Berlin.", "Angela Merkel | visited | Berlin"),
    ("US Secretary of State Mike Pompeo did not meet Emmanuel Macron in Paris.", "Mike Pompeo | visited | Paris"),
    ("The Vatican kept quiet. France did not. Prime Minister Silvio Berlusconi spoke.", "Silvio Berlusconi | holdsRole | France | prime minister"),
    ("Andrei Tarasov, a former ambassador to Chad, was appointed foreign minister.", "Andrei Tarasov | holdsRole | Chad | foreign minister"),
    ("According to John Smith, Iran's foreign minister will travel.", "John Smith | holdsRole | Iran | foreign minister"),
    ("The nominee for defense secretary, John Tower, waited.", "John Tower | holdsRole | - | defense secretary"),
    ("He married the sister of a friend, Peter Brown.", "Peter Brown | spouseOf | Peter Brown"),
]  # fmt: skip

NOTHING = [
    "The minister met officials in Paris.",
    "Angela Merkel criticised Emmanuel Macron in Paris.",
    "Angela Merkel met a deadline.",
    "The actor John Smith laughed.",
    "Police arrested three men.",
]


@pytest.mark.parametrize("text", dict(ASSERTED))
def test_asserted(read: Read, text: str) -> None:
    assert read(text).asserted == {row for other, row in ASSERTED if other == text} | ALSO.get(text, set())


@pytest.mark.parametrize(("text", "expected", "reading"), UNASSERTED, ids=[t for t, *_ in UNASSERTED])
def test_not_asserted(read: Read, text: str, expected: str, reading: str) -> None:
    result = read(text)
    assert (result.asserted, result.unasserted) == (set(), {(expected, reading)})


@pytest.mark.parametrize(("text", "wrong"), NOT_SAID, ids=[w for _, w in NOT_SAID])
def test_not_claimed(read: Read, text: str, wrong: str) -> None:
    assert wrong not in read(text).asserted


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_claimed(read: Read, text: str) -> None:
    assert read(text).asserted == set()


@pytest.mark.parametrize("text", [t for t, *_ in (*ASSERTED, *UNASSERTED)])
def test_every_claim_has_its_sentence(read: Read, text: str) -> None:
    for claim in read(text).extraction.claims:
        evidence = claim.evidence
        assert text[evidence.start : evidence.end] == evidence.text != ""
        for span in (evidence.subject, evidence.object):
            assert span is None or evidence.start <= span[0] < span[1] <= evidence.end
