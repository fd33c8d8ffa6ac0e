"""The load: each writer has templates of its own, and all of them share a few."""

from __future__ import annotations

import json
import random
import threading
import time
from typing import Any

from aws import Answer, Client, NotSent, Unknown, quote
from ledger import TEMPLATES, Attempt, Ledger, Shared, Template, content
from tasks import TaskWriter

OWN_LIMIT = 8
TASK_SHARE = 0.4  # of all writes


class Writer(TaskWriter):
    """One thread of calls, each drawn from a seeded generator."""

    def __init__(self, number: int, round_: int, seed: int, address: tuple[str, int], flow: str, ledger: Ledger, stop: threading.Event):
        self.number, self.round, self.flow, self.ledger, self.stop = number, round_, flow, ledger, stop
        self.dice = random.Random(f"{seed} {round_} {number}")
        self.client = Client(*address)
        self.own = ledger.own[number]
        self.acknowledged = 0
        self.serial = 0
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            while not self.stop.is_set():
                self._step()
        except Exception as e:  # a fault of the test must not look like an idle writer
            self.ledger.fault(f"writer {self.number}: {type(e).__name__}: {e}")
        finally:
            self.client.close()

    def _note(self) -> str:
        self.serial += 1
        return f"writer {self.number} round {self.round} write {self.serial}"

    def _step(self) -> None:
        if self.dice.random() < TASK_SHARE:
            self._task()
            return
        free = [t for t in self.own if not t.unknown and not t.deleted]
        kind = self.dice.choices(("create", "update", "tag", "untag", "delete", "shared", "race"), (3, 6, 3, 2, 2, 2, 2))[0]
        if kind == "create" and len(self.own) >= OWN_LIMIT:
            kind = "update"
        if kind in ("update", "tag", "untag", "delete") and not free:
            kind = "create" if len(self.own) < OWN_LIMIT else "shared"
        if kind in ("create", "shared", "race"):
            getattr(self, f"_{kind}")()
        else:
            getattr(self, f"_{kind}")(self.dice.choice(free))

    def _call(self, *call: Any) -> Answer | None:
        """None: nothing was sent. Raises Unknown."""
        try:
            return self.client.call(*call)
        except NotSent:
            time.sleep(0.01)
            return None
        except Unknown as e:
            answer = getattr(e, "answer", None)
            if answer is not None and not _well_formed(answer):
                self.ledger.fault(f"a server fault without proper form: {answer}")
            raise

    def _done(self, template: Template | None, answer: Answer, what: str) -> bool:
        if answer.status != 200:
            self.ledger.fault(f"{what} was refused: {answer}")
            return False
        self.acknowledged += 1
        if template is not None:
            template.fresh += 1
        return True

    def _create(self) -> None:
        note = self._note()
        template = Template(f"own {note}", f"token {note}" if self.dice.random() < 0.5 else None)
        body = content(self.flow, template.name, note, self.dice)
        try:
            answer = self._call("PUT", TEMPLATES, body | ({"ClientToken": template.token} if template.token else {}))
        except Unknown:
            template.unknown = ("create", body)
            self.own.append(template)
            return
        if answer is not None and self._done(template, answer, f"create {template.name}"):
            template.id = answer.json["Id"]
            template.versions, template.times = [body], [None]
            self.own.append(template)

    def _update(self, template: Template) -> None:
        name = template.name if self.dice.random() < 0.7 else f"{template.name.split(' as ')[0]} as {self.serial}"
        body = content(self.flow, name, self._note(), self.dice)
        try:
            answer = self._call("POST", template.path, body)
        except Unknown:
            template.unknown = ("update", body)
            return
        if answer is not None and self._done(template, answer, f"update {template.name}"):
            template.name = name
            template.versions.append(body)
            template.times.append(answer.json["LastModifiedTime"])

    def _tag(self, template: Template) -> None:
        self.serial += 1
        added = {f"key {n}": f"value {self.round}.{self.number}.{self.serial}" for n in self.dice.sample(range(12), 4)}
        self._tags(template, template.tags | added, "POST", f"/tags/{quote(template.arn)}", {"tags": added}, None)

    def _untag(self, template: Template) -> None:
        keys = [f"key {n}" for n in self.dice.sample(range(12), 5)]
        left = {k: v for k, v in template.tags.items() if k not in keys}
        self._tags(template, left, "DELETE", f"/tags/{quote(template.arn)}", None, [("tagKeys", k) for k in keys])

    def _tags(self, template: Template, would_be: dict[str, str], *call: Any) -> None:
        try:
            answer = self._call(*call)
        except Unknown:
            template.unknown = ("tags", would_be)
            return
        if answer is not None and self._done(template, answer, f"tags of {template.name}"):
            template.tags = would_be

    def _delete(self, template: Template) -> None:
        try:
            answer = self._call("DELETE", template.path)
        except Unknown:
            template.unknown = ("delete", None)
            return
        if answer is not None and self._done(template, answer, f"delete {template.name}"):
            template.deleted = True
            self.own.remove(template)
            with self.ledger.lock:
                self.ledger.gone.append(template)

    def _shared(self) -> None:
        shared: Shared = self.dice.choice(self.ledger.shared)
        note = self._note()
        body = content(self.flow, shared.name, note, self.dice)
        attempt = Attempt(body, None)
        with self.ledger.lock:
            shared.attempts[body["Description"]] = attempt
        try:
            answer = self._call("POST", shared.path, body)
        except Unknown:
            attempt.outcome = "unknown"
            return
        if answer is not None and self._done(None, answer, f"update {shared.name}"):
            attempt.outcome, attempt.time = "acknowledged", answer.json["LastModifiedTime"]

    def _race(self) -> None:
        """Every third number is the same thing for three writers: with one token it is one template, without it one wins."""
        with self.ledger.lock:
            number = self.ledger.race_counter // 3
            self.ledger.race_counter += 1
        name = f"race {number}"
        same = number % 2 == 0
        dice = random.Random(name) if same else self.dice
        body = content(self.flow, name, name if same else self._note(), dice)
        attempt = Attempt(body, f"race token {number}" if same else None)
        with self.ledger.lock:
            self.ledger.races.setdefault(name, []).append(attempt)
        try:
            answer = self._call("PUT", TEMPLATES, body | ({"ClientToken": attempt.token} if attempt.token else {}))
        except Unknown:
            attempt.outcome = "unknown"
            return
        if answer is None:
            return
        if answer.status == 200:
            attempt.outcome, attempt.id = "acknowledged", answer.json["Id"]
            self.acknowledged += 1
        elif not same and answer.error == "PropertyValidationException" and answer.json["PropertyList"][0]["Reason"] == "RESOURCE_NAME_ALREADY_EXISTS":
            attempt.outcome = "refused"
        else:
            self.ledger.fault(f"create {name} was refused: {answer}")


def _well_formed(answer: Answer) -> bool:
    try:
        body = json.loads(answer.raw)
    except ValueError:
        return False
    return bool(answer.error and isinstance(body, dict) and body.get("Message") and answer.headers.get("x-amzn-RequestId"))
