"""Entries of the operations on hours of operation; see operations.py. The rules of overrides (administration 2.2) are written a second time."""

from __future__ import annotations

import datetime
import re
from typing import Any

from agent_operations import bad_tags, one_of, reads_back, settle, without_null
from client import Answer, Request
from operations import (
    DUPLICATE, INSTANCE_IDS, INVALID_PARAMETER, INVALID_REQUEST, NOT_FOUND, STRANGER, Base, Entry, _unwritten_name, id_gate, instance_gate, listing, token_gate)
from oracle import Examined, Expect
from profile_operations import blank
from world import World, create_hours, create_override

ZONES = ("Europe/Berlin", "UTC")


def ipe(why: str) -> Expect:
    return Expect.refused(INVALID_PARAMETER, why=why)


def ire(why: str) -> Expect:
    return Expect.refused(INVALID_REQUEST, why=why)


# --- hours --------------------------------------------------------------------------------------------------------------


def hours_gate(w: World, found: Examined, operation: str, spare: str = "hours") -> Expect | None:
    own = w.spare(spare)
    instance, hours = instance_gate(w, found, operation), id_gate(w, found, operation, "HoursOfOperationId", own, f"{w.arn}/operating-hours/{own}")
    if instance and hours and found.labels["HoursOfOperationId"] == "":
        return instance | hours  # an empty label breaks the form of the path, which is looked at first
    return instance or hours


def shown_hours(w: World, hours: str | None = None) -> dict[str, Any]:
    return w.must(w.request("DescribeHoursOfOperation", InstanceId=w.instance, HoursOfOperationId=hours or w.spare("hours")))["HoursOfOperation"]


def zone_fault(body: dict[str, Any]) -> Expect | None:
    zone = body.get("TimeZone")
    return ipe("administration 2.1.1") if zone is not None and zone not in ZONES else None


def name_fault(w: World, name: str | None, own: str | None = None) -> Expect | None:
    return Expect.refused(DUPLICATE, why="administration 1.2.2") if name in ("Basic Hours", "Taken hours") and name != own else None


def parent_faults(w: World, configs: list[dict[str, Any]] | None) -> list[Expect | None]:
    faults: list[Expect | None] = []
    for config in configs or []:
        parent = config.get("HoursOfOperationId")
        known = one_of(parent, w.hours, f"{w.arn}/operating-hours/{w.hours}", "HoursOfOperationId") if parent is not None else ipe("a parent without id")
        faults.append(known)
    return faults


def create_rules(w: World, found: Examined) -> Expect:
    gate = instance_gate(w, found, "CreateHoursOfOperation")
    if gate:
        return gate
    body = found.body
    faults = [bad_tags(found), zone_fault(body), name_fault(w, body["Name"])] + parent_faults(w, body.get("ParentHoursOfOperationConfigs"))
    return settle(faults, [f for f in (blank(body["Name"]), blank(body.get("Description"))) if f])


def after_create(w: World, found: Examined, answer: Answer) -> None:
    body, new = found.body, answer.json["HoursOfOperationId"]
    assert answer.json["HoursOfOperationArn"] == f"{w.arn}/operating-hours/{new}"
    shown = shown_hours(w, new)
    reads_back(body, shown, "Name", "Description", "TimeZone", "Config")
    assert shown.get("Tags", {}) == without_null(body.get("Tags") or {})
    parents = {w.hours for _ in body.get("ParentHoursOfOperationConfigs") or []}
    assert {parent["Id"] for parent in shown.get("ParentHoursOfOperations", [])} == parents
    w.must(w.request("DeleteHoursOfOperation", InstanceId=w.instance, HoursOfOperationId=new))


def update_rules(w: World, found: Examined) -> Expect:
    gate = hours_gate(w, found, "UpdateHoursOfOperation")
    if gate:
        return gate
    body = found.body
    return settle([zone_fault(body), name_fault(w, body.get("Name"))], [f for f in (blank(body.get("Name")), blank(body.get("Description") or None)) if f])


def after_update(w: World, found: Examined, answer: Answer) -> None:
    shown, description = shown_hours(w), found.body.get("Description")
    reads_back(found.body, shown, "Name", "TimeZone", "Config")
    assert description is None or shown.get("Description", "") == description, "administration 1.1.5"


def after_delete(w: World, found: Examined, answer: Answer) -> None:
    gone = w.spare("doomed hours")
    assert w.client.send(w.request("DescribeHoursOfOperation", InstanceId=w.instance, HoursOfOperationId=gone)).status == 404
    w.spend("doomed hours")


def associate_rules(w: World, found: Examined) -> Expect:
    gate = hours_gate(w, found, "AssociateHoursOfOperations")
    faults = parent_faults(w, found.body.get("ParentHoursOfOperationConfigs"))
    return settle([gate] + faults)


def disassociate_rules(w: World, found: Examined) -> Expect:
    gate = hours_gate(w, found, "DisassociateHoursOfOperations")
    known = f"{w.arn}/operating-hours/{w.hours}"
    return settle([gate] + [one_of(text, w.hours, known, "ParentHoursOfOperationIds") for text in found.body["ParentHoursOfOperationIds"]])


def parents_of(w: World) -> Any:
    return shown_hours(w).get("ParentHoursOfOperations")


def after_associate(w: World, found: Examined, answer: Answer) -> None:
    if found.body["ParentHoursOfOperationConfigs"]:
        assert [parent["Id"] for parent in parents_of(w)] == [w.hours]


def after_disassociate(w: World, found: Examined, answer: Answer) -> None:
    assert parents_of(w) is None


def owned_list(operation: str):
    """Lists below hours."""
    def rules(w: World, found: Examined) -> Expect:
        gate, token = hours_gate(w, found, operation), token_gate(found, operation)
        return gate | token if gate and token else gate or token or Expect.accepted()
    return rules


# --- overrides ----------------------------------------------------------------------------------------------------------


def override_gate(w: World, found: Examined, operation: str, spare: str = "override") -> Expect | None:
    own = w.spare(spare)
    gate = hours_gate(w, found, operation)
    return gate or (None if found.labels["HoursOfOperationOverrideId"] == own else Expect.refused(NOT_FOUND, why="administration 2.2.7"))


def shown_override(w: World, override: str | None = None) -> dict[str, Any]:
    return w.must(w.request("DescribeHoursOfOperationOverride", InstanceId=w.instance, HoursOfOperationId=w.spare("hours"),
                            HoursOfOperationOverrideId=override or w.spare("override")))["HoursOfOperationOverride"]


def a_date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def override_faults(body: dict[str, Any]) -> list[Expect | None]:
    """administration 2.2.1 to 2.2.4 of a whole override."""
    kind, config = body.get("OverrideType") or "STANDARD", body.get("Config") or []
    faults: list[Expect | None] = []
    first, last = a_date(body["EffectiveFrom"]), a_date(body["EffectiveTill"])
    if first is None or last is None or last < first:
        faults.append(ipe("2.2.2"))
    pattern = (body.get("RecurrenceConfig") or {}).get("RecurrencePattern")
    if (kind == "STANDARD") == (pattern is not None):
        faults.append(ire("2.2.1"))
    if kind != "STANDARD" and not config:
        faults.append(ipe("2.2.3"))
    month, number, nth = ((pattern or {}).get(member) or [] for member in ("ByMonth", "ByMonthDay", "ByWeekdayOccurrence"))
    if any(len(values) > 1 or 0 in values[:1] for values in (month, number, nth)):
        faults.append(ipe("2.2.4"))
    shape_ok = pattern is None
    if pattern is not None:
        given = (bool(month), bool(number), bool(nth))
        allowed = {"WEEKLY": [(False, False, False)], "MONTHLY": [(False, True, False), (False, False, True)], "YEARLY": [(True, True, False), (True, False, True)]}
        shape_ok = given in allowed[pattern["Frequency"]]
        if not shape_ok:
            faults.append(ire("2.2.4"))
    for item in config:
        faults += item_faults(item, kind, pattern, bool(number), shape_ok)
    return faults


def item_faults(item: dict[str, Any], kind: str, pattern: dict[str, Any] | None, by_number: bool, shape_ok: bool) -> list[Expect | None]:
    faults: list[Expect | None] = []
    start, end = item.get("StartTime"), item.get("EndTime")
    if start is None or end is None:
        faults.append(ipe("2.2.3"))
    else:
        minutes = [time["Hours"] * 60 + time["Minutes"] for time in (start, end)]
        faults.append(None if minutes[1] == 0 or minutes[1] > minutes[0] else ipe("2.2.3"))
    day = item.get("Day")
    if (kind == "STANDARD") != (pattern is None) or not shape_ok:
        return faults  # whether it needs a day is not clear
    if kind != "STANDARD" and by_number:
        faults.append(ire("2.2.3") if day is not None else None)
    else:
        faults.append(ipe("2.2.3") if day is None else None)
    return faults


def forms_first(faults: list[Expect | None], opens: list[Expect]) -> Expect:
    """administration 1.1.1: InvalidParameterException before InvalidRequestException."""
    real = [f for f in faults if f]
    forms = [f for f in real if INVALID_PARAMETER in f.errors]
    return settle(forms[:1] or real[:1], opens)


def create_override_rules(w: World, found: Examined) -> Expect:
    gate = hours_gate(w, found, "CreateHoursOfOperationOverride")
    if gate:
        return gate
    body, taken = found.body, shown_override(w)["Name"]
    faults = override_faults(body) or []
    if not any(faults) and body["Name"] == taken:
        faults.append(Expect.refused(DUPLICATE, why="administration 1.2.1"))
    return forms_first(faults, [f for f in (blank(body["Name"]),) if f])


def after_create_override(w: World, found: Examined, answer: Answer) -> None:
    body, new = found.body, answer.json["HoursOfOperationOverrideId"]
    shown = shown_override(w, new)
    reads_back(body, shown, "Name", "Description", "Config", "EffectiveFrom", "EffectiveTill", "RecurrenceConfig")
    assert shown["OverrideType"] == (body.get("OverrideType") or "STANDARD")
    assert shown["HoursOfOperationArn"] == f"{w.arn}/operating-hours/{w.spare('hours')}" and shown["HoursOfOperationId"] == w.spare("hours")
    w.must(w.request("DeleteHoursOfOperationOverride", InstanceId=w.instance, HoursOfOperationId=w.spare("hours"), HoursOfOperationOverrideId=new))


def update_override_rules(w: World, found: Examined) -> Expect:
    gate = override_gate(w, found, "UpdateHoursOfOperationOverride")
    if gate:
        return gate
    body, whole = without_null(found.body), shown_override(w)
    if body.get("OverrideType") == "STANDARD":
        whole.pop("RecurrenceConfig", None)
    return forms_first(override_faults(whole | body), [f for f in (blank(body.get("Name")),) if f])


def after_update_override(w: World, found: Examined, answer: Answer) -> None:
    shown, description = shown_override(w), found.body.get("Description")
    reads_back(found.body, shown, "Name", "Config", "EffectiveFrom", "EffectiveTill", "RecurrenceConfig", "OverrideType")
    assert description is None or shown.get("Description", "") == description, "administration 1.1.5"


def after_delete_override(w: World, found: Examined, answer: Answer) -> None:
    gone = w.request("DescribeHoursOfOperationOverride", InstanceId=w.instance, HoursOfOperationId=w.spare("hours"), HoursOfOperationOverrideId=w.spare("doomed override"))
    assert w.client.send(gone).status == 404
    w.spend("doomed override")


def effective_rules(w: World, found: Examined) -> Expect:
    gate = hours_gate(w, found, "GetEffectiveHoursOfOperations")
    if gate:
        return gate
    first, last = (a_date(found.query[member][0]) for member in ("FromDate", "ToDate"))
    if first is None or last is None or last < first or (last - first).days > 365:
        return ipe("administration 2.3.1")
    return Expect.accepted()


def after_effective(w: World, found: Examined, answer: Answer) -> None:
    first, last = (a_date(found.query[member][0]) for member in ("FromDate", "ToDate"))
    assert len(answer.json["EffectiveHoursOfOperationList"]) == (last - first).days + 1
    assert answer.json["TimeZone"] == shown_hours(w)["TimeZone"]


HOURS_IDS = {
    "own-arn": lambda w: f"{w.arn}/operating-hours/{w.spare('hours')}", "unknown-id": lambda w: STRANGER, "flow-id": lambda w: w.flow, "queue-id": lambda w: w.queue}
PARENT_IDS = {"own-arn": lambda w: f"{w.arn}/operating-hours/{w.hours}", "unknown-id": lambda w: STRANGER, "flow-id": lambda w: w.flow}
DATES = {v: (lambda w, v=v: v) for v in ("2026-02-30", "2026-02-28", "2024-02-29", "2026-13-01", "9999-12-31", "26-01-01")}


def of_hours(operation: str, spare: str = "hours", **members: Any) -> Base:
    return Base(lambda w: w.request(operation, InstanceId=w.instance, HoursOfOperationId=w.spare(spare), **{n: v(w) if callable(v) else v for n, v in members.items()}))


def of_override(operation: str, spare: str = "override", **members: Any) -> Base:
    return of_hours(operation, HoursOfOperationOverrideId=lambda w: w.spare(spare), **members)


def time(hours: int, minutes: int = 0) -> dict[str, int]:
    return {"Hours": hours, "Minutes": minutes}


WINDOW = {"Day": "MONDAY", "StartTime": time(9), "EndTime": time(17, 30)}
BY_DAY = {"RecurrencePattern": {"Frequency": "YEARLY", "Interval": 2, "ByMonth": [12], "ByMonthDay": [25]}}
BY_WEEKDAY = {"RecurrencePattern": {"Frequency": "MONTHLY", "Interval": 1, "ByWeekdayOccurrence": [-1]}}


def override_bases(operation: str, of: Any) -> list[Base]:
    name = lambda w: w.unique("override")
    return [
        of(operation, Name=name, Description="Seldom", Config=[WINDOW], EffectiveFrom="2026-01-01", EffectiveTill="2026-12-31", OverrideType="STANDARD"),
        of(operation, Name=name, Config=[{"StartTime": time(0), "EndTime": time(0)}], EffectiveFrom="2026-01-01", EffectiveTill="2030-12-31", OverrideType="CLOSED",
           RecurrenceConfig=BY_DAY),
        of(operation, Name=name, Config=[WINDOW], EffectiveFrom="2026-01-01", EffectiveTill="2026-12-31", OverrideType="OPEN", RecurrenceConfig=BY_WEEKDAY)]


def override_extra() -> dict[str, Any]:
    return {"InstanceId": INSTANCE_IDS, "HoursOfOperationId": HOURS_IDS, "EffectiveFrom": DATES, "EffectiveTill": DATES}


OPERATIONS: dict[str, Entry] = {
    "CreateHoursOfOperation": Entry(
        [Base(create_hours), Base(lambda w: w.request("CreateHoursOfOperation", InstanceId=w.instance, Name=w.unique("hours"), TimeZone="UTC", Config=[],
                                                      ParentHoursOfOperationConfigs=[{"HoursOfOperationId": w.hours}]))],
        create_rules, after_create, extra={
            "InstanceId": INSTANCE_IDS, "Name": {"in-use": lambda w: "Basic Hours"}, "TimeZone": {"zone": lambda w: "UTC", "case": lambda w: "europe/berlin"},
            "ParentHoursOfOperationConfigs[].HoursOfOperationId": PARENT_IDS}),
    "DescribeHoursOfOperation": Entry(
        [of_hours("DescribeHoursOfOperation")], lambda w, f: hours_gate(w, f, "DescribeHoursOfOperation") or Expect.accepted(),
        extra={"InstanceId": INSTANCE_IDS, "HoursOfOperationId": HOURS_IDS}),
    "UpdateHoursOfOperation": Entry(
        [of_hours("UpdateHoursOfOperation", Name=lambda w: w.unique("hours"), Description="Changed", TimeZone="UTC", Config=[WINDOW])],
        update_rules, after_update, watch=shown_hours, extra={
            "InstanceId": INSTANCE_IDS, "HoursOfOperationId": HOURS_IDS, "Name": {"in-use": lambda w: "Basic Hours"}, "Description": {"cleared": lambda w: ""},
            "TimeZone": {"zone": lambda w: "Europe/Berlin"}}),
    "DeleteHoursOfOperation": Entry(
        [of_hours("DeleteHoursOfOperation", "doomed hours")], lambda w, f: hours_gate(w, f, "DeleteHoursOfOperation", "doomed hours") or Expect.accepted(), after_delete,
        extra={"InstanceId": INSTANCE_IDS, "HoursOfOperationId": {"unknown-id": lambda w: STRANGER, "queue-id": lambda w: w.queue}}),
    "CreateHoursOfOperationOverride": Entry(
        override_bases("CreateHoursOfOperationOverride", of_hours), create_override_rules, after_create_override,
        extra=override_extra() | {"Name": {"in-use": lambda w: shown_override(w)["Name"]}}),
    "DescribeHoursOfOperationOverride": Entry(
        [of_override("DescribeHoursOfOperationOverride")], lambda w, f: override_gate(w, f, "DescribeHoursOfOperationOverride") or Expect.accepted(),
        extra={"InstanceId": INSTANCE_IDS, "HoursOfOperationId": HOURS_IDS, "HoursOfOperationOverrideId": {"unknown-id": lambda w: STRANGER}}),
    "ListHoursOfOperationOverrides": Entry(
        [of_hours("ListHoursOfOperationOverrides", MaxResults="5")], owned_list("ListHoursOfOperationOverrides"),
        extra={"InstanceId": INSTANCE_IDS, "HoursOfOperationId": HOURS_IDS}),
    "UpdateHoursOfOperationOverride": Entry(
        override_bases("UpdateHoursOfOperationOverride", of_override), update_override_rules, after_update_override, watch=shown_override,
        extra=override_extra() | {"HoursOfOperationOverrideId": {"unknown-id": lambda w: STRANGER}, "Description": {"cleared": lambda w: ""}}),
    "DeleteHoursOfOperationOverride": Entry(
        [of_override("DeleteHoursOfOperationOverride", "doomed override")],
        lambda w, f: override_gate(w, f, "DeleteHoursOfOperationOverride", "doomed override") or Expect.accepted(), after_delete_override,
        extra={"InstanceId": INSTANCE_IDS, "HoursOfOperationId": HOURS_IDS, "HoursOfOperationOverrideId": {"unknown-id": lambda w: STRANGER}}),
    "AssociateHoursOfOperations": Entry(
        [of_hours("AssociateHoursOfOperations", ParentHoursOfOperationConfigs=lambda w: [{"HoursOfOperationId": w.hours}])], associate_rules, after_associate, watch=parents_of,
        extra={"InstanceId": INSTANCE_IDS, "HoursOfOperationId": HOURS_IDS, "ParentHoursOfOperationConfigs[].HoursOfOperationId": PARENT_IDS}),
    "DisassociateHoursOfOperations": Entry(
        [of_hours("DisassociateHoursOfOperations", ParentHoursOfOperationIds=lambda w: [w.hours])], disassociate_rules, after_disassociate, watch=parents_of,
        extra={"InstanceId": INSTANCE_IDS, "HoursOfOperationId": HOURS_IDS, "ParentHoursOfOperationIds[]": PARENT_IDS}),
    "ListChildHoursOfOperations": Entry(
        [of_hours("ListChildHoursOfOperations", MaxResults="5")], owned_list("ListChildHoursOfOperations"),
        extra={"InstanceId": INSTANCE_IDS, "HoursOfOperationId": HOURS_IDS}),
    "GetEffectiveHoursOfOperations": Entry(
        [of_hours("GetEffectiveHoursOfOperations", FromDate="2026-12-01", ToDate="2026-12-31")], effective_rules, after_effective,
        extra={"InstanceId": INSTANCE_IDS, "HoursOfOperationId": HOURS_IDS, "FromDate": DATES, "ToDate": DATES}),
}
