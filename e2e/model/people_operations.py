"""Entries of the operations on statuses, security profiles, the hierarchy and what is changed of a user; see operations.py."""

from __future__ import annotations

from typing import Any

from agent_operations import bad_tags, ids, list_entry, one_of, settle, unknown, without_null
from client import Answer
from operations import (
    DUPLICATE, INSTANCE_IDS, INVALID_PARAMETER, INVALID_REQUEST, NOT_FOUND, STRANGER, Base, Entry, _unwritten_name, describing, id_gate, instance_gate, token_gate)
from oracle import Examined, Expect
from profile_operations import blank
from user_rules import LISTS, channel_faults, identity_faults, misfit, wrong
from world import CHANNEL_CONFIGS, World

IN_USE = "ResourceInUseException"


def gate(w: World, found: Examined, operation: str, member: str, spare: str, segment: str) -> Expect | None:
    """An empty label breaks a constraint, which comes before the instance."""
    own = w.spare(spare)
    first, second = instance_gate(w, found, operation), id_gate(w, found, operation, member, own, f"{w.arn}/{segment}/{own}")
    return first | second if first and second else first or second


# --- users --------------------------------------------------------------------------------------------------------------


def user_gate(w: World, found: Examined, operation: str) -> Expect | None:
    return gate(w, found, operation, "UserId", "agent", "agent")


def user_shown(w: World) -> dict[str, Any]:
    return w.must(w.request("DescribeUser", InstanceId=w.instance, UserId=w.spare("agent")))["User"]


def of_user(operation: str, faults) -> Any:
    """Unknown ids come first, all of them in one message; then what is wrong."""
    def rules(w: World, found: Examined) -> Expect:
        first = user_gate(w, found, operation)
        later = settle([f for f in faults(w, found.body) if f])
        return first or later
    return rules


def user_entry(operation: str, members, faults, after=lambda w, f, a: None, extra=None) -> Entry:
    base = lambda w: w.request(operation, InstanceId=w.instance, UserId=w.spare("agent"), **members(w))
    return Entry([Base(base)], of_user(operation, faults), after, watch=user_shown, extra={"InstanceId": INSTANCE_IDS, "UserId": ids("agent", "agent")} | (extra or {}))


def plain(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in entry.items() if v != ""} for entry in without_null(entries)]


def after_config(w: World, found: Examined, answer: Answer) -> None:
    shown = user_shown(w)
    for name in LISTS:
        if found.body.get(name) is not None:
            assert shown.get(name, []) == plain(found.body[name]), name


def after_phone(w: World, found: Examined, answer: Answer) -> None:
    shown = user_shown(w)
    assert shown.get("PhoneConfig", {}) == plain([found.body["PhoneConfig"]])[0]
    assert not any(name in shown for name in LISTS[:4]), "administration 2.7.5"


def after_identity(w: World, found: Examined, answer: Answer) -> None:
    shown = user_shown(w).get("IdentityInfo", {})
    for member, value in without_null(found.body["IdentityInfo"]).items():
        assert shown.get(member, "") == value, f"administration 2.7.6: {member}"


def config_members(w: World) -> dict[str, Any]:
    return CHANNEL_CONFIGS


def config_faults(w: World, body: dict[str, Any]) -> list[Expect | None]:
    none = all(body.get(name) is None for name in LISTS)
    return [misfit("administration 2.7.5: no list")] if none else channel_faults(body)


# --- proficiencies ------------------------------------------------------------------------------------------------------


def proficiency(w: World, value: str, level: float | None = None) -> dict[str, Any]:
    return {"AttributeName": w.spare("craft"), "AttributeValue": value} | ({} if level is None else {"Level": level})


def proficiencies_shown(w: World, user: str = "craftsman") -> list[dict[str, Any]]:
    return w.must(w.request("ListUserProficiencies", InstanceId=w.instance, UserId=w.spare(user)))["UserProficiencyList"]


def proficiency_rules(operation: str, user: str):
    """administration 6.2.1, 6.2.2; how many there may be at most comes at once."""
    def rules(w: World, found: Examined) -> Expect:
        first = gate(w, found, operation, "UserId", user, "agent")
        given = without_null(found.body["UserProficiencies"])
        pairs = [(own["AttributeName"], own["AttributeValue"]) for own in given]
        faults = []
        if any(pair[0] != w.spare("craft") or pair[1] not in ("wood", "glass") for pair in pairs):
            faults.append(Expect.refused(NOT_FOUND, why="administration 6.2.1"))
        if any(own["Level"] not in (1, 2, 3, 4, 5) for own in given):
            faults.append(wrong("administration 6.2.1: whole levels"))
        if len(set(pairs)) != len(pairs):
            faults.append(wrong("administration 6.2.2: twice in a call"))
        if len(given) > 10:
            faults.append(misfit("administration 6.2.2: 10"))
        if operation == "UpdateUserProficiencies" and any(pair != (w.spare("craft"), "wood") for pair in pairs):
            faults.append(misfit("administration 6.2.2: not there"))
        return first or settle(faults)
    return rules


def after_associate_proficiencies(w: World, found: Examined, answer: Answer) -> None:
    assert proficiencies_shown(w, "agent") == without_null(found.body["UserProficiencies"])
    gone = [{m: own[m] for m in ("AttributeName", "AttributeValue")} for own in without_null(found.body["UserProficiencies"])]
    w.must(w.request("DisassociateUserProficiencies", InstanceId=w.instance, UserId=w.spare("agent"), UserProficiencies=gone))
    assert proficiencies_shown(w, "agent") == []


def after_update_proficiencies(w: World, found: Examined, answer: Answer) -> None:
    given = without_null(found.body["UserProficiencies"])
    assert not given or proficiencies_shown(w) == given


def list_proficiencies_rules(w: World, found: Examined) -> Expect:
    first = gate(w, found, "ListUserProficiencies", "UserId", "craftsman", "agent")
    return first or token_gate(found, "ListUserProficiencies") or Expect.accepted()


# --- statuses -----------------------------------------------------------------------------------------------------------


def status_shown(w: World) -> dict[str, Any]:
    return w.must(w.request("DescribeAgentStatus", InstanceId=w.instance, AgentStatusId=w.spare("status")))["AgentStatus"]


def named_faults(w: World, kind: str, name: str | None, own: str | None = None) -> tuple[list[Expect | None], list[Expect | None]]:
    if name is None:
        return [], []
    taken = Expect.refused(DUPLICATE, why="administration 1.2.2") if name in w.names.get(kind, ()) and name != own else None
    return [taken], [blank(name)]


def create_status_rules(w: World, found: Examined) -> Expect:
    first = instance_gate(w, found, "CreateAgentStatus")
    faults, opens = named_faults(w, "status", found.body["Name"])
    return first or settle(faults + [bad_tags(found)], opens + [blank(found.body.get("Description") or None)])


def after_create_status(w: World, found: Examined, answer: Answer) -> None:
    w.names.setdefault("status", set()).add(found.body["Name"])
    shown = w.must(w.request("DescribeAgentStatus", InstanceId=w.instance, AgentStatusId=answer.json["AgentStatusId"]))["AgentStatus"]
    for member in ("Name", "Description", "State", "DisplayOrder"):
        assert shown.get(member) == found.body.get(member), member
    assert shown["Type"] == "CUSTOM" and shown.get("Tags", {}) == without_null(found.body.get("Tags") or {})


def update_status_rules(w: World, found: Examined) -> Expect:
    first = gate(w, found, "UpdateAgentStatus", "AgentStatusId", "status", "agent-state")
    body = found.body
    both = misfit("administration 2.9.1") if body.get("ResetOrderNumber") and body.get("DisplayOrder") is not None else None
    faults, opens = named_faults(w, "status", body.get("Name"), status_shown(w)["Name"])
    return first or settle(faults + [both], opens + [blank(body.get("Description") or None)])


def after_update_status(w: World, found: Examined, answer: Answer) -> None:
    shown = status_shown(w)
    if found.body.get("Name") is not None:
        w.names.setdefault("status", set()).add(found.body["Name"])
    for member in ("Name", "State", "DisplayOrder"):
        if found.body.get(member) is not None:
            assert shown[member] == found.body[member], member
    if found.body.get("Description") is not None:
        assert shown.get("Description", "") == found.body["Description"]
    if found.body.get("ResetOrderNumber"):
        assert "DisplayOrder" not in shown


# --- security profiles --------------------------------------------------------------------------------------------------


def profile_shown(w: World) -> dict[str, Any]:
    return w.must(w.request("DescribeSecurityProfile", InstanceId=w.instance, SecurityProfileId=w.spare("security")))["SecurityProfile"]


def restricted_faults(w: World, body: dict[str, Any]) -> list[Expect | None]:
    group, own = body.get("AllowedAccessControlHierarchyGroupId"), w.spare("group")
    out = [unknown("AllowedAccessControlHierarchyGroupId", group, {own, f"{w.arn}/agent-group/{own}"})]
    out += [wrong("administration 2.8.4") for name in body.get("HierarchyRestrictedResources") or [] if name != "User"]
    return out


def profile_members(w: World) -> dict[str, Any]:
    return {
        "Description": "Nights", "Permissions": ["BasicAgentAccess"], "AllowedAccessControlTags": {"team": "blue"}, "TagRestrictedResources": ["User"],
        "HierarchyRestrictedResources": ["User"], "AllowedAccessControlHierarchyGroupId": w.spare("group"),
        "Applications": [{"Namespace": "desk", "ApplicationPermissions": ["ACCESS"], "Type": "MCP"}], "AllowedFlowModules": [{"Type": "MCP", "FlowModuleId": "m"}],
        "AllowedAIAgents": [{"Type": "THIRD_PARTY", "Arn": "arn:aws:wisdom:us-east-1:123456789012:ai-agent/a"}],
        "GranularAccessControlConfiguration": {"DataTableAccessControlConfiguration": {"PrimaryAttributeAccessControlConfiguration": {
            "PrimaryAttributeValues": [{"AccessType": "ALLOW", "AttributeName": "region", "Values": ["emea"]}]}}}}


def create_profile_rules(w: World, found: Examined) -> Expect:
    first, body = instance_gate(w, found, "CreateSecurityProfile"), found.body
    faults, opens = named_faults(w, "security", body["SecurityProfileName"])
    empty = wrong("administration 1.1.5") if body.get("Description") == "" else None
    return first or settle(faults + restricted_faults(w, body) + [empty, bad_tags(found)], opens + [blank(body.get("Description") or None)])


def after_create_profile(w: World, found: Examined, answer: Answer) -> None:
    made = answer.json["SecurityProfileId"]
    shown = w.must(w.request("DescribeSecurityProfile", InstanceId=w.instance, SecurityProfileId=made))["SecurityProfile"]
    assert shown["SecurityProfileName"] == found.body["SecurityProfileName"] and shown["Type"] == "CUSTOMER_MANAGED"
    listed = w.must(w.request("ListSecurityProfilePermissions", InstanceId=w.instance, SecurityProfileId=made, MaxResults="1000"))["Permissions"]
    assert listed == sorted({p for p in found.body.get("Permissions") or [] if p is not None}, key=lambda text: text.encode())
    w.must(w.request("DeleteSecurityProfile", InstanceId=w.instance, SecurityProfileId=made))


def update_profile_rules(w: World, found: Examined) -> Expect:
    first = gate(w, found, "UpdateSecurityProfile", "SecurityProfileId", "security", "security-profile")
    return first or settle(restricted_faults(w, found.body), [blank(found.body.get("Description") or None)])


def after_update_profile(w: World, found: Examined, answer: Answer) -> None:
    if found.body.get("Description") is not None:
        assert profile_shown(w).get("Description", "") == found.body["Description"]


def permissions_rules(w: World, found: Examined) -> Expect:
    first = gate(w, found, "ListSecurityProfilePermissions", "SecurityProfileId", "security", "security-profile")
    token = token_gate(found, "ListSecurityProfilePermissions")
    return first | token if first and token else first or token or Expect.accepted()


def after_delete(describe: str, member: str, spare: str):
    def after(w: World, found: Examined, answer: Answer) -> None:
        assert w.client.send(w.request(describe, InstanceId=w.instance, **{member: w.spare(spare)})).status == 404
        w.spend(spare)
    return after


# --- hierarchy ----------------------------------------------------------------------------------------------------------


def group_shown(w: World) -> dict[str, Any]:
    return w.must(w.request("DescribeUserHierarchyGroup", InstanceId=w.instance, HierarchyGroupId=w.spare("group")))["HierarchyGroup"]


def group_name_faults(name: str, *taken: str) -> tuple[list[Expect | None], list[Expect | None]]:
    """administration 6.3.2."""
    if not name.strip() or len(name) > 100:
        return ([wrong("administration 6.3.2")], []) if not name.strip(" ") or len(name) > 100 else ([], [Expect.open(INVALID_PARAMETER, why="white space")])
    faults = [Expect.refused(DUPLICATE, why="administration 1.2.2")] if name in taken else []
    return faults, [Expect.open(INVALID_PARAMETER, why="control characters")] if _unwritten_name(name) else []


def create_group_rules(w: World, found: Examined) -> Expect:
    parent = w.spare("group")
    first, given = instance_gate(w, found, "CreateUserHierarchyGroup"), found.body.get("ParentGroupId")
    faults, opens = group_name_faults(found.body["Name"])
    return first or settle([unknown("ParentGroupId", given, {parent, f"{w.arn}/agent-group/{parent}"})] + faults + [bad_tags(found)], opens)


def after_create_group(w: World, found: Examined, answer: Answer) -> None:
    made = answer.json["HierarchyGroupId"]
    shown = w.must(w.request("DescribeUserHierarchyGroup", InstanceId=w.instance, HierarchyGroupId=made))["HierarchyGroup"]
    assert shown["Name"] == found.body["Name"] and shown["Arn"] == answer.json["HierarchyGroupArn"] == f"{w.arn}/agent-group/{made}"
    assert shown["LevelId"] == ("2" if found.body.get("ParentGroupId") else "1")
    w.must(w.request("DeleteUserHierarchyGroup", InstanceId=w.instance, HierarchyGroupId=made))


def rename_group_rules(w: World, found: Examined) -> Expect:
    faults, opens = group_name_faults(found.body["Name"])
    return gate(w, found, "UpdateUserHierarchyGroupName", "HierarchyGroupId", "group", "agent-group") or settle(faults, opens)


def after_rename_group(w: World, found: Examined, answer: Answer) -> None:
    assert group_shown(w)["Name"] == found.body["Name"]


MEMBERS = ("LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive")


def structure_rules(w: World, found: Examined) -> Expect:
    w.spare("group")
    first, given = instance_gate(w, found, "UpdateUserHierarchyStructure"), found.body["HierarchyStructure"]
    names = [(given.get(member) or {}).get("Name") for member in MEMBERS]
    faults: list[Expect | None] = []
    opens: list[Expect | None] = []
    for name in names:
        if name is not None and (not name.strip() or len(name) > 50):
            (opens if name.strip(" ") and len(name) <= 50 else faults).append(wrong("administration 6.3.1") if not name.strip(" ") or len(name) > 50 else Expect.open(INVALID_PARAMETER, why="white space"))
        elif name is not None and _unwritten_name(name):
            opens.append(Expect.open(INVALID_PARAMETER, why="control characters"))
    if any(names[n] is not None and names[n - 1] is None for n in range(1, 5)):
        faults.append(misfit("administration 6.3.1: no gaps"))
    elif any(name is None for name in names[:2]):
        faults.append(Expect.refused(IN_USE, why="administration 6.3.1: a level with groups"))
    return first or settle(faults, opens)


def structure_shown(w: World) -> Any:
    return w.must(w.request("DescribeUserHierarchyStructure", InstanceId=w.instance))


def after_structure(w: World, found: Examined, answer: Answer) -> None:
    shown = structure_shown(w)["HierarchyStructure"]
    assert {m: level["Name"] for m, level in shown.items()} == {m: found.body["HierarchyStructure"][m]["Name"] for m in MEMBERS if found.body["HierarchyStructure"].get(m)}


GROUP_IDS = {
    "own-arn": lambda w: f"{w.arn}/agent-group/{w.spare('group')}", "unknown-id": lambda w: STRANGER, "flow-id": lambda w: w.flow,
    "arn-of-other-kind": lambda w: f"{w.arn}/contact-flow/{w.spare('group')}"}
STATUS = {"InstanceId": INSTANCE_IDS, "AgentStatusId": ids("agent-state", "status")}
SECURITY = {"InstanceId": INSTANCE_IDS, "SecurityProfileId": ids("security-profile", "security")}
GROUP = {"InstanceId": INSTANCE_IDS, "HierarchyGroupId": GROUP_IDS}

OPERATIONS: dict[str, Entry] = {
    "UpdateUserConfig": user_entry("UpdateUserConfig", config_members, config_faults, after_config),
    "UpdateUserPhoneConfig": user_entry(
        "UpdateUserPhoneConfig", lambda w: {"PhoneConfig": {
            "PhoneType": "DESK_PHONE", "AutoAccept": True, "AfterContactWorkTimeLimit": 30, "DeskPhoneNumber": "+491711234567", "PersistentConnection": True}},
        lambda w, body: channel_faults(body), after_phone, {"PhoneConfig.AfterContactWorkTimeLimit": {"longest": lambda w: 2_000_000, "too-long": lambda w: 2_000_001}}),
    "UpdateUserIdentityInfo": user_entry(
        "UpdateUserIdentityInfo", lambda w: {"IdentityInfo": {
            "FirstName": "Ada", "LastName": "L", "Email": "ada@example.com", "SecondaryEmail": "al@example.com", "Mobile": "+491711234567"}},
        lambda w, body: identity_faults(body["IdentityInfo"]), after_identity),
    "UpdateUserRoutingProfile": user_entry(
        "UpdateUserRoutingProfile", lambda w: {"RoutingProfileId": w.routing_profile},
        lambda w, body: [one_of(body["RoutingProfileId"], w.routing_profile, f"{w.arn}/routing-profile/{w.routing_profile}", "RoutingProfileId")],
        extra={"RoutingProfileId": {"own-arn": lambda w: f"{w.arn}/routing-profile/{w.routing_profile}", "unknown-id": lambda w: STRANGER, "queue-id": lambda w: w.queue}}),
    "UpdateUserSecurityProfiles": user_entry(
        "UpdateUserSecurityProfiles", lambda w: {"SecurityProfileIds": [w.security_profile]},
        lambda w, body: [one_of(text, w.security_profile, f"{w.arn}/security-profile/{w.security_profile}", "SecurityProfileIds") for text in body["SecurityProfileIds"]],
        extra={"SecurityProfileIds[]": {"own-arn": lambda w: f"{w.arn}/security-profile/{w.security_profile}", "unknown-id": lambda w: STRANGER}}),
    "UpdateUserHierarchy": user_entry(
        "UpdateUserHierarchy", lambda w: {"HierarchyGroupId": w.spare("group")},
        lambda w, body: [unknown("HierarchyGroupId", body.get("HierarchyGroupId"), {w.spare("group"), f"{w.arn}/agent-group/{w.spare('group')}"})],
        lambda w, f, a: w.must(w.request("UpdateUserHierarchy", InstanceId=w.instance, UserId=w.spare("agent"))) and None, {"HierarchyGroupId": GROUP_IDS}),
    "AssociateUserProficiencies": Entry(
        [Base(lambda w: w.request("AssociateUserProficiencies", InstanceId=w.instance, UserId=w.spare("agent"), UserProficiencies=[proficiency(w, "wood", 2), proficiency(w, "glass", 5)]))],
        proficiency_rules("AssociateUserProficiencies", "agent"), after_associate_proficiencies, watch=lambda w: proficiencies_shown(w, "agent"),
        extra={"InstanceId": INSTANCE_IDS, "UserId": ids("agent", "agent"), "UserProficiencies[].Level": {"between": lambda w: 2.5}}),
    "UpdateUserProficiencies": Entry(
        [Base(lambda w: w.request("UpdateUserProficiencies", InstanceId=w.instance, UserId=w.spare("craftsman"), UserProficiencies=[proficiency(w, "wood", 4)]))],
        proficiency_rules("UpdateUserProficiencies", "craftsman"), after_update_proficiencies, watch=proficiencies_shown,
        extra={"InstanceId": INSTANCE_IDS, "UserId": ids("agent", "craftsman"), "UserProficiencies[].Level": {"between": lambda w: 2.5}}),
    "DisassociateUserProficiencies": Entry(
        [Base(lambda w: w.request("DisassociateUserProficiencies", InstanceId=w.instance, UserId=w.spare("craftsman"), UserProficiencies=[proficiency(w, "glass")]))],
        lambda w, f: gate(w, f, "DisassociateUserProficiencies", "UserId", "craftsman", "agent") or Expect.accepted(), watch=proficiencies_shown,
        extra={"InstanceId": INSTANCE_IDS, "UserId": ids("agent", "craftsman")}),
    "ListUserProficiencies": Entry(
        [Base(lambda w: w.request("ListUserProficiencies", InstanceId=w.instance, UserId=w.spare("craftsman"), MaxResults="5"))], list_proficiencies_rules,
        extra={"InstanceId": INSTANCE_IDS, "UserId": ids("agent", "craftsman")}),
    "CreateAgentStatus": Entry(
        [Base(lambda w: w.request("CreateAgentStatus", InstanceId=w.instance, Name=w.unique("status"), Description="Away", State="ENABLED", DisplayOrder=7, Tags={"team": "blue"}))],
        create_status_rules, after_create_status, extra={"InstanceId": INSTANCE_IDS}),
    "DescribeAgentStatus": Entry(
        [Base(lambda w: w.request("DescribeAgentStatus", InstanceId=w.instance, AgentStatusId=w.spare("status")))],
        describing("DescribeAgentStatus", "AgentStatusId", lambda w: w.spare("status"), "agent-state"), extra=STATUS),
    "ListAgentStatuses": list_entry("ListAgentStatuses"),
    "UpdateAgentStatus": Entry(
        [Base(lambda w: w.request("UpdateAgentStatus", InstanceId=w.instance, AgentStatusId=w.spare("status"), Name=w.unique("status"), Description="", State="DISABLED", DisplayOrder=9)),
         Base(lambda w: w.request("UpdateAgentStatus", InstanceId=w.instance, AgentStatusId=w.spare("status"), ResetOrderNumber=True))],
        update_status_rules, after_update_status, watch=status_shown, extra=STATUS),
    "CreateSecurityProfile": Entry(
        [Base(lambda w: w.request("CreateSecurityProfile", InstanceId=w.instance, SecurityProfileName=w.unique("profile"), Tags={"team": "blue"}, **profile_members(w)))],
        create_profile_rules, after_create_profile, extra={"InstanceId": INSTANCE_IDS, "AllowedAccessControlHierarchyGroupId": GROUP_IDS}),
    "DescribeSecurityProfile": Entry(
        [Base(lambda w: w.request("DescribeSecurityProfile", InstanceId=w.instance, SecurityProfileId=w.spare("security")))],
        describing("DescribeSecurityProfile", "SecurityProfileId", lambda w: w.spare("security"), "security-profile"), extra=SECURITY),
    "UpdateSecurityProfile": Entry(
        [Base(lambda w: w.request("UpdateSecurityProfile", InstanceId=w.instance, SecurityProfileId=w.spare("security"), **profile_members(w) | {"AllowedAccessControlHierarchyGroupId": ""}))],
        update_profile_rules, after_update_profile, watch=profile_shown, extra=SECURITY),
    "DeleteSecurityProfile": Entry(
        [Base(lambda w: w.request("DeleteSecurityProfile", InstanceId=w.instance, SecurityProfileId=w.spare("lost security")))],
        lambda w, f: gate(w, f, "DeleteSecurityProfile", "SecurityProfileId", "lost security", "security-profile") or Expect.accepted(),
        after_delete("DescribeSecurityProfile", "SecurityProfileId", "lost security"),
        extra={"InstanceId": INSTANCE_IDS, "SecurityProfileId": ids("security-profile", "lost security")}),
    "ListSecurityProfilePermissions": Entry(
        [Base(lambda w: w.request("ListSecurityProfilePermissions", InstanceId=w.instance, SecurityProfileId=w.spare("security"), MaxResults="5"))], permissions_rules, extra=SECURITY),
    "CreateUserHierarchyGroup": Entry(
        [Base(lambda w: w.request("CreateUserHierarchyGroup", InstanceId=w.instance, Name=w.unique("group"), ParentGroupId=w.spare("group"), Tags={"team": "blue"}))],
        create_group_rules, after_create_group, extra={"InstanceId": INSTANCE_IDS, "ParentGroupId": GROUP_IDS}),
    "DescribeUserHierarchyGroup": Entry(
        [Base(lambda w: w.request("DescribeUserHierarchyGroup", InstanceId=w.instance, HierarchyGroupId=w.spare("group")))],
        describing("DescribeUserHierarchyGroup", "HierarchyGroupId", lambda w: w.spare("group"), "agent-group"), extra=GROUP),
    "ListUserHierarchyGroups": list_entry("ListUserHierarchyGroups"),
    "UpdateUserHierarchyGroupName": Entry(
        [Base(lambda w: w.request("UpdateUserHierarchyGroupName", InstanceId=w.instance, HierarchyGroupId=w.spare("group"), Name=w.unique("group")))],
        rename_group_rules, after_rename_group, watch=group_shown, extra=GROUP),
    "DeleteUserHierarchyGroup": Entry(
        [Base(lambda w: w.request("DeleteUserHierarchyGroup", InstanceId=w.instance, HierarchyGroupId=w.spare("lost group")))],
        lambda w, f: gate(w, f, "DeleteUserHierarchyGroup", "HierarchyGroupId", "lost group", "agent-group") or Expect.accepted(),
        after_delete("DescribeUserHierarchyGroup", "HierarchyGroupId", "lost group"), extra={"InstanceId": INSTANCE_IDS, "HierarchyGroupId": ids("agent-group", "lost group")}),
    "DescribeUserHierarchyStructure": Entry(
        [Base(lambda w: w.request("DescribeUserHierarchyStructure", InstanceId=w.instance))],
        lambda w, f: instance_gate(w, f, "DescribeUserHierarchyStructure") or Expect.accepted(), extra={"InstanceId": INSTANCE_IDS}),
    "UpdateUserHierarchyStructure": Entry(
        [Base(lambda w: w.request("UpdateUserHierarchyStructure", InstanceId=w.instance, HierarchyStructure={m: {"Name": m} for m in MEMBERS}))],
        structure_rules, after_structure, watch=structure_shown, extra={"InstanceId": INSTANCE_IDS}),
}
