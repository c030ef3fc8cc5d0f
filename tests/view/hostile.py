"""Two hundred strings and more that would like to be something else than text."""

import itertools

_CALL = "alert(1)"
_TAGS = (
    "img src=x",
    "svg",
    "body",
    "iframe src=x",
    "details open",
    "video src=x",
    "input autofocus",
    "marquee",
    "object data=x",
    "audio src=x",
)
_HANDLERS = ("onerror", "onload", "onfocus", "ontoggle", "onmouseover", "onanimationstart")
_QUOTES = ("", "'", '"', "`")
_SCHEMES = (
    "javascript:",
    "JaVaScRiPt:",
    " javascript:",
    "java\tscript:",
    "data:text/html,<script>",
    "vbscript:",
    "blob:x#",
    "file:///etc/passwd#",
)
_ENDS = (
    "</script>",
    "</SCRIPT >",
    "</style>",
    "</title>",
    "</textarea>",
    "</bdi>",
    "-->",
    "]]>",
    "*/",
    "<!--",
    "<![CDATA[",
    "<?xml?>",
)
_TEMPLATES = (
    "{{7*7}}",
    "${alert(1)}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{% raw %}",
    "{{constructor.constructor('alert(1)')()}}",
    "[[7*7]]",
    "@{7*7}",
    "$(alert(1))",
    "`${alert(1)}`",
)
_JSON = (
    '"',
    '\\"',
    "\\",
    "\\u003cscript\\u003e",
    '"}]}',
    '","name":"x',
    "\n\r\t",
    "\\x3cscript\\x3e",
    "&quot;",
    "&#60;script&#62;",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "null",
    "NaN",
    "0",
    "-1",
)
_BIDI = tuple(chr(c) for c in (0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069))
_CONTROLS = tuple(
    chr(c)
    for c in (
        0,
        1,
        7,
        8,
        0x0B,
        0x0C,
        0x1B,
        0x7F,
        0x85,
        0xA0,
        0xAD,
        0x200B,
        0x2028,
        0x2029,
        0xFEFF,
        0xFFFE,
        0xFFFF,
        0xD800,
        0xDFFF,
        0x1D173,
        0xE0001,
    )
)
_FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", '=HYPERLINK("http://x.example")', "\t=1+1")
_PATHS = (
    "../../etc/passwd",
    "..\\..\\x",
    "/dev/null",
    "CON",
    "a/b/c.txt",
    "x\0.html",
    "?q=1#f",
    "%2e%2e%2f",
    "%00",
    "%E0%A4%A",
)
_LONG = ("A" * 5_000, "<b>" * 500, "\u0301" * 300, "ｆｕｌｌ", "Ⅷ", "İstanbul", "ﷺ" * 40, "👩‍👩‍👧‍👦" * 20)


def corpus() -> list[str]:
    """All of them, each once."""
    found = [
        *(
            f"<{tag} {handler}={quote}{_CALL}{quote}>"
            for tag, handler, quote in itertools.product(_TAGS, _HANDLERS, _QUOTES[:2])
        ),
        *(f"{quote}><script>{_CALL}</script>" for quote in _QUOTES),
        *(f"{scheme}{_CALL}" for scheme in _SCHEMES),
        *(f"{end}<script>{_CALL}</script>" for end in _ENDS),
        *_TEMPLATES,
        *_JSON,
        *(f"{c}evil{c}name" for c in (*_BIDI, *_CONTROLS)),
        *_FORMULAS,
        *_PATHS,
        *_LONG,
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
        '<a href="javascript&colon;alert(1)">x</a>',
        "<style>@import'http://x.example/'</style>",
        "<meta http-equiv=refresh content=0;url=javascript:alert(1)>",
        "<base href=http://x.example/>",
        "<form action=http://x.example><button>",
        "<link rel=stylesheet href=http://x.example>",
        "';alert(1)//",
        '";alert(1)//',
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    ]
    return list(dict.fromkeys(found))
