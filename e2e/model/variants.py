"""Values that try a slot: what stands at and beyond its limits, of the wrong type, or hard on a codec.

A variant says nothing about what should happen; the oracle decides that from the finished request.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any, Iterator

from awsmodel import Slot, shape
from client import Encoded, Literal

OVERSIZE = 100_000

ALPHABETS = {"ascii": "a", "two-byte": "\u00e9", "emoji": "\U0001f642"}

SPECIAL_TEXTS = {
    "space": " ",
    "spaces": "   ",
    "ideographic-space": "\u3000",
    "zero-width-space": "\u200b",
    "leading-space": " a",
    "trailing-space": "a ",
    "tab": "a\tb",
    "newline": "a\nb",
    "trailing-newline": "a\n",
    "crlf": "a\r\nb",
    "nul": "a\u0000b",
    "control": "a\u0001b",
    "escape": "a\u001b[0mb",
    "delete": "a\u007fb",
    "next-line": "a\u0085b",
    "line-separator": "a\u2028b",
    "combining": "Cafe\u0301",
    "precomposed": "Caf\u00e9",
    "right-to-left": "\u05e9\u05dc\u05d5\u05dd",
    "bidi-override": "a\u202eb",
    "joined-emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "flag": "\U0001f1e9\U0001f1ea",
    "byte-order-mark": "\ufeffa",
    "replacement": "\ufffd",
    "noncharacter": "\uffff",
    "last-scalar": "\U0010ffff",
    "quote": 'a"b',
    "backslash": "a\\b",
    "slash": "a/b",
    "dots": "../..",
    "percent": "100%",
    "percent-nul": "%00",
    "plus": "a+b",
    "ampersand": "a&b=c",
    "sql": "a'; drop table x; --",
    "markup": "<b>a</b>",
    "braces": "{{a}} ${b}",
    "word-null": "null",
    "word-zero": "0",
    "arn": "arn:aws:connect:us-east-1:000000000000:instance/x",
    "arn-short": "arn:",
    "qualifier": "a:$SAVED",
}

# Text that is no JSON, or stands for no Unicode text, where a string is due.
BROKEN_STRINGS = {
    "lone-high-surrogate": r'"a\ud83d"',
    "lone-low-surrogate": r'"\ude42a"',
    "swapped-surrogates": r'"\ude42\ud83d"',
    "high-surrogate-then-escape": r'"\ud83d\u0041"',
    "unknown-escape": r'"\x41"',
    "short-escape": r'"\u12"',
    "raw-control": '"a\u0001b"',
    "raw-newline": '"a\nb"',
    "single-quotes": "'a'",
    "bare-word": "a",
}

WRONG_TYPES = {
    "string": ("text", "1", "true", "", "null"),
    "number": (0, 1, -1, 1.5),
    "boolean": (True, False),
    "list": ([], ["a"], [[]], [None]),
    "object": ({}, {"a": "b"}, {"Name": 1}),
}

NUMBERS = {
    "huge-integer": "123456789012345678901234567890",
    "huge-exponent": "1e400",
    "beyond-i64": "9223372036854775808",
    "below-i64": "-9223372036854775809",
    "i64-max": "9223372036854775807",
    "u64-max": "18446744073709551615",
    "i32-max": "2147483647",
    "beyond-i32": "2147483648",
    "minus-zero": "-0",
    "many-decimals": "0." + "1" * 400,
    "leading-zero": "01",
    "leading-plus": "+1",
    "hexadecimal": "0x1",
    "not-a-number": "NaN",
    "infinity": "Infinity",
}

NUMERIC = ("integer", "long", "double", "float", "timestamp")
NUMBERS_ANYWHERE = ("huge-integer", "huge-exponent", "leading-zero", "not-a-number")

QUERY_NUMBERS = {
    "empty": "", "text": "abc", "fraction": "1.5", "comma": "1,2", "hexadecimal": "0x10", "arabic-digit": "\u0663", "space": " ",
    "minus-one": "-1", "i32-max": "2147483647", "beyond-i32": "2147483648", "i64-max": "9223372036854775807", "beyond-i64": "9223372036854775808",
    "huge": "1" + "0" * 40, "not-a-number": "NaN", "true": "true", "minus": "-",
}

BAD_PERCENT = {
    "lone-percent": "%", "half-percent": "%4", "no-hex": "%zz", "invalid-utf8": "%ff", "cut-utf8": "%c3", "broken-utf8": "%c3%28",
    "overlong": "%c0%80", "surrogate-utf8": "%ed%a0%80", "percent-u": "%u0041",
}


@dataclasses.dataclass(frozen=True)
class Variant:
    label: str
    value: Any = None
    how: str = "set"  # set, remove, twice, extra (an unknown member beside it)


def of(slot: Slot) -> list[Variant]:
    """All variants of a slot, each value once."""
    out, seen = [], set()
    for variant in _all(slot):
        key = (variant.how, repr(variant.value) if isinstance(variant.value, (Literal, Encoded)) and len(variant.value.text) < 80 else _key(variant.value))
        if key not in seen:
            seen.add(key)
            out.append(variant)
    return out


FEW = ("missing", "null", "min-1", "min", "max", "max+1", "nul", "newline", "joined-emoji", "quote", "lone-high-surrogate", "huge-integer", "deep-list", "oversize", "oversize-text",
       "null-item", "unknown-member", "duplicate-key", "enum-wrong", "enum-lower", 'type:"text"', "type:1", "type:true", 'type:["a"]', 'type:{"a": "b"}')
FEW_KINDS = ("bound:", "size:", "enum:")


def few(slot: Slot) -> list[Variant]:
    """Variants of a slot whose shape is tried in full elsewhere in the request."""
    return [v for v in of(slot) if v.label in FEW or v.label.startswith(FEW_KINDS) or v.label.endswith(":ascii")]


def _key(value: Any) -> str:
    if isinstance(value, (Literal, Encoded)):
        return type(value).__name__ + value.text
    return type(value).__name__ + json.dumps(value, default=repr)


def _all(slot: Slot) -> Iterator[Variant]:
    here, kind = slot.definition, slot.type
    if slot.steps[-1] == "{key}":
        yield from _texts(here)
        return
    if slot.place != "body":
        yield from _url_variants(slot)
        return
    yield Variant("missing", how="remove")
    yield Variant("null", None)
    if kind == "string":
        yield from _texts(here)
        yield from (Variant(label, Literal(text)) for label, text in BROKEN_STRINGS.items())
    elif kind in NUMERIC:
        yield from (Variant(f"bound:{n}", n) for n in _bounds(here))
    elif kind == "boolean":
        yield from (Variant(str(b).lower(), b) for b in (True, False))
    elif kind in ("list", "map"):
        yield from (Variant(f"size:{n}", Sized(n)) for n in _sizes(here))
        if kind == "list":
            yield Variant("null-item", Sized(1, None))
    yield from _wrong_types(kind)
    if kind != "string":
        yield Variant("oversize-text", "a" * OVERSIZE)
    yield from (Variant(f"number:{label}", Literal(text)) for label, text in NUMBERS.items() if kind in NUMERIC or label in NUMBERS_ANYWHERE)
    yield Variant("deep-list", Literal("[" * 200 + "]" * 200))
    yield Variant("deep-object", Literal('{"a":' * 200 + "1" + "}" * 200))
    if slot.steps[-1] not in ("[]", "{value}"):
        yield Variant("duplicate-key", how="twice")
    if kind == "structure":
        yield Variant("unknown-member", {"x-unknown": [1, {"a": None}]}, how="extra")
        yield Variant("unknown-deep-member", {"x-unknown": Literal("[" * 5000 + "]" * 5000)}, how="extra")


@dataclasses.dataclass(frozen=True)
class Sized:
    """A list or map of n entries, made from what the base request holds there; `filler` replaces the entries."""

    count: int
    filler: Any = "base"

    def __repr__(self) -> str:
        return f"Sized({self.count}, {self.filler!r})"


def _sizes(here: dict[str, Any]) -> list[int]:
    low, high = here.get("min"), here.get("max")
    found = {0, 1, 57, 300}
    if low is not None:
        found |= {low - 1, low}
    if high is not None:
        found |= {high, high + 1}
    return sorted(n for n in found if n >= 0)


def _bounds(here: dict[str, Any]) -> list[int]:
    low, high = here.get("min"), here.get("max")
    found = {0, 1, -1}
    if low is not None:
        found |= {low - 1, low}
    if high is not None:
        found |= {high, high + 1}
    return sorted(found)


def _texts(here: dict[str, Any]) -> Iterator[Variant]:
    yield Variant("empty", "")
    if "enum" in here:
        yield from _enum(here["enum"])
    for label, length in _lengths(here):
        for alphabet, character in ALPHABETS.items():
            yield Variant(f"{label}:{alphabet}", character * length)
        yield Variant(f"{label}:mixed", ("a\u00e9\u4e16\U0001f642" * (length // 4 + 1))[:length])
    if here.get("max", 0):
        text = "\U0001f642" * here["max"]
        yield Variant("max:emoji-unescaped", Literal(json.dumps(text, ensure_ascii=False)))
        yield Variant("max+1:emoji-unescaped", Literal(json.dumps(text + "\U0001f642", ensure_ascii=False)))
    yield from (Variant(label, text) for label, text in SPECIAL_TEXTS.items())
    if "pattern" in here:
        yield from (Variant(f"pattern:{text}", text) for text in PATTERN_TRIES)
    yield Variant("oversize", "a" * OVERSIZE)
    yield Variant("oversize-emoji", "\U0001f642" * (OVERSIZE // 4))


PATTERN_TRIES = (
    "aws:x", "AWS:x", "Aws:x", "aws", "aws:", "a*b", "k/\u00e9+:=@", "_.:/=+-@", "a,b", "d-", "d-0123456789", "d-012345678g", "d-0123456789a", "D-0123456789",
    "a-", "-a", "a--b", "a_b", "ab", "+491711234567", "491711234567", "+0171", "+1234567890123456", "+1 234", "+\u0661\u0662\u0663", "x+491711234567",
)


def _enum(values: list[str]) -> Iterator[Variant]:
    yield from (Variant(f"enum:{v}", v) for v in values)
    first = values[0]
    for label, text in {"wrong": "NOPE", "lower": first.lower(), "title": first.title(), "leading": " " + first, "trailing": first + " ", "both": ",".join(values[:2])}.items():
        yield Variant(f"enum-{label}", text)


def _lengths(here: dict[str, Any]) -> Iterator[tuple[str, int]]:
    low, high = here.get("min"), here.get("max")
    if low:
        yield "min-1", low - 1
        yield "min", low
    if high is not None:
        yield "max-1", high - 1
        yield "max", high
        yield "max+1", high + 1
    else:
        yield "long", 1000


def _wrong_types(kind: str) -> Iterator[Variant]:
    own = {"structure": "object", "map": "object", "integer": "number", "long": "number", "double": "number", "float": "number", "timestamp": "number"}.get(kind, kind)
    for name, values in WRONG_TYPES.items():
        if name != own:
            yield from (Variant(f"type:{json.dumps(v)}", v) for v in values)


def _url_variants(slot: Slot) -> Iterator[Variant]:
    here, kind = slot.definition, slot.type
    if slot.place == "query":
        yield Variant("missing", how="remove")
        yield Variant("repeated", how="twice")
        yield Variant("no-value", how="bare")
    if kind in ("integer", "long"):
        yield from (Variant(f"bound:{n}", str(n)) for n in _bounds(here))
        yield from (Variant(label, text) for label, text in QUERY_NUMBERS.items())
    elif kind == "list":
        item = shape(here["member"]["shape"])
        yield from (Variant(f"size:{n}", Sized(n)) for n in _sizes(here))
        yield from (Variant(f"item:{v.label}", v.value) for v in _texts(item) if not isinstance(v.value, Literal) and not _too_long(v.value))
    else:
        for variant in _texts(here):
            if not isinstance(variant.value, Literal) and not _too_long(variant.value):
                yield variant
    for label, text in BAD_PERCENT.items():
        yield Variant(f"encoding:{label}", Encoded(text))
    yield Variant("encoding:upper-hex", Encoded("%C3%A9"))
    yield Variant("encoding:encoded-slash", Encoded("a%2Fb"))
    yield Variant("encoding:twice", Encoded("a%252Fb"))
    if slot.place == "query":
        yield Variant("encoding:lower-hex", Encoded("%c3%a9"))  # N2: verifies in the query, N4: not in the path
        yield Variant("encoding:plus", Encoded("a+b"))
        yield Variant("encoding:equals", Encoded("a=b=c"))
    else:
        yield Variant("encoding:dot", Encoded("%2E"))
        yield Variant("encoding:dots", Encoded("%2E%2E"))


def _too_long(value: Any) -> bool:
    """Beyond what a request line carries; long labels are tried up to a few thousand characters."""
    return isinstance(value, str) and len(value.encode("utf-8", "surrogatepass")) * 3 > 12_000
