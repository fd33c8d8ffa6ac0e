"""The published service model, as the installed botocore package carries it, and the slots of an operation's input.

A slot is one place in a request that can hold a value: a label of the path, a query parameter, or a member of the body at
any depth (list items, map keys and map values included). The suite makes its cases slot by slot.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import Any, Iterator

import botocore.session

SERVICE = "connect"
API_VERSION = "2017-08-08"

ITEM = "[]"
KEY = "{key}"
VALUE = "{value}"


@functools.lru_cache(maxsize=None)
def document() -> dict[str, Any]:
    """The model document of the service."""
    loader = botocore.session.Session().get_component("data_loader")
    return loader.load_service_model(SERVICE, "service-2", api_version=API_VERSION)


def shape(name: str) -> dict[str, Any]:
    return document()["shapes"][name]


@dataclasses.dataclass(frozen=True)
class Operation:
    name: str

    @property
    def _raw(self) -> dict[str, Any]:
        return document()["operations"][self.name]

    @property
    def method(self) -> str:
        return self._raw["http"]["method"]

    @property
    def uri(self) -> str:
        return self._raw["http"]["requestUri"]

    @property
    def input(self) -> dict[str, Any]:
        return shape(self._raw["input"]["shape"]) if "input" in self._raw else {"type": "structure", "members": {}}

    @property
    def output(self) -> str | None:
        return self._raw["output"]["shape"] if "output" in self._raw else None

    @property
    def errors(self) -> dict[str, int]:
        """Declared exceptions and their HTTP status."""
        return {e["shape"]: shape(e["shape"])["error"]["httpStatusCode"] for e in self._raw["errors"]}

    def declares(self, name: str) -> bool:
        return name in self.errors

    def members(self, place: str) -> dict[str, dict[str, Any]]:
        """Members of the input that travel in `place`: uri, query or body."""
        return {k: v for k, v in self.input["members"].items() if place_of(v) == place}

    @property
    def has_body(self) -> bool:
        return bool(self.members("body"))

    def slots(self) -> list["Slot"]:
        return list(_walk_input(self))


def place_of(member: dict[str, Any]) -> str:
    return {"uri": "uri", "querystring": "query", None: "body"}[member.get("location")]


def wire_name(name: str, member: dict[str, Any]) -> str:
    return member.get("locationName", name)


@dataclasses.dataclass(frozen=True)
class Slot:
    operation: str
    place: str
    steps: tuple[str, ...]
    shape: str
    required: bool
    wire: str

    @property
    def path(self) -> str:
        """For people and test ids: `Fields[].Id.Name`, `tags{key}`."""
        out = ""
        for step in self.steps:
            out += step if step in (ITEM, KEY, VALUE) else ("." if out else "") + step
        return out

    @property
    def definition(self) -> dict[str, Any]:
        return shape(self.shape)

    @property
    def type(self) -> str:
        return self.definition["type"]


def _walk_input(op: Operation) -> Iterator[Slot]:
    required = set(op.input.get("required", ()))
    for name, member in op.input["members"].items():
        place, wire = place_of(member), wire_name(name, member)
        yield from _walk(op.name, place, (name,), member["shape"], name in required, wire, ())


def _walk(op: str, place: str, steps: tuple[str, ...], name: str, required: bool, wire: str, seen: tuple[str, ...]) -> Iterator[Slot]:
    yield Slot(op, place, steps, name, required, wire)
    if name in seen:
        return
    here, seen = shape(name), seen + (name,)
    kind = here["type"]
    if kind == "structure":
        needed = set(here.get("required", ()))
        for child, member in here["members"].items():
            yield from _walk(op, place, steps + (child,), member["shape"], child in needed, wire, seen)
    elif kind == "list":
        yield from _walk(op, place, steps + (ITEM,), here["member"]["shape"], False, wire, seen)
    elif kind == "map":
        yield from _walk(op, place, steps + (KEY,), here["key"]["shape"], False, wire, seen)
        yield from _walk(op, place, steps + (VALUE,), here["value"]["shape"], False, wire, seen)


def conform(name: str, value: Any, path: str = "") -> Iterator[str]:
    """What is wrong with an answer when it is compared with its output shape. Strict clients refuse such answers."""
    here = shape(name)
    kind = here["type"]
    if value is None:
        yield f"{path or 'body'} is null"
    elif kind == "structure":
        if not isinstance(value, dict):
            yield f"{path or 'body'} is no object"
            return
        for member in here.get("required", ()):
            if member not in value:
                yield f"{path}.{member} is missing"
        for member, inner in value.items():
            if member not in here["members"]:
                yield f"{path}.{member} is not in the model"
            else:
                yield from conform(here["members"][member]["shape"], inner, f"{path}.{member}")
    elif kind == "list":
        if not isinstance(value, list):
            yield f"{path} is no list"
            return
        for at, inner in enumerate(value):
            yield from conform(here["member"]["shape"], inner, f"{path}[{at}]")
    elif kind == "map":
        if not isinstance(value, dict):
            yield f"{path} is no object"
            return
        for key, inner in value.items():
            yield from conform(here["value"]["shape"], inner, f"{path}[{key!r}]")
    elif not _scalar_fits(kind, value):
        yield f"{path} is no {kind}"
    elif "enum" in here and value not in here["enum"]:
        yield f"{path} is {value!r}, not in the enum"


def _scalar_fits(kind: str, value: Any) -> bool:
    if kind == "string":
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in ("integer", "long"):
        return isinstance(value, int) and not isinstance(value, bool)
    if kind in ("timestamp", "double", "float"):
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return False
