"""Tài liệu trong cơ sở dữ liệu: a row that says which bytes it was read from has them kept."""

from __future__ import annotations

import pgtrigger


def with_its_document(name: str, *, thing: str, role: str = "original") -> pgtrigger.Trigger:
    """Dòng mới phải có tài liệu. Its column `digest` is that of a document bound to it when it commits."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM office_attachment a JOIN office_document d ON d.id = a.document_id
                WHERE a.thing = '{thing}' AND a.key = NEW.id AND a.role = '{role}' AND d.digest = NEW.digest
            ) THEN
                RAISE EXCEPTION 'chưa cất tệp đã đọc / the file it was read from is not kept ({name})'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN NULL;
        """,
    )
