"""The failing input: secured in the private folder, its digest in the events.

What a customer wrote never gets into git: the file is a suite of one case in
`incidents/<id>/private/`, and the events hold its digest and a redacted line. An
input that is a case of a suite already is only named.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from promptgate.documents import canonical_json, describe, load_json, load_yaml, unknown_name
from promptgate.errors import InputError, SuiteError
from promptgate.files import read_text, write_atomic
from promptgate.incidents.kinds import Captured
from promptgate.incidents.log import PRIVATE
from promptgate.investigate.opening import Wanted, open_subject
from promptgate.investigate.subject import CAPTURED
from promptgate.language.redaction import redact
from promptgate.runs.scoring import Scoring
from promptgate.suites import load_suites
from promptgate.suites.loading import load_suite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from promptgate.incidents.log import Incidents
    from promptgate.incidents.state import Incident
    from promptgate.project import Project
    from promptgate.suites import Case, Suite

FILE = "input.yaml"
_KEYS = ("prompt", "vars", "messages", "expect", "model")
_ENVELOPE = {
    "request",
    "max_tokens",
    "system",
    "attributes",
    "spans",
    "scopeSpans",
    "resourceSpans",
}
_LONGEST = 200


@dataclass(frozen=True)
class Input:
    """A failing input that can be asked again.

    Attributes:
        suite: With the one case.
        prompt: That it is asked of.
        digest: 'sha256:…' over what is asked.
    """

    suite: Suite
    prompt: str
    digest: str


def capture_case(project: Project, named: str, prompt: str | None) -> Captured:
    """Name a case of a suite, 'SUITE:CASE', as the failing input.

    Raises:
        SuiteError: There is no such case, or its suite tests no prompt.
    """
    suite = _case_of(project, named)
    chosen = _prompt_of(suite, prompt)
    return Captured(
        prompt=chosen,
        digest=_digest(chosen, suite.cases[0]),
        shown=_shown(suite.cases[0]),
        case=named,
    )


def capture_file(
    incidents: Incidents,
    incident: str,
    file: Path,
    *,
    prompt: str | None,
    variables: Mapping[str, str],
    expect: Sequence[str],
) -> Captured:
    """Copy a failing input into the private folder, as a suite of one case.

    Args:
        incidents: Where.
        incident: Its id.
        file: JSON or YAML with 'prompt', 'vars' or 'messages', and 'expect'; or what production
            captured: an API request, an OpenTelemetry span, plain text.
        prompt: In place of the file's.
        variables: Added to the file's.
        expect: What the answer has to pass, in place of the file's: 'refusal', 'contains: blue'.

    Raises:
        InputError: The file cannot be read, or something is missing.
        SuiteError: What is asked or expected is wrong.
    """
    given = _own(file)
    chosen = prompt or (given or {}).get("prompt")
    if not isinstance(chosen, str) or not chosen:
        raise InputError("whose input is it? Name the prompt with --prompt.", file=str(file))
    if given is None:
        given = _recovered(incidents.project, file, chosen, expect, variables)
    wanted = [load_yaml(entry, "--expect").data for entry in expect] or given.get("expect")
    if not wanted:
        raise InputError(
            "what should the answer have been? Name a scorer with --expect, as --expect refusal.",
            file=str(file),
        )
    own = given.get("vars") or {}
    if not isinstance(own, dict):
        raise InputError(f"'vars' must be a mapping, but is {describe(own)}.", file=str(file))
    case: dict[str, Any] = {"id": "input", "expect": wanted, "critical": True}
    if merged := {**own, **variables}:
        case["vars"] = merged
    if given.get("messages"):
        case["messages"] = given["messages"]
    document = {"suite": CAPTURED, "prompt": chosen, "repeats": 1, "cases": [case]}
    try:
        kept = _keep(incidents, incident, document)
    except InputError as error:
        raise SuiteError(error.message, file=str(file)) from None
    model = given.get("model")
    return Captured(
        prompt=chosen,
        digest=_digest(chosen, kept),
        shown=_shown(kept),
        model=model if isinstance(model, str) else None,
    )


def _keep(incidents: Incidents, incident: str, document: dict[str, Any]) -> Case:
    """Write a suite of one case where its owner alone reads it; return the case.

    Raises:
        InputError: It is no suite that can be run; what stood there before stands again.
    """
    path = incidents.folder(incident) / PRIVATE / FILE
    before = path.read_bytes() if path.exists() else None
    write_atomic(path, json.dumps(document, indent=2, ensure_ascii=False) + "\n", durable=True)
    path.parent.chmod(0o700)
    path.chmod(0o600)
    try:
        read = load_suite(incidents.project.tree, incidents.shown(path))
        Scoring([read], incidents.project.root)
    except InputError:
        if before is None:
            path.unlink()
        else:
            write_atomic(path, before)
        raise
    return read.cases[0]


def captured_input(incidents: Incidents, incident: Incident) -> Input:
    """Return the failing input of an incident, as it was secured.

    Raises:
        InputError: None was secured, it is not on this machine, or it was edited since.
    """
    captured = incident.last(Captured)
    if captured is None:
        raise InputError(
            f"incident {incident.id} has no failing input; secure it with "
            "'promptgate incident evidence --input FILE' or '--case SUITE:CASE'."
        )
    if captured.case is not None:
        suite = _case_of(incidents.project, captured.case)
    else:
        path = incidents.folder(incident.id) / PRIVATE / FILE
        if not path.exists():
            raise InputError(
                "the failing input is not on this machine: it is private and not in git; copy it "
                "from whoever secured it.",
                file=incidents.shown(path),
            )
        # Under this name its answers are recorded in the folder that git ignores.
        suite = replace(load_suite(incidents.project.tree, incidents.shown(path)), name=CAPTURED)
    digest = _digest(captured.prompt, suite.cases[0])
    if digest != captured.digest:
        raise InputError(
            f"the failing input is not the one that was secured ({captured.digest[:19]}…); it was "
            "edited since. Secure it again with 'promptgate incident evidence'."
        )
    only = replace(suite, prompts=(captured.prompt,), target=None)
    return Input(only, captured.prompt, digest)


def _own(file: Path) -> dict[str, Any] | None:
    """Return the keys of a file in our own form; None for what production captured.

    Raises:
        InputError: It cannot be read, or is neither.
    """
    text = read_text(file)
    if file.suffix in (".yaml", ".yml"):
        data = load_yaml(text, str(file)).data
    elif file.suffix == ".json" or text.lstrip().startswith("{"):
        data = load_json(text, str(file)).data
    else:
        return None
    if not isinstance(data, dict):
        raise InputError("it must hold keys such as 'vars' or 'messages'.", file=str(file))
    if set(data) <= set(_KEYS):
        return data
    if not _ENVELOPE.intersection(data):
        strange = next(str(key) for key in data if key not in _KEYS)
        raise InputError(unknown_name("key", strange, _KEYS), file=str(file))
    return None


def _recovered(
    project: Project, file: Path, prompt: str, expect: Sequence[str], variables: Mapping[str, str]
) -> dict[str, Any]:
    """Return the variables and messages of what production captured.

    Raises:
        InputError: A variable's value cannot be told, or the prompt is unknown.
    """
    wanted = Wanted(file=file, prompt=prompt, expect=tuple(expect), variables=variables)
    subject = open_subject(project, wanted)
    captured = subject.captured
    model = captured.model if captured is not None else None
    messages = [dict(message) for message in subject.case.messages or ()]
    return {"vars": dict(subject.case.vars), "messages": messages, "model": model}


def _case_of(project: Project, named: str) -> Suite:
    """Return the suite of a case with that case alone."""
    suites = {suite.name: suite for suite in load_suites(project.tree, project.settings.suites)}
    wanted, colon, case = named.partition(":")
    if not colon:
        every = {one.id: name for name, suite in suites.items() for one in suite.cases}
        near = difflib.get_close_matches(named, every, n=1)
        hint = f"; did you mean {every[near[0]]}:{near[0]}?" if near else "."
        raise SuiteError(f"--case must be SUITE:CASE, but got {named!r}{hint}")
    if wanted not in suites:
        raise SuiteError(unknown_name("suite", wanted, list(suites)))
    cases = {one.id: one for one in suites[wanted].cases}
    if case not in cases:
        raise SuiteError(unknown_name("case", case, list(cases)), file=suites[wanted].file)
    return replace(suites[wanted], cases=(cases[case],))


def _prompt_of(suite: Suite, prompt: str | None) -> str:
    if prompt is not None and prompt not in suite.prompts:
        raise SuiteError(unknown_name("prompt of the suite", prompt, suite.prompts))
    if prompt is None and len(suite.prompts) != 1:
        raise SuiteError(
            f"the suite {suite.name!r} tests {len(suite.prompts)} prompts; name one with --prompt."
        )
    return prompt or suite.prompts[0]


def _digest(prompt: str, case: Case) -> str:
    asked = {"prompt": prompt, "vars": case.vars, "turns": [list(t.messages) for t in case.turns]}
    return f"sha256:{hashlib.sha256(canonical_json(asked)).hexdigest()}"


def _shown(case: Case) -> str:
    """Return what was asked, redacted and short, for people."""
    texts = [str(value) for value in case.vars.values()]
    for turn in case.turns:
        texts += [str(message.get("content", "")) for message in turn.messages]
    text = redact(" · ".join(" ".join(text.split()) for text in texts))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
