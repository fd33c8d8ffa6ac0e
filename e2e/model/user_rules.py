"""What a user may be, written a second time (administration 2.7): names, identities, phones and channels."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from operations import INVALID_PARAMETER, INVALID_REQUEST
from oracle import Expect

NUMBER = re.compile(r"\+[1-9][0-9]{1,14}")
LISTS = ("AutoAcceptConfigs", "AfterContactWorkConfigs", "PhoneNumberConfigs", "PersistentConnectionConfigs", "VoiceEnhancementConfigs")


def wrong(why: str) -> Expect:
    return Expect.refused(INVALID_PARAMETER, why=why)


def misfit(why: str) -> Expect:
    return Expect.refused(INVALID_REQUEST, why=why)


def looks_like_address(text: str) -> bool:
    local, _, domain = text.partition("@")
    return bool(local) and "." in domain and not any(c.isspace() for c in text) and re.fullmatch(r"[\w-]+(\.[\w-]+)+", domain) is not None


def identity_faults(info: dict[str, Any] | None) -> list[Expect | None]:
    """administration 2.7.2; which addresses look like one beyond the plain ones is left open."""
    out: list[Expect | None] = []
    for member in ("FirstName", "LastName"):
        if unicodedata.normalize("NFC", (info or {}).get(member) or "") != ((info or {}).get(member) or ""):
            out.append(wrong("administration 2.7.2: NFC"))
    for member in ("Email", "SecondaryEmail"):
        text = (info or {}).get(member)
        if text and not looks_like_address(text):
            out.append(wrong("administration 2.7.2: an address"))
    mobile = (info or {}).get("Mobile")
    if mobile and not NUMBER.fullmatch(mobile):
        out.append(wrong("administration 2.7.2: E.164"))
    return out


def channel_faults(body: dict[str, Any]) -> list[Expect | None]:
    """administration 2.7.3, 2.7.4."""
    out: list[Expect | None] = []
    phone = body.get("PhoneConfig") or {}
    limit = lambda config: ((config or {}).get("AfterContactWorkTimeLimit") or 0) > 2_000_000
    number = lambda text, desk: misfit("administration 2.7.4: a number") if desk and not text else wrong("administration 2.7.4: E.164") if text and not NUMBER.fullmatch(text) else None
    if limit(phone):
        out.append(wrong("administration 2.7.4: the limit"))
    out.append(number(phone.get("DeskPhoneNumber"), phone.get("PhoneType") == "DESK_PHONE"))
    for member, name in (("AutoAccept", LISTS[0]), ("AfterContactWorkTimeLimit", LISTS[1]), ("PhoneType", LISTS[2]), ("PersistentConnection", LISTS[3])):
        if phone.get(member) is not None and body.get(name):
            out.append(misfit(f"administration 2.7.3: {member}"))
    if phone.get("DeskPhoneNumber") and body.get(LISTS[2]):
        out.append(misfit("administration 2.7.3: DeskPhoneNumber"))
    for name in LISTS:
        entries = [entry for entry in body.get(name) or []]
        channels = [entry["Channel"] for entry in entries]
        if len(set(channels)) != len(channels):
            out.append(wrong(f"administration 2.7.4: a channel twice in {name}"))
        for entry in entries:
            voice = entry["Channel"] == "VOICE"
            if not voice and (name in LISTS[2:] or entry.get("AgentFirstCallbackAutoAccept") is not None or entry.get("AgentFirstCallbackAfterContactWorkConfig") is not None):
                out.append(wrong(f"administration 2.7.4: VOICE only in {name}"))
            if limit(entry.get("AfterContactWorkConfig")) or limit(entry.get("AgentFirstCallbackAfterContactWorkConfig")):
                out.append(wrong(f"administration 2.7.4: the limit in {name}"))
            if name == LISTS[2]:
                out.append(number(entry.get("PhoneNumber"), entry["PhoneType"] == "DESK_PHONE"))
    return out


def username_fault(name: str) -> Expect | None:
    """administration 2.7.1"""
    if re.fullmatch(r"[A-Za-z0-9_.@-]+", name) and ("@" not in name or looks_like_address(name)):
        return None
    return wrong("administration 2.7.1")
