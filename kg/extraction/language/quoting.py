"""The sentence that says it: evidence quoted from the document as it stands."""

from spacy.tokens import Span as Tokens

from kg.extraction.discourse import Discourse
from kg.model import Document, Evidence, Span

__all__ = ["quote"]

_SLIP = 4  # tokens; a mention that near belongs to the sentence that the parser cut too short


def quote(
    discourse: Discourse, sentence: Tokens, *, subject: Tokens, object_: Tokens | None, extractor: str
) -> Evidence:
    """Return the evidence for a claim made by ``sentence``, without the blanked lines around it.

    A subject or object just outside stretches the quotation; an object farther off, such as the state that the setting
    tells, is no part of what the sentence says and has no span.
    """
    document: Document = discourse.doc.user_data["document"]
    words = [token for token in sentence if not token.is_space]
    low, high = (words[0].i, words[-1].i + 1) if words else (sentence.start, sentence.end)
    if object_ is not None and (object_.start > high + _SLIP or object_.end < low - _SLIP):
        object_ = None
    spans = [subject, *([object_] if object_ is not None else [])]
    quoted = discourse.doc[min(low, *(s.start for s in spans)) : max(high, *(s.end for s in spans))]
    return Evidence(
        document=document.id,
        start=quoted.start_char,
        end=quoted.end_char,
        text=document.text[quoted.start_char : quoted.end_char],
        subject=_offsets(subject),
        object=_offsets(object_) if object_ is not None else None,
        extractor=extractor,
    )


def _offsets(tokens: Tokens) -> Span:
    return tokens.start_char, tokens.end_char
