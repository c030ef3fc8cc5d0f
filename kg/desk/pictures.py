"""The two pictures of a dossier as SVG, drawn the same way each time: posts over time and who stands around whom."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["Bar", "Tie", "draw_network", "draw_timeline"]

_WIDTH, _WIDE = 720, 880  # of the time line, of the network with names of 26 characters on both sides
_ROW, _LABEL, _AXIS = 22, 300, 24
_MOST_BARS, _MOST_LINKS = 40, 28
_RADIUS = 250
_SHORT = 44  # characters of a label
_STYLE = (
    "text{font:11px system-ui,sans-serif}.grid{stroke:#ddd}.link{stroke:#b8b8b8}.bar{fill:#1a4e8a}.open{fill:#7fa6d1}"
    ".person{fill:#1a4e8a}.organization{fill:#b06a00}.place{fill:#1b6b3a}.middle{fill:#b3261e}.label{fill:#222}"
    "text.edge{fill:#777;font-size:9px}text.main{fill:#000;font-weight:bold;font-size:13px}"
)
"""In each picture, for what prints it knows no style of the page around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A post on the time line: its label and ISO dates; ``open`` where its end is not known."""

    label: str
    first: str
    last: str
    open: bool
    citations: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Somebody around the middle: name, type, and the words on the line."""

    name: str
    kind: str
    words: str
    weight: int
    of: int = 0


def draw_timeline(bars: Sequence[Bar]) -> Markup:
    """Return posts as bars over the years, the earliest first; nothing without bars."""
    shown = sorted(bars, key=lambda b: (b.first, b.last, b.label))[:_MOST_BARS]
    if not shown:
        return Markup("")
    low, high = min(_year(b.first) for b in shown), max(_year(b.last) for b in shown)
    low, high = math.floor(low), max(math.ceil(high), math.floor(low) + 1)
    scale = (_WIDTH - _LABEL - 20) / (high - low)
    height = _AXIS + _ROW * len(shown) + 8
    parts = [_head(_WIDTH, height, "Posts over time")]
    step = max(1, math.ceil((high - low) / 8))
    for year in range(low, high + 1, step):
        x = _LABEL + (year - low) * scale
        parts.append(_line(x, _AXIS - 6, x, height, "grid"))
        parts.append(_text(x, 12, str(year), "middle"))
    for row, bar in enumerate(shown):
        y = _AXIS + row * _ROW
        x, end = (_LABEL + (_year(day) - low) * scale for day in (bar.first, bar.last))
        parts.append(_text(_LABEL - 8, y + 14, _shortened(bar.label), "end"))
        width = max(end - x, 4)
        kind = "bar open" if bar.open else "bar"
        parts.append(Markup(f'<rect class="{kind}" x="{x:.1f}" y="{y + 4}" width="{width:.1f}" height="12" rx="3"/>'))
    return Markup("").join([*parts, Markup("</svg>")])


def draw_network(middle: Sequence[str], links: Sequence[Tie]) -> Markup:
    """Return one or two names in the middle and those around them on a circle, the strongest links first."""
    shown = sorted(links, key=lambda link: (-link.weight, link.name))[:_MOST_LINKS]
    if not shown:
        return Markup("")
    around = sorted({(link.name, link.kind) for link in shown})
    height = 2 * _RADIUS + 80
    centre = height / 2
    centres = [(_WIDE / 2, centre)] if len(middle) == 1 else [(_WIDE / 2 - 70, centre), (_WIDE / 2 + 70, centre)]
    at = {
        name: (
            _WIDE / 2 + (_RADIUS - 20 * (i % 2)) * math.cos(2 * math.pi * i / len(around)),
            centre + (_RADIUS - 20 * (i % 2)) * math.sin(2 * math.pi * i / len(around)),
        )
        for i, (name, _) in enumerate(around)
    }
    parts = [_head(_WIDE, height, "Network")]
    for link in shown:
        (x1, y1), (x2, y2) = centres[min(link.of, len(centres) - 1)], at[link.name]
        parts.append(_line(x1, y1, x2, y2, "link"))
        parts.append(_text(x1 + 0.62 * (x2 - x1), y1 + 0.62 * (y2 - y1), _shortened(link.words, 22), "middle", "edge"))
    for name, kind in around:
        x, y = at[name]
        parts.append(Markup(f'<circle class="{kind.lower()}" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'))
        anchor = "start" if x >= _WIDE / 2 else "end"
        parts.append(_text(x + (9 if anchor == "start" else -9), y + 4, _shortened(name, 26), anchor))
    for name, (x, y) in zip(middle, centres, strict=False):
        parts.append(Markup(f'<circle class="middle" cx="{x:.1f}" cy="{y:.1f}" r="10"/>'))
        parts.append(_text(x, y + 26, _shortened(name, 30), "middle", "main"))
    return Markup("").join([*parts, Markup("</svg>")])


def _head(width: float, height: float, title: str) -> Markup:
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" '
        'height="{1:.0f}"><title>{2}</title><style>{3}</style>'
    ).format(width, height, title, Markup(_STYLE))


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return Markup(f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')


def _text(x: float, y: float, text: str, anchor: str, kind: str = "label") -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(kind, x, y, anchor, text)


def _shortened(text: str, longest: int = _SHORT) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _year(day: str) -> float:
    """Return a day as a year with a fraction."""
    year, month, date = int(day[:4]), int(day[5:7] or 1), int(day[8:10] or 1)
    return year + (month - 1) / 12 + (date - 1) / 366
