"""The answer that a request should get by the published model, derived from its final bytes.

`examine` parses path, query and body on its own and lists every violated constraint; `verdict` turns that list into the
exceptions the specification prescribes (task-templates 0.5 and 0.6, tasks 1.1.9, protocol 9.2). Rules that the model does
not know (a flow must exist) are the business of operations.py.
"""

from __future__ import annotations

import dataclasses
import json
import re
import unicodedata
import urllib.parse
from typing import Any, Callable, Iterator

import awsmodel
from client import Request

TEMPLATE_WRITES = ("CreateTaskTemplate", "UpdateTaskTemplate")


@dataclasses.dataclass(frozen=True)
class Deviation:
    """A place where the specification overrules the model, on purpose."""

    rule: str
    operation: str
    path: str
    what: str


DEVIATIONS = (
    Deviation("task-templates 2.2.5", "CreateTaskTemplate", "Fields[].Id", "a field without Id is reported at Fields[n].Id.Name"),
    Deviation("task-templates 2.2.5", "UpdateTaskTemplate", "Fields[].Id", "a field without Id is reported at Fields[n].Id.Name"),
    Deviation("task-templates 8 row 55", "CreateTaskTemplate", "ClientToken", "too long is InvalidParameterException, no property"),
    Deviation("tasks 1.4", "CreateQuickConnect", "QuickConnectConfig.PhoneConfig.PhoneNumber", "the model's pattern is escaped once too often; E.164 is meant"),
    Deviation("tasks 1.4", "UpdateQuickConnectConfig", "QuickConnectConfig.PhoneConfig.PhoneNumber", "the model's pattern is escaped once too often; E.164 is meant"),
    Deviation("tasks 1.4", "CreateUser", "Password", "the model's pattern stands between slashes that are not meant"),
    Deviation("tasks 1.4", "CreateUser", "IdentityInfo.Mobile", "the model's pattern is escaped once too often; E.164 is meant"),
    Deviation("administration 1.1.5", "UpdateQueueName", "Description", "an empty description clears it"),
    Deviation("administration 1.1.5", "UpdateHoursOfOperationOverride", "Description", "an empty description clears it"),
    Deviation("administration 1.1.5", "UpdateContactFlowModuleMetadata", "Description", "an empty description clears it"),
    Deviation("administration 1.1.5", "UpdateContactFlowModuleAlias", "Description", "an empty description clears it"),
    Deviation("administration 2.7.4", "*", "*", "an empty phone number is none"),
    Deviation("task-templates 5.1.3", "*", "References{value}.Value", "a JSON number is taken, too"),
    Deviation("behaviour B8", "*", "*", "a text with U+0000 breaks a constraint, which the model cannot say"),
    Deviation("tasks 1.1.9", "CreateInstance", "*", "InvalidRequestException: InvalidParameterException is not declared"),
)


def deviates(operation: str, path: str) -> Deviation | None:
    plain = re.sub(r"\[\d+\]", "[]", path)
    return next((d for d in DEVIATIONS if d.operation == operation and d.path == plain), None)


@dataclasses.dataclass(frozen=True)
class Violation:
    place: str  # uri, query, body
    kind: str  # missing, type, length, range, size, enum, pattern, nul
    path: str  # with indices: Fields[2].Id.Name, tags["a b"]
    member: str  # top-level member


@dataclasses.dataclass
class Examined:
    violations: list[Violation]
    body_error: bool = False
    body_doubtful: bool = False  # a body that some correct parsers refuse: depth, numbers beyond any type, null as a whole
    doubtful: set[str] = dataclasses.field(default_factory=set)  # paths whose reading is open: repeated scalars, "+1"
    bad_encoding: bool = False
    body: dict[str, Any] = dataclasses.field(default_factory=dict)
    labels: dict[str, str] = dataclasses.field(default_factory=dict)
    query: dict[str, list[str]] = dataclasses.field(default_factory=dict)


# --- patterns -----------------------------------------------------------------------------------------------------------


def _tag_key(text: str) -> bool:
    return not text.startswith("aws:") and all(unicodedata.category(c)[0] in "LZN" or c in "_.:/=+-@" for c in text)


def _readable(text: str) -> bool:
    return all(c in "\r\n\t" or unicodedata.category(c)[0] != "C" for c in text)


def _e164(text: str) -> bool:
    """An empty number is none (administration 2.7.4)."""
    return text == "" or re.search(r"\+[1-9][0-9]{1,14}\Z", text) is not None


def _password(text: str) -> bool:
    """The slashes around the model's pattern are not meant."""
    return re.fullmatch(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])\S{8,64}", text, re.DOTALL) is not None


PATTERNS: dict[str, Callable[[str], bool]] = {
    r".*\S.*": lambda text: not all(c.isspace() for c in text),
    r"^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$": _tag_key,
    r"\\+[1-9]\\d{1,14}$": _e164,
    r"^[\P{C}\r\n\t]{1,127}$": lambda text: 1 <= len(text) <= 127 and _readable(text),
    r"^[\P{C}\r\n\t]{1,250}$": lambda text: 1 <= len(text) <= 250 and _readable(text),
    r"\+[1-9]\d{1,14}$": _e164,
    r"^\P{C}*$": lambda text: all(unicodedata.category(c)[0] != "C" for c in text),
    r"/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z\d\S]{8,64}$/": _password,
}


def matches(pattern: str, text: str) -> bool:
    if pattern in PATTERNS:
        return PATTERNS[pattern](text)
    if r"\p{" in pattern or r"\P{" in pattern:
        raise NotImplementedError(f"add the pattern to PATTERNS: {pattern}")
    # `$` means the end, not "the end or before a last line feed"; \d means what the model's dialect means: ASCII.
    return re.search(re.sub(r"(?<!\\)\$$", r"\\Z", pattern), text, re.ASCII) is not None


# --- reading a request --------------------------------------------------------------------------------------------------


class _BodyError(Exception):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) != len(pairs):
        raise _BodyError("duplicate key")
    return out


def _no_constant(text: str) -> Any:
    raise _BodyError(text)


def _has_surrogate(value: Any) -> bool:
    if isinstance(value, str):
        return any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, dict):
        return any(_has_surrogate(k) or _has_surrogate(v) for k, v in value.items())
    return isinstance(value, list) and any(_has_surrogate(v) for v in value)


_JSON = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)


def parse_body(payload: bytes) -> tuple[Any, bool]:
    """The JSON value, and whether a correct parser may refuse it. Raises _BodyError."""
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError as e:
        raise _BodyError("not UTF-8") from e
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)  # the text without its strings
    depth = _depth(bare)
    if depth > 1500:
        return {}, True
    try:
        value = _JSON.decode(text)
    except _BodyError:
        raise
    except ValueError as e:
        raise _BodyError(str(e)) from e
    if "\\ud" in text.lower() and _has_surrogate(value):
        raise _BodyError("lone surrogate")
    return value, depth > 60 or re.search(r"\d[eE]\+?[0-9]{3}", bare) is not None


def _depth(bare: str) -> int:
    if bare.count("[") + bare.count("{") < 50:
        return 0
    deepest = here = 0
    for c in bare:
        if c in "[{":
            here += 1
            deepest = max(deepest, here)
        elif c in "]}":
            here -= 1
    return deepest


def decode_percent(text: str) -> str | None:
    """None: a bad percent sequence, or no UTF-8."""
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        return None
    try:
        return urllib.parse.unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        return None


def examine(request: Request, operation: str) -> Examined:
    op = awsmodel.Operation(operation)
    found = Examined([])
    _examine_path(request, op, found)
    _examine_query(request, op, found)
    if op.has_body:
        _examine_body(request, op, found)
    if found.body.get("Description") == "" and deviates(operation, "Description"):
        found.violations = [v for v in found.violations if v.path != "Description"]
    order = {name: at for at, name in enumerate(op.input["members"])}
    found.violations.sort(key=lambda v: order.get(v.member, 99))
    return found


def _examine_path(request: Request, op: awsmodel.Operation, found: Examined) -> None:
    segments = {name: value for name, value in request.labels.items()}
    for name, member in op.members("uri").items():
        value = segments[awsmodel.wire_name(name, member)]
        text = decode_percent(value.text) if hasattr(value, "text") else value
        if text is None:
            found.bad_encoding = True
            continue
        found.labels[name] = text
        found.violations += _text_scalar(member["shape"], text, "uri", name, found)


def _examine_query(request: Request, op: awsmodel.Operation, found: Examined) -> None:
    raw = request.target.partition("?")[2]
    pairs: list[tuple[str, str]] = []
    for piece in raw.split("&") if raw else []:
        name, _, value = piece.partition("=")
        decoded = decode_percent(name), decode_percent(value)
        if None in decoded:
            found.bad_encoding = True
            continue
        pairs.append(decoded)  # type: ignore[arg-type]
    needed = set(op.input.get("required", ()))
    for name, member in op.members("query").items():
        wire = awsmodel.wire_name(name, member)
        values = [v for n, v in pairs if n == wire]
        found.query[name] = values
        here = awsmodel.shape(member["shape"])
        if not values:
            if name in needed and not found.bad_encoding:
                found.violations.append(Violation("query", "missing", name, name))
        elif here["type"] == "list":
            found.violations += _value(member["shape"], values, "query", name, name)
            if values == [""]:
                found.doubtful.add(name)
        else:
            if len(set(values)) > 1:
                found.doubtful.add(name)
            found.violations += _text_scalar(member["shape"], values[0], "query", name, found)


def _text_scalar(name: str, text: str, place: str, path: str, found: Examined) -> Iterator[Violation]:
    """A value that travels as text, in the path or the query."""
    here = awsmodel.shape(name)
    if here["type"] in ("integer", "long"):
        if text == "":
            found.doubtful.add(path)  # W1.4.5 speaks of strings only
        elif not re.fullmatch(r"-?(0|[1-9][0-9]*)", text):
            if re.fullmatch(r"[+-]?[0-9]+", text):
                found.doubtful.add(path)
            else:
                yield Violation(place, "type", path, path)
        else:
            yield from _value(name, int(text), place, path, path)
    elif here["type"] == "boolean":
        if text not in ("true", "false"):
            yield Violation(place, "type", path, path)
    elif here["type"] == "timestamp":
        found.doubtful.add(path)
    else:
        yield from _scalar(name, text, place, path, path)


def _examine_body(request: Request, op: awsmodel.Operation, found: Examined) -> None:
    payload = request.payload or b""
    try:
        value, found.body_doubtful = parse_body(payload) if payload else ({}, False)
    except _BodyError:
        found.body_error = True
        return
    if value is None:
        found.body_doubtful, value = True, {}
    if not isinstance(value, dict):
        found.body_error = True
        return
    found.body = value = _without_null_items(value)
    _numbers_of_references(op, found)
    needed = set(op.input.get("required", ()))
    for name, member in op.members("body").items():
        found.violations += _member(value, awsmodel.wire_name(name, member), member["shape"], name in needed, name, name)


def _numbers_of_references(op: awsmodel.Operation, found: Examined) -> None:
    """task-templates 5.1.3: a JSON number is taken as the value of a reference, at least of the types NUMBER and DATE."""
    references = found.body.get("References") if "References" in op.input["members"] else None
    for key, entry in references.items() if isinstance(references, dict) else ():
        value = entry.get("Value") if isinstance(entry, dict) else None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            entry["Value"] = ""
            found.doubtful.add(f"References[{json.dumps(key)}].Value")


def _without_null_items(value: Any) -> Any:
    """0.10, W1.5.3: null is absence, in lists too, where clients drop it before sending."""
    if isinstance(value, dict):
        return {k: _without_null_items(v) for k, v in value.items()}
    return [_without_null_items(v) for v in value if v is not None] if isinstance(value, list) else value


def _member(holder: dict[str, Any], wire: str, shape: str, needed: bool, path: str, top: str) -> Iterator[Violation]:
    value = holder.get(wire)
    if value is None:
        if needed:
            yield Violation("body", "missing", path, top)
    else:
        yield from _value(shape, value, "body", path, top)


def _timestamp(value: Any) -> bool:
    """W1.5.6: epoch seconds of the years 1 to 9999, or leniently a date as text."""
    if isinstance(value, str):
        return re.match(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is not None
    return isinstance(value, (int, float)) and not isinstance(value, bool) and -62_135_596_800 <= value < 253_402_300_800


JSON_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "long": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "double": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "float": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "timestamp": _timestamp,
    "list": lambda v: isinstance(v, list),
    "map": lambda v: isinstance(v, dict),
    "structure": lambda v: isinstance(v, dict),
}


def _value(name: str, value: Any, place: str, path: str, top: str) -> Iterator[Violation]:
    here = awsmodel.shape(name)
    kind = here["type"]
    if not JSON_TYPES[kind](value):
        yield Violation(place, "type", path, top)
    elif kind == "structure":
        needed = set(here.get("required", ()))
        for child, member in here["members"].items():
            yield from _member(value, awsmodel.wire_name(child, member), member["shape"], child in needed, f"{path}.{child}", top)
    elif kind == "list":
        if not here.get("min", 0) <= len(value) <= here.get("max", 10**9):
            yield Violation(place, "size", path, top)
        for at, item in enumerate(value):
            yield from _value(here["member"]["shape"], item, place, f"{path}[{at}]", top)
    elif kind == "map":
        live = {k: v for k, v in value.items() if v is not None}
        if not here.get("min", 0) <= len(live) <= here.get("max", 10**9):
            yield Violation(place, "size", path, top)
        for key, item in live.items():
            at = f"{path}[{json.dumps(key, ensure_ascii=False)}]"
            yield from _scalar(here["key"]["shape"], key, place, at, top)
            yield from _value(here["value"]["shape"], item, place, at, top)
    else:
        yield from _scalar(name, value, place, path, top)


def _scalar(name: str, value: Any, place: str, path: str, top: str) -> Iterator[Violation]:
    here = awsmodel.shape(name)
    if here["type"] == "string":
        if "enum" in here:
            if value not in here["enum"]:
                yield Violation(place, "enum", path, top)
        elif not here.get("min", 0) <= len(value) <= here.get("max", 10**9):
            yield Violation(place, "length", path, top)
        elif "\0" in value:
            yield Violation(place, "nul", path, top)
        elif "pattern" in here and not matches(here["pattern"], value):
            yield Violation(place, "pattern", path, top)
    elif here["type"] in ("integer", "long", "double", "float"):
        bits = {"integer": 31, "long": 63}.get(here["type"], 1023)
        if not max(here.get("min", -(2**bits)), -(2**bits)) <= value <= min(here.get("max", 2**bits - 1), 2**bits - 1):
            yield Violation(place, "range", path, top)


# --- what is due --------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Expect:
    """What an answer may be: 200 (`ok`), or one of `errors`; then each of `named` is named by the message, and, for
    PropertyValidationException, `properties` are the (path, reason) pairs of its list, `open_properties` may be there too."""

    ok: bool = False
    errors: frozenset[str] = frozenset()
    named: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] | None = None
    open_properties: tuple[tuple[str, str], ...] | None = ()  # None: anything more may be there
    why: str = ""

    @staticmethod
    def accepted(why: str = "") -> "Expect":
        return Expect(ok=True, why=why)

    @staticmethod
    def refused(*errors: str, named: tuple[str, ...] = (), why: str = "") -> "Expect":
        return Expect(errors=frozenset(errors), named=named, why=why)

    @staticmethod
    def open(*errors: str, why: str = "") -> "Expect":
        """Both are fine: the specification does not say."""
        return Expect(ok=True, errors=frozenset(errors), why=why)

    def __or__(self, other: "Expect") -> "Expect":
        return Expect(self.ok or other.ok, self.errors | other.errors, (), None, (), f"{self.why} or {other.why}")


def constraint_error(op: awsmodel.Operation) -> str:
    return "InvalidParameterException" if op.declares("InvalidParameterException") else "InvalidRequestException"


def body_error(op: awsmodel.Operation) -> str:
    return "InvalidRequestException" if op.declares("InvalidRequestException") else "InvalidParameterException"


def verdict(operation: str, found: Examined) -> Expect | None:
    """None: the model has nothing against the request."""
    op = awsmodel.Operation(operation)
    constraint, unreadable = constraint_error(op), body_error(op)
    outside = [v for v in found.violations if v.place != "body"]
    if found.bad_encoding:
        # W1.3.4 gives the status alone; a request whose own form is unclear may also fail its signature.
        return Expect.refused(constraint, unreadable, "InvalidSignatureException", why="protocol W1.3.4")
    if found.body_error:
        if outside:
            return Expect.refused(constraint, unreadable, why="0.6: path and query first, all may be reported")
        return Expect.refused(unreadable, why="body is no JSON object")
    if not found.violations:
        return None
    if operation in TEMPLATE_WRITES:
        early = [v for v in found.violations if v.place != "body" or v.kind == "type" or deviates(operation, v.path) and v.member == "ClientToken"]
        if early:
            return Expect.refused("InvalidParameterException", named=_paths(early), why="task-templates 0.5, 0.6")
        return None  # properties are reported by the template rules, which know these violations as well
    return Expect.refused(constraint, named=_paths(found.violations), why="tasks 1.1.9, task-templates 0.5")


def _paths(violations: list[Violation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.path for v in violations))
