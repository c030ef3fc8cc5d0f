"""The grammar of questions that is data (``kg/data/questions.yaml``), read as patterns."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any

from kg.resources import data_path

__all__ = ["Grammar", "QuestionForm", "read_grammar"]

_WORDS = 6  # of a name that stands right before a post
_TITLE = r"(?P<title>[\w' -]+?)"
_OFFENCE = r"(?P<offence>[\w' -]+?)"
_POST = rf"(?:(?:the|an?|still|once|ever) )*{_TITLE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionForm:
    """A form of question, as an entry of the file tells it."""

    patterns: tuple[re.Pattern[str], ...]
    example: str
    means: str
    predicates: tuple[str, ...]
    ends: Mapping[str, str]
    asks: str
    turned: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    only: Mapping[str, Iterable[str]]

    def allows(self, given: Mapping[str, str]) -> bool:
        """Whether what stands for a post is one, where it must be."""
        from kg.mapping import roles_under

        return "post" not in given or bool(roles_under(given["title"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How questions are put otherwise, and the forms that they have."""

    reworded: tuple[tuple[re.Pattern[str], str], ...]
    forms: tuple[QuestionForm, ...]

    def reword(self, text: str) -> str:
        """Return a question as the forms have it."""
        for otherwise, read in self.reworded:
            text = otherwise.sub(read, text)
        return text


@cache
def read_grammar() -> Grammar:
    """Return what the file says."""
    import yaml

    said = yaml.safe_load(data_path("questions.yaml").read_text(encoding="utf8"))
    entries: Iterable[dict[str, Any]] = said["forms"]
    return Grammar(
        reworded=tuple((re.compile(otherwise, re.IGNORECASE), read) for otherwise, read in said["reworded"]),
        forms=tuple(
            QuestionForm(
                patterns=tuple(pattern for say in form["say"] for pattern in _compiled(say)),
                example=form["example"],
                means=form["means"],
                predicates=tuple(form["predicates"]),
                ends={name: form[name] for name in ("x", "y") if name in form},
                asks=form["asks"],
                turned=tuple(form.get("turned", ())),
                roles=tuple(form.get("roles", ())),
                only=form.get("only", {}),
            )
            for entry in entries
            for form in (_of_verb(entry, said["of_verbs"]) if "verb" in entry else (entry,))
        ),
    )


def _of_verb(entry: Mapping[str, Any], templates: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the forms that a verb makes."""
    words = dict(zip(("base", "present", "past", "done"), entry["verb"], strict=True))
    blanks = {name: f"({synonyms})" for name, synonyms in words.items()}
    blanks |= {f"a {name}": synonyms.partition("|")[0] for name, synonyms in words.items()}
    blanks |= dict(zip(("one", "other"), entry["example"], strict=True))

    def filled(text: str) -> str:
        return re.sub(r"\{([\w ]+)\}", lambda blank: blanks.get(blank[1], blank[0]), text)

    for template, means in zip_longest(templates, entry.get("means", ())):
        yield {
            **template,
            **{name: entry[name] for name in ("predicates", "turned") if name in entry},
            "say": [filled(say) for say in template["say"]],
            "example": filled(template["example"]),
            "means": means or filled(template["means"]),
        }


def _compiled(say: str) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of what people say: a name right before a post may end after each of its words."""
    name = "(?P<x>.+?)"
    names = (rf"(?P<x>\S+(?: \S+){{{n}}})" for n in range(_WORDS)) if "{x} {post}" in say else (name,)
    for x in names:
        filled = (
            say.replace("{x}", x).replace("{y}", "(?P<y>.+?)").replace("{title}", _TITLE).replace("{offence}", _OFFENCE)
        )
        yield re.compile(filled.replace("{post}", f"(?P<post>{_POST})"), re.IGNORECASE)
