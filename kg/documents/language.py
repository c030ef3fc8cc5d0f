"""Whether a text is English. In doubt it is: a text wrongly refused is lost, a foreign one merely yields little."""

import re
from functools import lru_cache
from typing import Any

from kg.errors import ModelError
from kg.lexicons import word_set

__all__ = ["foreign_language"]

_CERTAIN = 0.6  # probability
_LIKELY = 0.3  # probability asked for what is left of it without its capitalized words (in German, the nouns)
_HARDLY = 0.1  # probability of English from which a text of few words passes: "coup d'état" makes a headline French
_SLICE = 3_000  # characters; three of them are looked at in a long text
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_PLAINLY = 0.06  # share of the commonest words, from which a text of some length is English whatever else stands in it
_LONG = 50  # words
_ENGLISH = frozenset({"en", "pcm"})  # the identifier takes short English sentences for Nigerian Pidgin


def foreign_language(text: str) -> str | None:
    """Return the ISO 639 code of the language when a text is surely not English, else None.

    The identifier is asked, and loaded, only where the commonest words do not tell. Names pull a text towards the
    language they come from. So it is foreign only if it is so with and without its capitalized words, and a name's
    spelling in another script does not count beside more Latin words.

    Raises:
        ModelError: the model that tells languages apart cannot be loaded.
    """
    sample = _sample(text)
    if sample.isupper():
        sample = sample.lower()
    words = _WORD.findall(sample)
    common = word_set("english", "common")
    if len(words) >= _LONG and sum(word.lower() in common for word in words) >= _PLAINLY * len(words):
        return None
    latin = [word for word in words if _LATIN.match(word)]
    if len(latin) < len(words) < 2 * len(latin):
        words, sample = latin, " ".join(latin)
    language = _identify(sample, at_least=_CERTAIN)
    if language is None:
        return None
    plain = " ".join(word for word in words if word == word.lower())
    return language if _identify(plain, at_least=_LIKELY) else None


def _sample(text: str) -> str:
    if len(text) <= 3 * _SLICE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SLICE], text[middle : middle + _SLICE], text[-_SLICE:]))


def _identify(text: str, *, at_least: float) -> str | None:
    ranked = dict(_identifier().rank(text))  # the likeliest first
    language, probability = next(iter(ranked.items()))
    foreign = language not in _ENGLISH and probability >= at_least and ranked.get("en", 0.0) < _HARDLY
    return str(language) if foreign else None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        identifier.set_languages([code for code in identifier.labels if code != "pcm"])
    except MemoryError:
        raise
    except Exception as error:  # whatever is wrong with the installation, no article is at fault
        raise ModelError(f"the identifier of languages cannot be loaded ({error}): install py3langid again") from error
    return identifier
