"""`promptgate incident`: its commands by the hour of an incident, each imported when called."""

from __future__ import annotations

import click

from promptgate.cli.lazy import LazyGroup, Table

_HERE = "promptgate.cli.incident"
COMMANDS: Table = {
    "at any time": {
        "status": (f"{_HERE}.status:status", "The one screen: what is, what is late, what next."),
        "note": (f"{_HERE}.declare:note", "Write down what happened, or correct it."),
        "handover": (f"{_HERE}.declare:handover", "Hand a role to somebody."),
        "list": (f"{_HERE}.closing:list_incidents", "List incidents, or search them."),
        "check": (f"{_HERE}.closing:check", "Find what was forgotten; exit 1 where anything was."),
    },
    "the first minutes": {
        "open": (f"{_HERE}.declare:open_incident", "Declare an incident."),
        "assess": (f"{_HERE}.declare:assess", "Find the severity."),
        "isolate": (f"{_HERE}.contain:isolate", "Kill, freeze, and verify that it works."),
        "evidence": (f"{_HERE}.contain:evidence", "Secure the failing input; gather evidence."),
    },
    "until it is over": {
        "diagnose": (f"{_HERE}.diagnose:diagnose", "Find the cause from the failing input."),
        "decide": (f"{_HERE}.recover:decide", "Roll back, fix forward, or kill the feature."),
        "rollback": (f"{_HERE}.recover:rollback", "Make, gate and push the rollback branch."),
        "verify": (f"{_HERE}.recover:verify", "Ask the exact failing input again."),
        "comms": (f"{_HERE}.comms:comms", "Draft, post and retry messages; whether to tell."),
        "escalate": (f"{_HERE}.closing:escalate", "The 30-minute question, and who is called."),
    },
    "afterwards": {
        "resolve": (f"{_HERE}.closing:resolve", "Close it, or call it a false alarm."),
        "postmortem": (f"{_HERE}.postmortem:postmortem", "Write the post-mortem, and its actions."),
    },
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    epilog="""\b
Examples:
  promptgate incident open --product support --summary "invents refunds" \\
      --source customer --severity high --commander dana
  promptgate incident status""",
)
def incident() -> None:
    """Carry an incident from the alarm to the post-mortem.

    Everything is events in incidents/<id>/events.jsonl; commit them with the
    repository. Where one incident is open, --incident may be left out.
    """
