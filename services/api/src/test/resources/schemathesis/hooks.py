"""Makes what is asked for in good order a thing that this machine has: a provider that can be reached, a key that is known."""

import itertools
import os

import schemathesis

COUNTER = itertools.count()
KEYS = {"openai": "sk-", "anthropic": "sk-ant-", "google": "AIza", "openai-compatible": "sk-"}


def name_anew(headers):
    """The same request under the same key is answered as before, whatever became since of what it made."""
    key = headers.get("Idempotency-Key")
    if key:
        headers["Idempotency-Key"] = f"{next(COUNTER)}-{key}"[:255]


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta.generation.mode.is_positive:
        name_anew(case.headers or {})
    body = case.body
    if not (case.meta.generation.mode.is_positive and isinstance(body, dict) and body.get("provider") in KEYS):
        return
    if "base_url" in body:
        body["base_url"] = os.environ["REACHABLE_PROVIDER"] + "/v1"
    if len(body["api_key"]) % 4:  # The others are keys that no provider knows.
        body["api_key"] = KEYS[body["provider"]] + body["api_key"][:1000]
