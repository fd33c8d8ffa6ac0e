"""Entries of the operations that change flows and flow modules, their versions and aliases; see operations.py."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Callable

from client import Answer, Request
from operations import (
    DUPLICATE, FLOW_IDS, INSTANCE_IDS, INVALID_FLOW, INVALID_MODULE, INVALID_PARAMETER, INVALID_REQUEST, NOT_FOUND, STRANGER, Base, Entry, Rules, _flow_document, id_gate,
    instance_gate, token_gate)
from oracle import Examined, Expect
from world import FLOW_CONTENT, MODULE_CONTENT, World


class Kind:
    """Flows or modules: how they and their members are called."""

    def __init__(self, word: str, prefix: str, segment: str, content: str):
        self.word, self.prefix, self.segment, self.content = word, prefix, segment, content
        self.id, self.version = f"{prefix}Id", f"{prefix}Version"

    def own(self, w: World) -> str:
        return w.spare(self.word)

    def arn(self, w: World) -> str:
        return f"{w.arn}/{self.segment}/{self.own(w)}"

    def request(self, w: World, operation: str, **more: Any) -> Request:
        return w.request(operation, InstanceId=w.instance, **{self.id: self.own(w)}, **more)

    def gate(self, w: World, found: Examined, operation: str) -> Expect | None:
        return instance_gate(w, found, operation) or id_gate(w, found, operation, self.id, self.own(w), self.arn(w))

    def described(self, w: World, qualifier: str = "") -> dict[str, Any]:
        answer = w.must(w.request(f"Describe{self.prefix}", InstanceId=w.instance, **{self.id: self.own(w) + qualifier}))
        return answer[self.prefix]

    def extra(self) -> dict[str, dict[str, Callable[[World], Any]]]:
        return {"InstanceId": INSTANCE_IDS, self.id: {
            "own-arn": self.arn, "unknown-id": lambda w: STRANGER, "template-id": lambda w: w.spare("template"),
            "arn-of-other-instance": lambda w: self.arn(w).replace(w.instance, STRANGER)}}

    # --- the thing itself -----------------------------------------------------------------------------------------------

    def rename_rules(self, operation: str) -> Rules:
        def rules(w: World, found: Examined) -> Expect:
            gate = self.gate(w, found, operation)
            name = found.body.get("Name")
            if not gate and name in w.names.get(self.word, ()) and name != self.described(w)["Name"]:
                return Expect.refused(DUPLICATE, why="flows 1.8")
            if not gate and name and not name.strip():
                return Expect.refused(INVALID_PARAMETER, named=("Name",), why="administration 1.2.2: a name of white space")
            return gate or Expect.accepted()
        return rules

    def after_rename(self, w: World, found: Examined, answer: Answer) -> None:
        assert answer.json == {}
        shown = self.described(w)
        for member, wire in (("Name", "Name"), ("Description", "Description"), ("ContactFlowState", "State"), ("State", "State")):
            if found.body.get(member) is not None:
                assert shown.get(wire) == (found.body[member] or None), f"{member} reads back as {shown.get(wire)!r}"
        w.names.setdefault(self.word, set())

    def delete_rules(self, operation: str) -> Rules:
        return lambda w, found: self.gate(w, found, operation) or Expect.accepted()

    def after_delete(self, w: World, found: Examined, answer: Answer) -> None:
        gone = w.client.send(w.request(f"Describe{self.prefix}", InstanceId=w.instance, **{self.id: self.own(w)}))
        assert gone.status == 404, gone.describe()
        for kind in (self.word, f"{self.word} version", f"{self.word} alias"):
            w.spend(kind)

    # --- versions -------------------------------------------------------------------------------------------------------

    def create_version_rules(self, w: World, found: Examined) -> Expect:
        gate = self.gate(w, found, f"Create{self.prefix}Version")
        if gate:
            return gate
        for member in ("FlowContentSha256", "FlowModuleContentSha256"):
            given = found.body.get(member)
            if given is not None and given.lower() != hashlib.sha256(self.described(w)["Content"].encode()).hexdigest():
                return Expect.refused(INVALID_REQUEST, why="flows 1.9")
        if found.body.get("ContactFlowVersion") is not None:
            return Expect.open(INVALID_REQUEST, why="what a number in the request means is not written down")
        return Expect.accepted()

    def after_create_version(self, w: World, found: Examined, answer: Answer) -> None:
        shown = self.described(w, f":{answer.json['Version']}")
        assert shown["Version"] == answer.json["Version"] and shown["Content"] == self.described(w)["Content"]
        assert shown.get("VersionDescription") == found.body.get("Description")

    def version_rules(self, w: World, found: Examined) -> Expect:
        gate = self.gate(w, found, f"Delete{self.prefix}Version")
        if gate:
            return gate
        version = w.request(f"Describe{self.prefix}", InstanceId=w.instance, **{self.id: f"{self.own(w)}:{found.labels[self.version]}"})
        return Expect.accepted() if w.client.send(version).status == 200 else Expect.refused(NOT_FOUND, why="flows 1.9: no such version")

    def after_delete_version(self, w: World, found: Examined, answer: Answer) -> None:
        if found.labels[self.version] == w.spare(f"{self.word} version"):
            w.spend(f"{self.word} version")

    # --- aliases --------------------------------------------------------------------------------------------------------

    def alias_gate(self, w: World, found: Examined, operation: str) -> Expect | None:
        own = w.spare(f"{self.word} alias")
        return self.gate(w, found, operation) or id_gate(w, found, operation, "AliasId", own, own)

    def version_given(self, w: World, found: Examined) -> Expect | None:
        given = found.body.get(self.version)
        if given is not None and str(given) != w.spare(f"{self.word} version"):
            return Expect.refused(NOT_FOUND, why="flows 1.10: no such version")
        return None

    def create_alias_rules(self, w: World, found: Examined) -> Expect:
        gate = self.gate(w, found, f"Create{self.prefix}Alias")
        return gate or self.version_given(w, found) or self.alias_name(w, found.body["AliasName"]) or Expect.accepted()

    def alias_name(self, w: World, name: str | None) -> Expect | None:
        own = w.spare(f"{self.word} alias")
        listed = w.must(self.request(w, self.list_aliases))[f"{self.prefix}AliasSummaryList"]
        if any(alias["AliasName"] == name and alias["AliasId"] != own for alias in listed):
            return Expect.refused(DUPLICATE, why="flows 1.10")
        return None

    @property
    def list_aliases(self) -> str:
        return f"List{self.prefix}Aliases"

    def after_create_alias(self, w: World, found: Examined, answer: Answer) -> None:
        alias = w.must(self.request(w, f"Describe{self.prefix}Alias", AliasId=answer.json["Id"]))[f"{self.prefix}Alias"]
        assert alias["Name"] == found.body["AliasName"] and alias.get("Description") == found.body.get("Description")
        w.must(self.request(w, f"Delete{self.prefix}Alias", AliasId=answer.json["Id"]))

    def update_alias_rules(self, w: World, found: Examined) -> Expect:
        gate = self.alias_gate(w, found, f"Update{self.prefix}Alias")
        return gate or self.version_given(w, found) or self.alias_name(w, found.body.get("Name")) or Expect.accepted()

    def after_update_alias(self, w: World, found: Examined, answer: Answer) -> None:
        alias = w.must(self.request(w, f"Describe{self.prefix}Alias", AliasId=w.spare(f"{self.word} alias")))[f"{self.prefix}Alias"]
        for member in ("Name", "Description"):
            if found.body.get(member) is not None:
                assert alias.get(member) == (found.body[member] or None), f"{member} reads back as {alias.get(member)!r}"

    def listing(self, operation: str) -> Entry:
        def rules(w: World, found: Examined) -> Expect:
            gate, token = self.gate(w, found, operation), token_gate(found, operation)
            return gate | token if gate and token else gate or token or Expect.accepted()
        return Entry([Base(lambda w: self.request(w, operation, MaxResults="5"))], rules, extra=self.extra())

    def entries(self) -> dict[str, Entry]:
        """The operations that flows and modules have alike."""
        p, extra = self.prefix, self.extra()
        version = lambda w: w.spare(f"{self.word} version")
        alias = lambda w: w.spare(f"{self.word} alias")
        return {
            f"Delete{p}": Entry([Base(lambda w: self.request(w, f"Delete{p}"))], self.delete_rules(f"Delete{p}"), self.after_delete, extra=extra),
            f"Create{p}Version": Entry(
                [Base(lambda w: self.request(w, f"Create{p}Version", Description="Before the change"))], self.create_version_rules, self.after_create_version, extra=extra),
            f"List{p}Versions": self.listing(f"List{p}Versions"),
            f"Delete{p}Version": Entry(
                [Base(lambda w: self.request(w, f"Delete{p}Version", **{self.version: version(w)}))], self.version_rules, self.after_delete_version, extra=extra),
            f"Create{p}Alias": Entry(
                [Base(lambda w: self.request(w, f"Create{p}Alias", AliasName=w.unique("alias"), Description="What runs", **{self.version: int(version(w))}))],
                self.create_alias_rules, self.after_create_alias, extra=extra),
            f"Describe{p}Alias": Entry(
                [Base(lambda w: self.request(w, f"Describe{p}Alias", AliasId=alias(w)))], lambda w, f: self.alias_gate(w, f, f"Describe{p}Alias") or Expect.accepted(), extra=extra),
            f"Update{p}Alias": Entry(
                [Base(lambda w: self.request(w, f"Update{p}Alias", AliasId=alias(w), Name=w.unique("alias"), Description="What ran", **{self.version: int(version(w))}))],
                self.update_alias_rules, self.after_update_alias, extra=extra),
            f"List{p}Aliases": self.listing(f"List{p}Aliases"),
            f"Delete{p}Alias": Entry(
                [Base(lambda w: self.request(w, f"Delete{p}Alias", AliasId=alias(w)))], lambda w, f: self.alias_gate(w, f, f"Delete{p}Alias") or Expect.accepted(),
                lambda w, f, a: w.spend(f"{self.word} alias"), extra=extra),
        }


FLOW = Kind("flow", "ContactFlow", "contact-flow", FLOW_CONTENT)
MODULE = Kind("module", "ContactFlowModule", "flow-module", MODULE_CONTENT)


def flow_content_rules(w: World, found: Examined) -> Expect:
    gate, content = FLOW.gate(w, found, "UpdateContactFlowContent"), found.body["Content"]
    if not 1 <= len(content) <= 256_000:
        bad = Expect.refused(INVALID_PARAMETER, why="flows 1.3: 1 to 256000 characters")
        return gate | bad if gate else bad
    if not gate and not _flow_document(content):
        return Expect.refused(INVALID_FLOW, why="flows 6.2")
    return gate or Expect.accepted()


def after_flow_content(w: World, found: Examined, answer: Answer) -> None:
    assert answer.json == {} and FLOW.described(w)["Content"] == found.body["Content"]


def module_content_rules(w: World, found: Examined) -> Expect:
    gate = MODULE.gate(w, found, "UpdateContactFlowModuleContent")
    content, contract = found.body.get("Content"), found.body.get("Settings")
    if gate:
        return gate
    faults = []
    if content is None and contract is None:
        faults.append(Expect.refused(INVALID_REQUEST, why="nothing to be done"))
    if content is not None and not _flow_document(content):
        faults.append(Expect.refused(INVALID_MODULE, why="flows 6.2"))
    elif content is not None and json.loads(content).get("Settings") is None:
        faults.append(Expect.refused(INVALID_REQUEST, why="flows 8.2"))
    odd = Expect.open(INVALID_REQUEST, INVALID_MODULE, why="how far a contract is checked is not written down")
    if contract not in (None, "{}"):
        return Expect.refused(*faults[0].errors | odd.errors, why=faults[0].why) if faults else odd
    return faults[0] if faults else Expect.accepted()


def after_module_content(w: World, found: Examined, answer: Answer) -> None:
    shown = MODULE.described(w)
    for member in ("Content", "Settings"):
        if found.body.get(member) is not None:
            assert shown.get(member) == found.body[member], f"{member} reads back as {shown.get(member)!r}"


CONTENTS: dict[str, Callable[[World], Any]] = {"no-object": lambda w: "[]", "empty-object": lambda w: "{}", "cut": lambda w: FLOW_CONTENT[:-2]}

OPERATIONS: dict[str, Entry] = {
    "UpdateContactFlowContent": Entry(
        [Base(lambda w: FLOW.request(w, "UpdateContactFlowContent", Content=FLOW_CONTENT))], flow_content_rules, after_flow_content,
        extra=FLOW.extra() | {"Content": CONTENTS | {"spaced": lambda w: " " + FLOW_CONTENT + "\n"}}),
    "UpdateContactFlowMetadata": Entry(
        [Base(lambda w: FLOW.request(w, "UpdateContactFlowMetadata", Name=w.unique("flow"), Description="Archived", ContactFlowState="ARCHIVED"))],
        FLOW.rename_rules("UpdateContactFlowMetadata"), FLOW.after_rename, extra=FLOW.extra()),
    "UpdateContactFlowName": Entry(
        [Base(lambda w: FLOW.request(w, "UpdateContactFlowName", Name=w.unique("flow"), Description="Renamed"))],
        FLOW.rename_rules("UpdateContactFlowName"), FLOW.after_rename, extra=FLOW.extra()),
    **FLOW.entries(),
    "UpdateContactFlowModuleContent": Entry(
        [Base(lambda w: MODULE.request(w, "UpdateContactFlowModuleContent", Content=MODULE_CONTENT, Settings="{}"))], module_content_rules, after_module_content,
        extra=MODULE.extra() | {"Content": CONTENTS | {"no-settings": lambda w: FLOW_CONTENT, "spaced": lambda w: " " + MODULE_CONTENT + "\n"}}),
    "UpdateContactFlowModuleMetadata": Entry(
        [Base(lambda w: MODULE.request(w, "UpdateContactFlowModuleMetadata", Name=w.unique("module"), Description="Archived", State="ARCHIVED"))],
        MODULE.rename_rules("UpdateContactFlowModuleMetadata"), MODULE.after_rename, extra=MODULE.extra()),
    **MODULE.entries(),
}
