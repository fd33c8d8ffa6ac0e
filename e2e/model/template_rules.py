"""Section 2 of the template rules, written a second time: which properties of a Create or Update are refused, and why.

Written from the specification alone, as a check on the engine. `Found.must` are the (path, reason) pairs that have to be in
PropertyList, `Found.may` those that the specification leaves open for requests with several related faults.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from typing import Any

MISSING = "REQUIRED_PROPERTY_MISSING"
FORMAT = "INVALID_FORMAT"
UNIQUE = "UNIQUE_CONSTRAINT_VIOLATED"
UNKNOWN = "REFERENCED_RESOURCE_NOT_FOUND"
TAKEN = "RESOURCE_NAME_ALREADY_EXISTS"
UNSUPPORTED = "NOT_SUPPORTED"

TYPES = (
    "NAME", "DESCRIPTION", "SCHEDULED_TIME", "QUICK_CONNECT", "URL", "NUMBER", "TEXT", "TEXT_AREA", "DATE_TIME", "BOOLEAN", "SINGLE_SELECT",
    "EMAIL", "SELF_ASSIGN", "EXPIRY_DURATION",
)
SYSTEM = ("NAME", "DESCRIPTION", "SCHEDULED_TIME", "QUICK_CONNECT", "SELF_ASSIGN", "EXPIRY_DURATION")
LIST_LIMIT = 56
CUSTOM_LIMIT = 50
OPTION_LIMIT = 50

ORDER = ("Name", "Description", "ContactFlowId", "SelfAssignFlowId", "ContactHooks", "Constraints", "Defaults", "Status", "Fields")


@dataclasses.dataclass
class Known:
    """What the instance holds, as far as templates care."""

    flow_ids: set[str]  # published, of a type that tasks start in
    other_flow_ids: set[str]  # existing, but of another type or unpublished
    quick_connect_ids: set[str]
    module_ids: set[str]
    arn_prefix: str
    taken_names: set[str]

    def bare(self, text: str, kind: str) -> str:
        prefix = f"{self.arn_prefix}/{kind}/"
        return text[len(prefix):] if text.startswith(prefix) else text


@dataclasses.dataclass
class Found:
    must: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    may: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    over_quota: bool = False

    def add(self, path: str, reason: str) -> None:
        at = re.match(r"[\w.]+\[(\d+)\]", path)
        if at and int(at[1]) >= LIST_LIMIT:
            self.may.append((path, reason))  # beyond the limit of a list, the list alone may be reported
        elif path not in (p for p, _ in self.must):
            self.must.append((path, reason))
        else:
            self.may.append((path, reason))


def is_blank(text: str) -> bool:
    return all(c.isspace() and c not in "\x1c\x1d\x1e\x1f" for c in text)


def has_control(text: str, allowed: str = "") -> bool:
    return any(unicodedata.category(c) == "Cc" and c not in allowed for c in text)


LINES = "\t\n\r"


def name_fault(text: str, limit: int = 100) -> bool:
    return not 1 <= len(text) <= limit or is_blank(text) or has_control(text)


def check(body: dict[str, Any], known: Known, *, update: bool) -> Found:
    found = Found()
    fields = body.get("Fields") or []
    _top(body, known, found)
    _flows(body, fields, known, found)
    _constraints(body, fields, found)
    _defaults(body, fields, known, found)
    if body.get("Status") is None:
        if update:
            found.add("Status", MISSING)
    elif body["Status"] not in ("ACTIVE", "INACTIVE"):
        found.add("Status", FORMAT)
    _fields(fields, found)
    found.must.sort(key=lambda pair: ORDER.index(re.match(r"\w+", pair[0])[0]))
    return found


def _top(body: dict[str, Any], known: Known, found: Found) -> None:
    name = body.get("Name")
    if name is None:
        found.add("Name", MISSING)
    elif name_fault(name):
        found.add("Name", FORMAT)
    elif name in known.taken_names:
        found.add("Name", TAKEN)
    text = body.get("Description")
    if text is not None and (not 1 <= len(text) <= 255 or has_control(text, LINES)):
        found.add("Description", FORMAT)


def _flows(body: dict[str, Any], fields: list[Any], known: Known, found: Found) -> None:
    for member in ("ContactFlowId", "SelfAssignFlowId"):
        flow = body.get(member) or None
        if flow is None:
            quick = any(f and f.get("Type") == "QUICK_CONNECT" for f in fields)
            if member == "ContactFlowId" and fields and not quick:
                found.add(member, MISSING)
        elif len(flow) > 500:
            found.add(member, FORMAT)
        else:
            bare = known.bare(flow, "contact-flow")
            if "\0" in bare:
                found.may.append((member, FORMAT))  # behaviour B8 and 2.3.3 at once
            if ":$" in bare:
                found.may.append((member, UNSUPPORTED))  # a draft cannot be run, whether it exists or not
            if bare in known.other_flow_ids:
                found.add(member, UNSUPPORTED)
            elif bare not in known.flow_ids:
                found.add(member, UNKNOWN)
    module = (body.get("ContactHooks") or {}).get("WrapUpFlowId")
    if module is not None:
        if not 1 <= len(module) <= 256:
            found.add("ContactHooks.WrapUpFlowId", FORMAT)
        elif known.bare(module, "flow-module") not in known.module_ids:
            found.add("ContactHooks.WrapUpFlowId", UNKNOWN)
            if "\0" in module:
                found.may.append(("ContactHooks.WrapUpFlowId", FORMAT))
            if ":$" in module:
                found.may.append(("ContactHooks.WrapUpFlowId", UNSUPPORTED))


def field_name(holder: Any) -> str | None:
    return ((holder or {}).get("Id") or {}).get("Name")


def _type(field: Any) -> str:
    kind = (field or {}).get("Type")
    return "TEXT" if kind is None else kind


def usable(name: str | None) -> bool:
    return name is not None and not name_fault(name)


def _constraints(body: dict[str, Any], fields: list[Any], found: Found) -> None:
    constraints = body.get("Constraints")
    if constraints is None:
        found.add("Constraints", MISSING)
        return
    names = {field_name(f) for f in fields}
    required = constraints.get("RequiredFields") or []
    required_names = {field_name(e) for e in required}
    if not required:
        found.add("Constraints.RequiredFields", MISSING)
    main = next((f for f in fields if f and f.get("Type") == "NAME"), None)
    if required and main is not None and field_name(main) not in required_names:
        if usable(field_name(main)):
            found.add("Constraints.RequiredFields", MISSING)
        else:
            found.may.append(("Constraints.RequiredFields", MISSING))
    given = _defaulted(body)
    for kind in ("RequiredFields", "ReadOnlyFields", "InvisibleFields"):
        entries = constraints.get(kind) or []
        if len(entries) > LIST_LIMIT:
            found.add(f"Constraints.{kind}", FORMAT)
        seen: set[str] = set()
        for at, entry in enumerate(entries):
            path = f"Constraints.{kind}[{at}].Id.Name"
            name = field_name(entry)
            if name is None:
                found.add(path, MISSING)
                continue
            if not 1 <= len(name) <= 100:
                found.add(path, FORMAT)
                continue
            if fields and name not in names:
                found.add(path, UNKNOWN)
                if name_fault(name):
                    found.may.append((path, FORMAT))
            elif name in seen:
                found.add(path, UNIQUE)
            if fields and kind != "RequiredFields" and name in required_names and name in names and name not in given["sure"]:
                (found.may.append if name in given["open"] else lambda pair: found.add(*pair))((path, MISSING))
            seen.add(name)


def _defaulted(body: dict[str, Any]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {"sure": set(), "open": set()}
    types = {field_name(f): _type(f) for f in reversed(body.get("Fields") or [])}
    for entry in (body.get("Defaults") or {}).get("DefaultFieldValues") or []:
        name, value = field_name(entry), (entry or {}).get("DefaultValue")
        if name is not None and value:
            (out["sure"] if name in types else out["open"]).add(name)
    return out


VALUES = {
    "SCHEDULED_TIME": r"[0-9]{1,11}(\.[0-9]{1,9})?",
    "SELF_ASSIGN": "true|false",
    "BOOLEAN": "true|false",
    "NUMBER": r"-?[0-9]+(\.[0-9]+)?",
    "DATE_TIME": r"-?[0-9]{1,11}",
    "EMAIL": r"[^\s@]+@[^\s@]+\.[^\s@]+",
    "EXPIRY_DURATION": r"[0-9]{1,6}",
}
LIMITS = {"NAME": 1024, "DESCRIPTION": 4096, "TEXT": 511, "TEXT_AREA": 4095, "NUMBER": 100, "URL": 4096, "EMAIL": 255, "QUICK_CONNECT": 500}


def value_fault(field: dict[str, Any], value: str, known: Known) -> str | None:
    """The reason why a value does not fit the field (section 2.4), or None."""
    kind = _type(field)
    if value == "":
        return None if kind in ("TEXT", "TEXT_AREA", "DESCRIPTION") else FORMAT
    if has_control(value, LINES) or len(value) > LIMITS.get(kind, 4096):
        return FORMAT
    if kind in VALUES and not re.fullmatch(VALUES[kind], value):
        return FORMAT
    if kind == "EXPIRY_DURATION" and not 1 <= int(value) <= 129_600:
        return FORMAT
    if kind == "NAME" and is_blank(value):
        return FORMAT
    if kind == "SINGLE_SELECT" and value not in (field.get("SingleSelectOptions") or []):
        return FORMAT
    if kind == "URL" and not re.fullmatch(r"https?://[^\s/?#]+[^\s]*", value, re.IGNORECASE):
        return FORMAT
    if kind == "QUICK_CONNECT" and known.bare(value, "transfer-destination") not in known.quick_connect_ids:
        return UNKNOWN
    return None


def _checkable(field: dict[str, Any]) -> bool:
    """0.9: a field with an invalid type or unusable options gets no value checks."""
    if field.get("Type") not in (None, *TYPES):
        return False
    if field.get("Type") != "SINGLE_SELECT":
        return True
    options = field.get("SingleSelectOptions") or []
    return 0 < len(options) <= OPTION_LIMIT and len(set(options)) == len(options) and not any(o is None or name_fault(o) for o in options)


def _defaults(body: dict[str, Any], fields: list[Any], known: Known, found: Found) -> None:
    entries = (body.get("Defaults") or {}).get("DefaultFieldValues") or []
    if len(entries) > LIST_LIMIT:
        found.add("Defaults.DefaultFieldValues", FORMAT)
    seen: set[str] = set()
    for at, entry in enumerate(entries):
        path = f"Defaults.DefaultFieldValues[{at}]"
        name, value = field_name(entry), (entry or {}).get("DefaultValue")
        field = next((f for f in fields if field_name(f) == name), None) if name is not None else None
        if name is None:
            found.add(f"{path}.Id.Name", MISSING)
        elif not 1 <= len(name) <= 100:
            found.add(f"{path}.Id.Name", FORMAT)
        elif fields and field is None:
            found.add(f"{path}.Id.Name", UNKNOWN)
            if name_fault(name):
                found.may.append((f"{path}.Id.Name", FORMAT))
        elif name in seen:
            found.add(f"{path}.Id.Name", UNIQUE)
        if name is not None:
            seen.add(name)
        if value is None:
            found.add(f"{path}.DefaultValue", MISSING)
        elif len(value) > 4096 or has_control(value, LINES):
            found.add(f"{path}.DefaultValue", FORMAT)
        elif field is not None:
            fault = value_fault(field, value, known)
            if fault:
                sure = _checkable(field) and usable(name) and [field_name(f) for f in fields].count(name) == 1
                (found.add if sure else lambda *pair: found.may.append(pair))(f"{path}.DefaultValue", fault)


def _fields(fields: list[Any], found: Found) -> None:
    if not fields:
        found.add("Fields", MISSING)
        return
    if len(fields) > LIST_LIMIT:
        found.add("Fields", FORMAT)
    types = [_type(f) for f in fields]
    if "NAME" not in types:
        found.add("Fields", MISSING)
    names: set[str] = set()
    once: set[str] = set()
    for at, field in enumerate(fields):
        path, name, kind = f"Fields[{at}]", field_name(field), types[at]
        if name is None:
            found.add(f"{path}.Id.Name", MISSING)
        elif name_fault(name):
            found.add(f"{path}.Id.Name", FORMAT)
        elif name in names:
            found.add(f"{path}.Id.Name", UNIQUE)
        if name is not None:
            names.add(name)
        text = (field or {}).get("Description")
        if text is not None and (not 1 <= len(text) <= 255 or has_control(text, LINES)):
            found.add(f"{path}.Description", FORMAT)
        if kind not in TYPES:
            found.add(f"{path}.Type", FORMAT)
        elif kind in SYSTEM:
            if kind in once:
                found.add(f"{path}.Type", UNIQUE)
            once.add(kind)
        _options(path, kind, (field or {}).get("SingleSelectOptions") or [], found)
    found.over_quota = sum(kind not in SYSTEM for kind in types) > CUSTOM_LIMIT


def _options(path: str, kind: str, options: list[Any], found: Found) -> None:
    path += ".SingleSelectOptions"
    other = kind != "SINGLE_SELECT"
    add = (lambda *pair: found.may.append(pair)) if other else found.add
    if other and options:
        # With an unknown type nobody can say whether options belong to it.
        (found.add if kind in TYPES else add)(path, UNSUPPORTED)
    elif not other and not options:
        found.add(path, MISSING)
    if len(options) > OPTION_LIMIT:
        add(path, FORMAT)
    seen: set[str] = set()
    for at, option in enumerate(options):
        if option is None:
            found.may.append((f"{path}[{at}]", FORMAT))
            found.may.append((f"{path}[{at}]", MISSING))
        elif name_fault(option):
            add(f"{path}[{at}]", FORMAT)
            if other and not 1 <= len(option) <= 100:
                pass
        elif option in seen:
            add(f"{path}[{at}]", UNIQUE)
        if option is not None:
            seen.add(option)
