"""Reads whatever the user names into documents; what cannot be read becomes one clear line, and reading goes on."""

import hashlib
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO

from kg.config import DECISIONS, Settings
from kg.documents.apart import ReaderApart
from kg.documents.content import Content, Notice, one_line
from kg.documents.dateline import published_in
from kg.documents.exports import articles_of
from kg.documents.formats import APART, FILE_READERS, FRAGMENT, OF_PAGES, PLAIN, RECORD_READERS
from kg.documents.headline import find_headline
from kg.documents.inputs import InputFile, find_files
from kg.documents.language import foreign_language
from kg.documents.limits import MAX_TEXT
from kg.documents.mending import ESCAPES, MARKUP, has_markup, is_page, marked_up, mend, unescape
from kg.documents.problems import Problems
from kg.documents.text import read_text
from kg.errors import InputError, ModelError, UsageError, failure
from kg.files import open_regular
from kg.model import Document
from kg.options import OPTIONS_FILE

__all__ = ["FILE_READERS", "RECORD_READERS", "read_documents"]

_STDIN, _STDIN_NAME = "-", "standard input"
_LINE = 1_000  # characters of a message: the name of a file alone may take a few hundred


def read_documents(
    inputs: Sequence[str],
    *,
    settings: Settings,
    stdin: BinaryIO | None = None,
    is_output: Callable[[Path], bool] | None = None,
    known: Collection[str] = (),
) -> Iterator[Document | InputError | Notice]:
    """Yield the documents of all inputs, an ``InputError`` for whatever cannot be used, a ``Notice`` of what was done.

    Args:
        inputs: paths of files and folders, glob patterns, and ``-`` for a plain text on standard input.
        settings: field names of records, the limit on size, and the date for documents that carry none.
        stdin: where ``-`` reads; standard input if None.
        is_output: tells a file that a build wrote. It is no article: found in a folder it is passed over, named by
            the user it is an ``InputError``.
        known: SHA-256 of texts that were read as documents before: in which language they are is not asked again.

    The order, and with it the ids, depend on the files' absolute paths and not on the order of ``inputs``; each file is
    read once, one at a time. ``Document.id`` is the file's name without suffix, or the record's own id, with a counter
    where it is taken ("name-2"), as for each article of a file of several. For plain text ``Document.text`` is the
    file's content unchanged (line ends kept, a byte order mark dropped) but for damage, which a notice tells.
    ``source`` is the address of the page, or the path below the folder that was named.

    Raises:
        ModelError: the model that tells languages apart cannot be loaded; no input is at fault.
    """
    files, problems = find_files([name for name in inputs if name != _STDIN])
    yield from (InputError(one_line(str(problem), limit=_LINE)) for problem in problems)
    own = {os.path.realpath(path) for path in (settings.decisions, *settings.authorities) if path}
    with ReaderApart() as apart:
        maker = _DocumentMaker(settings=settings, apart=apart, known=known)
        if _STDIN in inputs:
            text = _standard_input(stdin, settings)
            yield from maker.make(text, name=_STDIN_NAME, stem="stdin", source=None, plain=True)
        for file in files:
            if PurePath(file.path).name in {DECISIONS, OPTIONS_FILE} or os.path.realpath(file.path) in own:
                continue
            if is_output is not None and is_output(Path(file.path)):
                if file.name in inputs:
                    yield InputError(one_line(f"{file.name}: a build wrote this file, it is no article: leave it out"))
            else:
                yield from _read_file(file, maker, apart)


def _standard_input(stdin: BinaryIO | None, settings: Settings) -> Iterator[Content | InputError]:
    stream = stdin or (sys.stdin.buffer if sys.stdin and not sys.stdin.closed else None)
    if stream is None:
        raise InputError("it is closed: name a file, or pass a text on")
    yield from _whole(stream, read_text, settings)


def _read_file(
    file: InputFile, maker: "_DocumentMaker", apart: ReaderApart
) -> Iterator[Document | InputError | Notice]:
    stem, suffix = _split(file.path)
    if suffix not in FILE_READERS and suffix not in RECORD_READERS:
        remedy = "save it as .txt, .html, .pdf, .docx or .jsonl"
        yield InputError(one_line(f"{file.name}: files of type {suffix} are not read: {remedy}", limit=_LINE))
        return
    try:
        stream = open_regular(file.path, name=file.name)
    except UsageError as error:
        yield InputError(one_line(str(error), limit=_LINE))
        return
    contents: Iterator[Content | InputError]
    with stream:
        if suffix in APART:
            contents = _whole(stream, partial(apart.read, suffix), maker.settings)
        elif suffix in FILE_READERS:
            contents = _whole(stream, FILE_READERS[suffix], maker.settings)
        else:
            options = {"read_page": partial(apart.read, ".html")} if suffix in OF_PAGES else {}
            contents = RECORD_READERS[suffix](stream, settings=maker.settings, **options)
        plain = suffix in PLAIN or (suffix in RECORD_READERS and suffix not in OF_PAGES)
        yield from maker.make(contents, name=file.name, stem=stem, source=file.source, plain=plain)


def _whole(stream: BinaryIO, reader: Callable[[bytes], list[Content]], settings: Settings) -> Iterator[Content]:
    data = stream.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise InputError(f"it is larger than {settings.max_bytes:,} bytes: split it")
    if not data.strip():
        raise InputError("it is empty: nothing to read")
    yield from reader(data)


def _split(path: str) -> tuple[str, str]:
    """Return stem and suffix in lower case; a suffix without a letter ("report.2020") belongs to the stem."""
    name = PurePath(path).name
    lower = name.lower()
    if lower.endswith(".warc.gz"):
        return name[: -len(".warc.gz")], ".warc.gz"
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 (a leading dot is part of the stem)
    return (stem, suffix.lower()) if any(c.isalpha() for c in suffix) else (name, "")


@dataclass(slots=True, kw_only=True)
class _DocumentMaker:
    """Turns contents into documents: mends and checks them, completes date and source, and gives each its id."""

    settings: Settings
    apart: ReaderApart
    known: Collection[str] = ()
    _ids: set[str] = field(default_factory=set)
    _counters: dict[str, int] = field(default_factory=dict)

    def make(
        self, contents: Iterable[Content | InputError], *, name: str, stem: str, source: str | None, plain: bool
    ) -> Iterator[Document | InputError | Notice]:
        """Make the documents of one file, and a line for each kind of problem and notice.

        Args:
            contents: what it holds.
            name: what messages call it.
            stem: its name without suffix.
            source: where it is, unless a content tells.
            plain: whether its texts are as somebody wrote or exported them: they may hold escapes or HTML.
        """
        problems, notices, number = Problems(), Problems(), 0
        try:
            for number, content in enumerate(self._mended(contents, plain=plain), start=1):
                if isinstance(content, InputError):
                    problems.add(content)
                    continue
                for line in content.lost:
                    problems.add(InputError(line, where=content.where))
                item = self._checked(content, stem, number, source)
                if isinstance(item, InputError):
                    problems.add(item)
                    continue
                for line in content.notes:
                    notices.add(InputError(line, where=content.where))
                yield item
            if not number:
                problems.add(InputError("there is no document in it: check the file"))
        except InputError as error:
            problems.add(error)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            problems.add(InputError(f"it cannot be read ({reason}): check the file and its permissions"))
        except ModelError:
            raise  # no input is at fault
        except Exception as error:
            problems.add(InputError(failure(error)))
        yield from (InputError(one_line(f"{name}: {line}", limit=_LINE)) for line in problems.lines())
        yield from (Notice(one_line(f"{name}: {line}", limit=_LINE)) for line in notices.lines())

    def _mended(self, contents: Iterable[Content | InputError], *, plain: bool) -> Iterator[Content | InputError]:
        for content in contents:
            if isinstance(content, InputError):
                yield content
                continue
            try:
                yield from list(self._pieces(content, plain=plain))
            except InputError as error:
                yield InputError(error.reason, where=content.where)
            except ModelError:
                raise  # no input is at fault
            except Exception as error:
                yield InputError(failure(error), where=content.where)

    def _pieces(self, content: Content, *, plain: bool) -> Iterator[Content | InputError]:
        for piece in self._unwrapped(content) if plain else [content]:
            text, done = mend(piece.text)
            title = mend(piece.title)[0] if piece.title else None
            yield from articles_of(replace(piece, text=text, title=title, notes=(*piece.notes, *done)))

    def _unwrapped(self, content: Content) -> list[Content]:
        """Return what a plain text says once its escapes are undone and its HTML is read; a page may hold several."""
        text = unescape(content.text)
        notes = (*content.notes, *([ESCAPES] if text != content.text else []))
        text = marked_up(text)
        if not has_markup(text):
            return [replace(content, text=text, notes=notes)]
        given = None if content.title is None or has_markup(content.title) else content.title
        found = self.apart.read(".html" if is_page(text) else FRAGMENT, text.encode("utf-8", "replace"))
        several = len(found) > 1
        return [
            replace(
                content,
                text=piece.text,
                title=given or piece.title or find_headline(piece.text),
                published=content.published or piece.published,
                source=content.source or piece.source,
                id=f"{content.id}-{n}" if content.id and several else content.id,
                where=content.where or piece.where,
                notes=(*notes, MARKUP),
            )
            for n, piece in enumerate(found, start=1)
        ]

    def _checked(self, content: Content, stem: str, number: int, source: str | None) -> Document | InputError:
        own = content.id or (f"{stem}-{number}" if content.where else stem)
        try:
            digest = hashlib.sha256(content.text.encode("utf-8")).hexdigest()
            unusable = None if digest in self.known else _unusable(content)
            return unusable or self._make(content, digest, identifier=own, source=source)
        except ModelError:
            raise  # no input is at fault
        except Exception as error:
            return InputError(failure(error), where=content.where)

    def _make(self, content: Content, digest: str, *, identifier: str, source: str | None) -> Document:
        given = None if content.misdated else self.settings.published
        return Document(
            id=self._unique(one_line(identifier, limit=120) or "document"),
            text=content.text,
            title=content.title,
            published=content.published or published_in(content.text) or given,
            source=one_line(content.source, limit=2_000) if content.source else source and one_line(source),
            sha256=digest,
        )

    def _unique(self, wanted: str) -> str:
        identifier = wanted
        number = self._counters.get(wanted, 1)
        while identifier in self._ids:
            number += 1
            identifier = f"{wanted}-{number}"
        self._counters[wanted] = number
        self._ids.add(identifier)
        return identifier


def _unusable(content: Content) -> InputError | None:
    """Say why a content is no document: empty, too long or in another language."""
    reason = None
    if len(content.text) > MAX_TEXT:
        reason = f"its text is longer than {MAX_TEXT:,} characters: split it"
    elif not any(character.isalpha() for character in content.text):
        reason = "there are no words in it: nothing to read"
    elif language := foreign_language(content.text):
        reason = f"it is not in English (but in {language!r}): translate it, or leave it out"
    if reason is None:
        return None
    return InputError(reason, where=content.where)
