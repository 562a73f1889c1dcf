"""Proposals with a plan, written straight into the database: no allocator is needed."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, insert

from services.api.database import writing
from services.api.proposals.tables import proposals
from tests.api.rows import AMSTERDAM, HAARLEMMERMEER

GROUP, PERIOD = "status_holders", "2027"
PLAN = {AMSTERDAM: 8, HAARLEMMERMEER: 3}
HASH = "sha256:0123456789abcdef"
SNAPSHOT = 1234
_NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def planned(engine: Engine, plan: Mapping[str, int] = PLAN, **columns: Any) -> str:
    """Add a ready proposal that houses so many in each municipality; gives its address."""
    row = {
        "id": str(uuid4()),
        "name": "First round",
        "region": "mra",
        "request": "{}",
        "problem": json.dumps(_problem(plan)),
        "problem_hash": HASH,
        "time_limit_seconds": 60.0,
        "state": "ready",
        "attempt": 1,
        "result": json.dumps(_result(plan)),
        "created_at": _NOW,
        "started_at": _NOW,
        "ended_at": _NOW,
        "snapshot_change": SNAPSHOT,
        **columns,
    }
    with writing(engine) as session:
        session.execute(insert(proposals).values(row))
    return f"/v1/proposals/{row['id']}"


def _problem(plan: Mapping[str, int]) -> dict[str, Any]:
    return {
        "schemaVersion": "1",
        "periods": [{"id": PERIOD, "start": "2027-01-01", "end": "2027-12-31"}],
        "municipalities": [{"id": code, "name": code} for code in plan],
        "groups": [{"id": GROUP, "tier": 1, "burden": 1, "spread": "region"}],
        "supply": [
            {
                "id": f"lot-{code}",
                "municipality": code,
                "form": "social_rent",
                "period": PERIOD,
                "reported": 100,
                "potential": 100,
                "groups": [GROUP],
            }
            for code in plan
        ],
        "needs": [
            {"municipality": code, "group": GROUP, "period": PERIOD, "households": households}
            for code, households in plan.items()
        ],
    }


def _result(plan: Mapping[str, int]) -> dict[str, Any]:
    return {
        "schemaVersion": "1",
        "status": "optimal",
        "placements": [
            {"lot": f"lot-{code}", "group": GROUP, "households": households}
            for code, households in plan.items()
        ],
        "provenance": {
            "problemHash": HASH,
            "solver": "none",
            "solverVersion": "0",
            "seed": 1,
            "threads": 1,
            "limits": {},
            "wallSeconds": 1,
        },
    }
