"""Makes the cases: every operation, every slot, every variant, then structural garbage and seeded combinations.

Everything here is fixed before a server runs: the same sources give the same cases in the same order.
"""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import json
import random
from typing import Any, Callable, Iterator

import awsmodel
import oracle
import variants
from awsmodel import ITEM, KEY, VALUE, Slot
from client import Encoded, Literal, Request
from operations import OPERATIONS, Base
from variants import Sized, Variant
from world import World

SEED = 20260115
DEEP = 4  # steps to a slot


@dataclasses.dataclass(frozen=True)
class Case:
    operation: str
    group: str
    label: str
    make: Callable[[World], Request]
    kind: str = "oracle"  # oracle: derived from the bytes; good: the base request, must work; loose: any proper refusal or success
    good_error: str | None = None

    @property
    def id(self) -> str:
        text = f"{self.operation}-{self.group}-{self.label}"
        plain = text.encode("ascii", "backslashreplace").decode("ascii").replace("\\", "/").replace("::", ":")
        plain = "".join(c if 32 < ord(c) < 127 else "_" for c in plain)
        return plain if len(plain) <= 150 else plain[:130] + hashlib.sha256(text.encode()).hexdigest()[:8]


class Missing(Exception):
    """The base request has no such place."""


def all_cases() -> list[Case]:
    out: list[Case] = []
    inside: set[str] = set()
    for operation in OPERATIONS:
        out += _operation_cases(operation, inside)
    return _distinct(out)


def _distinct(cases: list[Case]) -> list[Case]:
    seen: dict[str, int] = {}
    out = []
    for case in cases:
        count = seen[case.id] = seen.get(case.id, 0) + 1
        out.append(case if count == 1 else dataclasses.replace(case, label=f"{case.label[:60]}~{count}"))
    return out


def _operation_cases(operation: str, inside: set[str]) -> Iterator[Case]:
    entry, op = OPERATIONS[operation], awsmodel.Operation(operation)
    good = [Case(operation, "base", f"good:{n}", base.make, "good", base.refused) for n, base in enumerate(entry.bases)]
    yield from good
    tried: set[tuple[str, str]] = set()
    for slot in op.slots():
        # A shape is tried in full once in a place of an operation, inside members once in all; where it stands again, and
        # deep inside, a few values of each sort show that it is checked there too.
        again = (slot.place, slot.shape) in tried or len(slot.steps) > DEEP or len(slot.steps) > 1 and slot.shape in inside
        tried.add((slot.place, slot.shape))
        if len(slot.steps) > 1 and operation not in oracle.TEMPLATE_WRITES:
            inside.add(slot.shape)
        for variant in variants.few(slot) if again else variants.of(slot):
            yield Case(operation, slot.path, variant.label, _single(entry.bases, slot, variant))
        for label, value in entry.extra.get(slot.path, {}).items():
            yield Case(operation, slot.path, f"extra:{label}", _single(entry.bases, slot, Variant(label, Lazy(value))))
        yield dataclasses.replace(good[0], group=slot.path, label="then-good")
    yield from _query_oddities(operation, entry.bases[0])
    if op.has_body:
        yield from _garbage(operation, entry.bases[0])
        yield dataclasses.replace(good[0], group="garbage", label="then-good")
    yield from _combinations(operation)
    yield dataclasses.replace(good[0], group="combination", label="then-good")


@dataclasses.dataclass(frozen=True)
class Lazy:
    """A value that needs the server's content."""

    make: Callable[[World], Any]


def _single(bases: list[Base], slot: Slot, variant: Variant) -> Callable[[World], Request]:
    def make(w: World) -> Request:
        for base in bases:
            request = base.make(w)
            try:
                apply(w, request, slot, variant)
                return request
            except Missing:
                continue
        for base in bases:
            request = base.make(w)
            try:
                apply(w, request, slot, variant, create=True)
                return request
            except Missing:
                continue
        raise Missing(f"no base of {slot.operation} has room for {slot.path}")
    return make


# --- changing a request -------------------------------------------------------------------------------------------------


def apply(w: World, request: Request, slot: Slot, variant: Variant, create: bool = False) -> None:
    value = variant.value.make(w) if isinstance(variant.value, Lazy) else variant.value
    if slot.place == "uri":
        request.labels[slot.wire] = value
    elif slot.place == "query":
        _apply_query(request, slot, variant, value)
    else:
        _apply_body(request, slot, variant, value, create)


def _apply_query(request: Request, slot: Slot, variant: Variant, value: Any) -> None:
    own = [v for n, v in request.query if n == slot.wire]
    rest = [(n, v) for n, v in request.query if n != slot.wire]
    if variant.how == "remove":
        own = []
    elif variant.how == "twice":
        own = (own or ["a"]) + ["b"]
    elif variant.how == "bare":
        own = [None]
    elif isinstance(value, Sized):
        own = _many(own, value)
    elif slot.steps[-1] == ITEM:
        own = own[:-1] + [value]
    else:
        own = [value]
    request.query = rest + [(slot.wire, v) for v in own]


def _apply_body(request: Request, slot: Slot, variant: Variant, value: Any, create: bool) -> None:
    holder, last = _holder(request.body, slot.steps, create)
    if last == KEY:
        pairs = list(holder.items())
        if not pairs:
            raise Missing
        holder.clear()
        holder.update(pairs[:-1])
        holder[value] = pairs[-1][1]
        return
    if isinstance(holder, list):
        last = len(holder) - 1
    elif last == VALUE:
        last = next(reversed(holder)) if holder else "key"
    present = isinstance(holder, list) or last in holder
    if not present and not create and variant.how == "set" and len(slot.steps) > 1 and not isinstance(value, Lazy):
        raise Missing
    if variant.how == "remove":
        if present:
            del holder[last]
    elif variant.how == "twice":
        holder[Literal(json.dumps(last))] = holder.get(last, "a")
        holder.setdefault(last, "a")
    elif variant.how == "extra":
        inner = holder[last] if present and isinstance(holder[last], dict) else {}
        holder[last] = {**inner, **value}
    elif isinstance(value, Sized):
        holder[last] = _many(holder[last] if present else [], value)
    else:
        holder[last] = value


def _holder(body: Any, steps: tuple[str, ...], create: bool) -> tuple[Any, Any]:
    here = body
    for at, step in enumerate(steps[:-1]):
        following = steps[at + 1]
        if step == ITEM:
            if not here:
                if not create:
                    raise Missing
                here.append({})
            here = here[-1]
        elif step == VALUE:
            if not here:
                raise Missing
            here = here[next(reversed(here))]
        else:
            if here.get(step) is None:
                if not create:
                    raise Missing
                here[step] = [] if following == ITEM else {}
            here = here[step]
        if not isinstance(here, (dict, list)):
            raise Missing
    if steps[-1] == ITEM and not here:
        if not create:
            raise Missing
        here.append(None)
    return here, steps[-1]


def _many(base: Any, size: Sized) -> Any:
    if isinstance(base, dict):
        pairs = list(base.items())[: size.count]
        value = pairs[-1][1] if pairs else "a"
        return dict(pairs + [(f"key {n}", value) for n in range(len(pairs), size.count)])
    if size.filler != "base":
        return [size.filler] * size.count
    out = copy.deepcopy(list(base)[: size.count])
    last = base[-1] if base else "a"
    while len(out) < size.count:
        out.append(f"{last} {len(out)}" if isinstance(last, str) and base and not _enumerated(last) else _renamed(last, len(out)))
    return out


def _enumerated(text: str) -> bool:
    return text.isupper()


def _renamed(value: Any, n: int) -> Any:
    value = copy.deepcopy(value)
    if isinstance(value, dict) and isinstance(value.get("Id"), dict) and "Name" in value["Id"]:
        value["Id"]["Name"] = f"{value['Id']['Name']} {n}"
    return value


# --- structural cases ---------------------------------------------------------------------------------------------------


def _with_body(base: Base, change: Callable[[Request], bytes], headers: dict[str, str] | None = None) -> Callable[[World], Request]:
    def make(w: World) -> Request:
        request = base.make(w)
        request.raw_body = change(request)
        request.headers.update(headers or {})
        return request
    return make


def _garbage(operation: str, base: Base) -> Iterator[Case]:
    good = lambda r: r.payload
    raw: dict[str, Callable[[Request], bytes]] = {
        "empty": lambda r: b"",
        "space": lambda r: b"  ",
        "null": lambda r: b"null",
        "array": lambda r: b"[]",
        "array-of-good": lambda r: b"[" + good(r) + b"]",
        "string": lambda r: b'"a"',
        "number": lambda r: b"1",
        "true": lambda r: b"true",
        "word": lambda r: b"hello",
        "form": lambda r: b"Name=a&Type=b",
        "xml": lambda r: b"<Name>a</Name>",
        "one-byte": lambda r: b"{",
        "cut-half": lambda r: good(r)[: len(good(r)) // 2],
        "cut-last": lambda r: good(r)[:-1],
        "cut-in-name": lambda r: b'{"Name":',
        "trailing-brace": lambda r: good(r) + b"}",
        "trailing-second-object": lambda r: good(r) + good(r),
        "trailing-nul": lambda r: good(r) + b"\x00",
        "trailing-comma": lambda r: good(r)[:-1] + b",}",
        "leading-comma": lambda r: b"{," + good(r)[1:],
        "trailing-newlines": lambda r: good(r) + b"\r\n\n",
        "leading-space": lambda r: b" \t\r\n" + good(r),
        "byte-order-mark": lambda r: b"\xef\xbb\xbf" + good(r),
        "utf-16": lambda r: good(r).decode().encode("utf-16"),
        "comment": lambda r: good(r)[:-1] + b"/* a */}",
        "single-quotes": lambda r: b"{'Name': 'a'}",
        "bare-key": lambda r: b"{Name: 1}",
        "number-key": lambda r: b"{1: 1}",
        "nan": lambda r: good(r)[:-1] + b', "x-unknown": NaN}',
        "invalid-utf8": lambda r: good(r)[:-1] + b', "x-unknown": "\xff"}',
        "overlong-utf8": lambda r: good(r)[:-1] + b', "x-unknown": "\xc0\x80"}',
        "surrogate-utf8": lambda r: good(r)[:-1] + b', "x-unknown": "\xed\xa0\x80"}',
        "cut-utf8": lambda r: good(r)[:-1] + b', "x-unknown": "\xf0\x9f\x99"}',
        "raw-emoji": lambda r: good(r)[:-1] + ', "x-unknown": "\U0001f642"}'.encode(),
        "unknown-key-twice": lambda r: good(r)[:-1] + b', "x-unknown": 1, "x-unknown": 1}',
        "escaped-key-twice": lambda r: good(r)[:-1] + b', "x-a": 1, "x-\\u0061": 1}',
        "escaped-key": lambda r: good(r)[:-1] + b', "x\\u002dunknown": 1}',
        "empty-key": lambda r: good(r)[:-1] + b', "": 1}',
        "many-unknown": lambda r: good(r)[:-1] + b"".join(b', "x-%d": %d' % (n, n) for n in range(20_000)) + b"}",
        "long-unknown": lambda r: good(r)[:-1] + b', "x-unknown": "' + b"a" * 1_000_000 + b'"}',
        "deep-arrays": lambda r: good(r)[:-1] + b', "x-unknown": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "deep-objects": lambda r: good(r)[:-1] + b', "x-unknown": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
        "deep-unclosed": lambda r: b"[" * 100_000,
        "long-number": lambda r: good(r)[:-1] + b', "x-unknown": ' + b"1" * 50_000 + b"}",
        "nul-bytes": lambda r: b"\x00" * 1000,
        "prototype": lambda r: good(r)[:-1] + b', "__proto__": {"a": 1}, "__type": "x"}',
    }
    for label, change in raw.items():
        kind = "loose" if label in ("deep-arrays", "deep-objects", "long-number") else "oracle"
        yield Case(operation, "garbage", label, _with_body(base, change), kind)
    for label, content_type in {"absent": "", "amz-json": "application/x-amz-json-1.1", "charset": "application/json; charset=utf-8"}.items():
        yield Case(operation, "content-type", label, _with_body(base, good, {"Content-Type": content_type}))
    for label, content_type in {"text": "text/plain", "form": "application/x-www-form-urlencoded", "broken": ";;;=", "long": "a/" + "b" * 2000}.items():
        yield Case(operation, "content-type", label, _with_body(base, good, {"Content-Type": content_type}), "loose")


def _query_oddities(operation: str, base: Base) -> Iterator[Case]:
    def plus(*pairs: tuple[Any, Any]) -> Callable[[World], Request]:
        def make(w: World) -> Request:
            request = base.make(w)
            request.query = request.query + list(pairs)
            return request
        return make

    yield Case(operation, "query", "unknown", plus(("x-unknown", "1")))
    yield Case(operation, "query", "unknown-bare", plus(("x-unknown", None)))
    yield Case(operation, "query", "unknown-twice", plus(("x-unknown", "1"), ("x-unknown", "2")))
    yield Case(operation, "query", "empty-name", plus(("", "1")))
    yield Case(operation, "query", "empty-pieces", plus(("", None), ("", None)))
    yield Case(operation, "query", "long-unknown", plus(("x-unknown", "a" * 4000)))
    yield Case(operation, "query", "other-spelling", plus(("MAXRESULTS", "0"), ("Status", "x")))
    for label, text in variants.BAD_PERCENT.items():
        yield Case(operation, "query", f"unknown:{label}", plus(("x-unknown", Encoded(text))), "loose")
        yield Case(operation, "query", f"name:{label}", plus((Encoded("x" + text), "1")), "loose")


# --- combinations -------------------------------------------------------------------------------------------------------


def _combinations(operation: str) -> Iterator[Case]:
    """Two to four slots changed at once: every violation has to be reported, and the order of checks shows."""
    entry, op = OPERATIONS[operation], awsmodel.Operation(operation)
    pools = [(slot, [v for v in variants.of(slot) if _combinable(v)]) for slot in op.slots()]
    pools = [(slot, pool) for slot, pool in pools if pool]
    dice = random.Random(f"{SEED} {operation}")
    for n in range(entry.combinations):
        count = min(len(pools), dice.choice((2, 2, 3, 4)))
        chosen = sorted(dice.sample(range(len(pools)), count))
        changes = [(pools[at][0], dice.choice(pools[at][1])) for at in chosen]
        yield Case(operation, "combination", f"{n}:" + "+".join(f"{s.path}={v.label}" for s, v in changes), _several(entry.bases, changes))


def _combinable(variant: Variant) -> bool:
    big = isinstance(variant.value, str) and len(variant.value) > 6000
    return not big and not isinstance(variant.value, (Literal, Encoded)) and variant.how in ("set", "remove", "extra")


def _several(bases: list[Base], changes: list[tuple[Slot, Variant]]) -> Callable[[World], Request]:
    def make(w: World) -> Request:
        request = bases[0].make(w)
        for slot, variant in reversed(changes):
            try:
                apply(w, request, slot, variant, create=True)
            except (Missing, AttributeError, TypeError, KeyError, IndexError):
                continue  # an earlier change took the place away
        return request
    return make
