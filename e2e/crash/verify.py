"""After a restart: what was acknowledged is there, what is unknown is there wholly or not at all, and nothing else is."""

from __future__ import annotations

import dataclasses
from typing import Any

from aws import Answer, Client, quote
from ledger import TEMPLATES, Attempt, Ledger, Shared, Template
from tasks import TaskVerifier

MEMBERS = ("Name", "Description", "ContactFlowId", "Constraints", "Defaults", "Status", "Fields")


@dataclasses.dataclass
class Figures:
    acknowledged: int = 0  # acknowledged writes looked up again
    present: int = 0  # unknown outcomes found carried out
    absent: int = 0
    versions: int = 0
    replays: int = 0

    def add(self, other: "Figures") -> None:
        for field in dataclasses.fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


class Verifier:
    def __init__(self, client: Client, ledger: Ledger):
        self.client, self.ledger, self.figures = client, ledger, Figures()

    def fault(self, text: str) -> None:
        self.ledger.fault(text)

    def get(self, id_: str, version: int | None = None) -> Answer:
        return self.client.call("GET", f"{TEMPLATES}/{id_}", None, [("snapshotVersion", str(version))] if version else None)

    def run(self, everything: bool = False) -> Figures:
        listed = self.listing()
        by_name = {s["Name"]: s for s in listed.values()}
        expected: set[str] = set()
        for own in self.ledger.own:
            for template in list(own):
                if template.unknown or template.fresh or everything:
                    self.template(template, by_name)
                if template.id is None or template.deleted:
                    own.remove(template)
                else:
                    expected.add(template.id)
                    self.summary(template, listed)
        for template in self.ledger.gone + (self.ledger.buried[-200:] if everything else []):
            self.deleted(template, listed)
        self.ledger.buried += self.ledger.gone
        self.ledger.gone.clear()
        for shared in self.ledger.shared:
            self.shared(shared, everything)
            expected.add(shared.id)
        expected |= self.races(by_name)
        unknown_to_us = [s["Name"] for i, s in self.listing().items() if i not in expected]
        if unknown_to_us:
            self.fault(f"templates that nobody wrote: {unknown_to_us}")
        self.end_races()
        TaskVerifier(self.client, self.ledger, self.figures).run(everything)
        return self.figures

    def listing(self) -> dict[str, dict[str, Any]]:
        out: dict[str, dict[str, Any]] = {}
        names: set[str] = set()
        token: str | None = None
        while True:
            query = [("maxResults", "50")] + ([("nextToken", token)] if token else [])
            answer = self.client.call("GET", TEMPLATES, None, query)
            if answer.status != 200:
                self.fault(f"list was refused: {answer}")
                return out
            for summary in answer.json["TaskTemplates"]:
                if summary["Id"] in out:
                    self.fault(f"{summary['Id']} is listed twice")
                if summary["Name"] in names:
                    self.fault(f"the name {summary['Name']} is there twice")
                names.add(summary["Name"])
                out[summary["Id"]] = summary
            token = answer.json.get("NextToken")
            if not token:
                return out

    def same(self, what: str, shown: dict[str, Any], body: dict[str, Any]) -> bool:
        wrong = [m for m in MEMBERS if shown.get(m) != body.get(m)]
        if wrong:
            self.fault(f"{what}: {', '.join(f'{m} is {shown.get(m)!r}, written was {body.get(m)!r}' for m in wrong)}")
        return not wrong

    def template(self, template: Template, by_name: dict[str, Any]) -> None:
        if template.unknown and template.unknown[0] == "create":
            self.created_perhaps(template, by_name)
            if template.id is None:
                return
        elif template.unknown and template.unknown[0] == "delete" and self.get(template.id or "").status == 404:
            self.figures.present += 1
            self.figures.acknowledged += template.fresh
            template.deleted, template.unknown = True, None
            self.ledger.gone.append(template)
            return
        self.content(template)
        self.tags(template)
        if template.unknown and template.unknown[0] == "delete":
            self.figures.absent += 1
        template.unknown = None
        self.figures.acknowledged += template.fresh
        template.fresh = 0
        self.replay(template)

    def created_perhaps(self, template: Template, by_name: dict[str, Any]) -> None:
        found, body = by_name.get(template.name), template.unknown[1]  # type: ignore[index]
        self.figures.present += found is not None
        self.figures.absent += found is None
        template.unknown = None
        template.id = found["Id"] if found else None
        if template.token:
            # What a client does after a lost answer: the same call again.
            answer = self.client.call("PUT", TEMPLATES, body | {"ClientToken": template.token})
            self.figures.replays += 1
            if answer.status != 200:
                self.fault(f"{template.name}: the repeated call was refused: {answer}")
                return
            if found and answer.json["Id"] != found["Id"]:
                self.fault(f"{template.name}: the repeated call made {answer.json['Id']} beside {found['Id']}")
            template.id = answer.json["Id"]
        if template.id:
            template.versions, template.times = [body], [None]

    def content(self, template: Template) -> None:
        latest = self.get(template.id or "")
        if latest.status != 200:
            self.fault(f"{template.name} ({template.id}) is lost: {latest}")
            return
        kind, would_be = template.unknown or (None, None)
        count = int(latest.headers["x-task-template-version"])
        known = len(template.versions)
        if kind == "update":
            if count == known + 1:
                template.versions.append(would_be)
                template.times.append(None)
                template.name = would_be["Name"]
            self.figures.present += count == known + 1
            self.figures.absent += count == known
        if count != len(template.versions):
            self.fault(f"{template.name} has {count} versions, {known} were acknowledged, unknown is {kind}")
        self.same(f"{template.name}, latest", latest.json, template.versions[-1])
        moments = []
        for number, body in enumerate(template.versions, 1):
            shown = self.get(template.id or "", number)
            self.figures.versions += 1
            if shown.status != 200:
                self.fault(f"{template.name} version {number} of {count} is lost: {shown}")
                continue
            self.same(f"{template.name} version {number}", shown.json, body)
            moments.append(shown.json["LastModifiedTime"])
            told = template.times[number - 1]
            if told is not None and told != moments[-1]:
                self.fault(f"{template.name} version {number}: LastModifiedTime is {moments[-1]}, acknowledged was {told}")
        if any(b <= a for a, b in zip(moments, moments[1:])):
            self.fault(f"{template.name}: LastModifiedTime does not rise: {moments}")
        beyond = self.get(template.id or "", count + 1)
        if beyond.status != 404:
            self.fault(f"{template.name} answers version {count + 1} of {count}: {beyond}")

    def tags(self, template: Template) -> None:
        answer = self.client.call("GET", f"/tags/{quote(template.arn)}")
        shown = answer.json.get("tags") if answer.status == 200 else None
        kind, would_be = template.unknown or (None, None)
        if kind == "tags" and shown != template.tags and shown == would_be:
            self.figures.present += 1
            template.tags = would_be
        elif kind == "tags":
            self.figures.absent += 1
        if shown != template.tags:
            self.fault(f"{template.name}: tags are {shown}, acknowledged were {template.tags}, unknown is {would_be if kind == 'tags' else kind}")

    def replay(self, template: Template) -> None:
        """1.1.5: the token answers the first Id again, whatever happened to the template since."""
        if template.token and template.versions:
            answer = self.client.call("PUT", TEMPLATES, template.versions[0] | {"ClientToken": template.token})
            self.figures.replays += 1
            if answer.status != 200 or answer.json["Id"] != template.id:
                self.fault(f"{template.name}: the token answers {answer}, not {template.id}")

    def summary(self, template: Template, listed: dict[str, Any]) -> None:
        shown = listed.get(template.id or "")
        if shown is None:
            if template.versions and template.name.startswith("own"):
                shown = self.listing().get(template.id or "")  # made a moment ago by a repeated call
        if shown is None:
            self.fault(f"{template.name} is not listed")
            return
        body = template.versions[-1]
        for member in ("Name", "Description", "Status"):
            if shown[member] != body[member]:
                self.fault(f"{template.name}: the list says {member} {shown[member]!r}, acknowledged was {body[member]!r}")

    def deleted(self, template: Template, listed: dict[str, Any]) -> None:
        self.figures.acknowledged += template.fresh
        template.fresh = 0
        for version in (None, 1):
            answer = self.get(template.id or "", version)
            if answer.status != 404:
                self.fault(f"{template.name} was deleted and is back: {answer}")
        if template.id in listed:
            self.fault(f"{template.name} was deleted and is listed")
        self.replay(template)  # 1.1.6

    def shared(self, shared: Shared, everything: bool) -> None:
        latest = self.get(shared.id)
        if latest.status != 200:
            self.fault(f"{shared.name} is lost: {latest}")
            return
        count = int(latest.headers["x-task-template-version"])
        if count < shared.verified:
            self.fault(f"{shared.name} went back from version {shared.verified} to {count}")
        found: set[str] = set()
        last = 0.0
        for number in range(1 if everything else shared.verified + 1, count + 1):
            shown = self.get(shared.id, number)
            self.figures.versions += 1
            if shown.status != 200:
                self.fault(f"{shared.name} version {number} of {count} is lost: {shown}")
                continue
            mark = shown.json["Description"]
            attempt = shared.attempts.get(mark)
            if attempt is None or mark in found:
                self.fault(f"{shared.name} version {number} holds {mark!r}, which {'is there twice' if attempt else 'nobody wrote'}")
                continue
            found.add(mark)
            self.same(f"{shared.name} version {number}", shown.json, attempt.body)
            if attempt.time is not None and attempt.time != shown.json["LastModifiedTime"]:
                self.fault(f"{shared.name} version {number}: LastModifiedTime differs from what was acknowledged")
            if shown.json["LastModifiedTime"] <= last:
                self.fault(f"{shared.name} version {number}: LastModifiedTime does not rise")
            last = shown.json["LastModifiedTime"]
        self.outcomes(shared, found)
        shared.verified = count

    def outcomes(self, shared: Shared, found: set[str]) -> None:
        for mark, attempt in list(shared.attempts.items()):
            if attempt.outcome == "acknowledged":
                self.figures.acknowledged += 1
                if mark not in found:
                    self.fault(f"{shared.name}: the acknowledged write {mark!r} is lost")
                attempt.outcome = "settled"
            elif attempt.outcome == "unknown":
                self.figures.present += mark in found
                self.figures.absent += mark not in found
                attempt.outcome = "settled" if mark in found else "absent"
            elif attempt.outcome == "unsent" and mark in found:
                self.fault(f"{shared.name}: {mark!r} was never sent")

    def races(self, by_name: dict[str, Any]) -> set[str]:
        kept: set[str] = set()
        for name, attempts in self.ledger.races.items():
            won = {a.id for a in attempts if a.outcome == "acknowledged"}
            unknown = [a for a in attempts if a.outcome == "unknown"]
            self.figures.acknowledged += sum(a.outcome == "acknowledged" for a in attempts)
            found = by_name.get(name)
            if len(won) > 1 or not attempts[0].token and sum(a.outcome == "acknowledged" for a in attempts) > 1:
                self.fault(f"{name} was made {len(won)} times: {won}")
            if won and (found is None or found["Id"] not in won):
                self.fault(f"{name} was acknowledged as {won} and is {found}")
            if not won and found is None and any(a.outcome == "refused" for a in attempts):
                self.fault(f"{name} was refused as taken, and nobody has it")
            if found is not None:
                kept.add(found["Id"])
                self.raced(name, found, attempts)
            if unknown and not won:
                self.figures.present += found is not None
                self.figures.absent += found is None
            self.race_again(name, attempts, found, kept)
        return kept

    def raced(self, name: str, found: dict[str, Any], attempts: list[Attempt]) -> None:
        shown = self.get(found["Id"])
        wrote = [a for a in attempts if a.outcome in ("acknowledged", "unknown") and a.body["Description"] == shown.json.get("Description")]
        winner = [a for a in attempts if a.outcome == "acknowledged"]
        if not wrote or winner and winner[0] not in wrote and not winner[0].token:
            self.fault(f"{name} holds what nobody wrote: {shown}")
        else:
            self.same(name, shown.json, wrote[0].body)

    def race_again(self, name: str, attempts: list[Attempt], found: dict[str, Any] | None, kept: set[str]) -> None:
        token = attempts[0].token
        if not token or all(a.outcome == "unsent" for a in attempts):
            return
        answer = self.client.call("PUT", TEMPLATES, attempts[0].body | {"ClientToken": token})
        self.figures.replays += 1
        if answer.status != 200 or found and answer.json["Id"] != found["Id"]:
            self.fault(f"{name}: the token answers {answer}, not {found}")
        else:
            kept.add(answer.json["Id"])

    def end_races(self) -> None:
        """So that the number of templates stays bounded."""
        for id_, summary in self.listing().items():
            if summary["Name"] in self.ledger.races:
                answer = self.client.call("DELETE", f"{TEMPLATES}/{id_}")
                if answer.status != 200:
                    self.fault(f"{summary['Name']} cannot be deleted: {answer}")
        self.ledger.races.clear()
        self.ledger.race_counter = (self.ledger.race_counter // 3 + 1) * 3
