"""The database itself refuses to change or delete a row of the log.

Used by the migration, and by the test suite, which must take the guard down to empty its tables.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_entry"
SENTENCE = "the audit log can only be added to"

_SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS audit_entry_no_{verb.lower()} BEFORE {verb} ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"""
    for verb in ("UPDATE", "DELETE")
]
_POSTGRES = [
    f"""CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END;
    $$ LANGUAGE plpgsql""",
    f"""CREATE OR REPLACE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()""",
    f"""CREATE OR REPLACE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()""",
]
_DROP = {
    "sqlite": [f"DROP TRIGGER IF EXISTS audit_entry_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [f"DROP TRIGGER IF EXISTS audit_entry_no_{verb} ON {TABLE}" for verb in ("change", "truncate")],
}
_CREATE = {"sqlite": _SQLITE, "postgresql": _POSTGRES}


def install(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _CREATE[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _DROP[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
