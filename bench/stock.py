"""Việc của nhiều năm: what piles up beside the months: officers, lists, cases, receipts, looks, numbers.

Written by the database in sets, with the triggers of the tables off, as a bulk load does: what the pages that
list it must find their way through.
"""

from __future__ import annotations

from typing import Any

from bench import province

OFFICERS = 100
ROLES = ("reception", "collection", "finance")
MONTHS = 24
TABLES = (
    "office_user", "office_roleassignment", "collection_declaration", "collection_refund", "collection_receipt",
    "collection_statement", "office_case", "office_caseparty", "office_casewait", "office_caseevent",
    "office_hand", "office_look", "office_reading", "office_run", "office_series", "office_officialnumber",
    "collection_urge", "office_alert", "registers_household", "registers_person", "office_caseletter",
)  # fmt: skip


def fill(size: province.Size) -> None:
    """Fill them once; a second call finds them filled."""
    from django.db import connection, transaction

    from ansinh.config import database
    from ansinh.demo import life

    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM office_user WHERE username = 'bench.o1')")
        if cursor.fetchone()[0]:
            return
        cursor.execute("SELECT id FROM office_unit WHERE kind = 'province'")
        bound = {
            "root": cursor.fetchone()[0],
            "offices": province.OFFICES,
            "officers": OFFICERS,
            "roles": list(ROLES),
            "employers": size.employers,
            "people": size.people,
            "lists": size.people // 4,
            "open": size.people // 17,
            "looks": size.people // 4,
            "month": (life.START + 1).index,
            "months": MONTHS,
        }
        with transaction.atomic():
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for statement in (*_PEOPLE, *_LISTS, *_CASES, *_REST):
                cursor.execute(statement, bound)
                table = statement.split()[1 if statement.startswith("UPDATE") else 2]
                cursor.execute(f"ANALYZE {table}")  # the next one joins it
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("VACUUM (ANALYZE)")  # as autovacuum does beside the months


def officer(number: int) -> Any:
    """One of the officers of a base office, as an actor."""
    from ansinh.office.models import User
    from ansinh.office.rights import actor_of

    return actor_of(User.objects.get(username=f"bench.o{number}"))


_PEOPLE = (
    """INSERT INTO office_user (password, is_superuser, username, email, is_staff, is_active, date_joined, full_name,
         kind)
       SELECT '!', false, 'bench.o' || i, '', false, i %% 25 <> 0, '2025-07-01', 'Viên chức ' || i, 'staff'
       FROM generate_series(1, %(officers)s) i""",
    """INSERT INTO office_roleassignment (role, valid_from, decision, user_id, unit_id, state, reason)
       SELECT (%(roles)s::text[])[1 + n %% 3], '2025-07-01', '1/QĐ-BHXH', id,
              %(root)s + 1 + n %% %(offices)s, 'granted', ''
       FROM (SELECT id, substr(username, 8)::int AS n FROM office_user WHERE username LIKE 'bench.o%%') u""",
    """INSERT INTO registers_household (code, address, commune_id)
       SELECT 'H' || i, '', %(root)s + 1 + i %% %(offices)s FROM generate_series(1, %(people)s / 4) i""",
    """UPDATE registers_person SET household_id = h.id FROM registers_household h
       WHERE h.code = 'H' || (registers_person.id / 4) AND registers_person.id %% 8 < 4""",
)
_LISTS = (
    """INSERT INTO collection_declaration (form, number, state, source, file_name, content_hash, received_at, due_on,
         month, header, problems, preview, employer_id, office_id, received_by_id, needs_second)
       SELECT 'D02-LT', i || '/D02', CASE WHEN i <= %(open)s THEN (ARRAY['draft', 'checked', 'checked'])[1 + i %% 3]
              WHEN i %% 20 = 0 THEN 'returned' ELSE 'booked' END,
              'file', '', md5(i::text), timestamptz '2026-02-20' - i * interval '4 minutes',
              date '2026-02-20' - i / 300, %(month)s - i * %(months)s / %(lists)s, '{}', '[]', '{}', e.id,
              e.office_id, u.id, false
       FROM generate_series(1, %(lists)s) i
       JOIN registers_employer e ON e.id = 1 + (i::bigint * 7919) %% %(employers)s
       JOIN office_user u ON u.username = 'bench.o' || (1 + i %% %(officers)s)""",
    """INSERT INTO collection_refund (reason, amount, payee, bank_account, state, prepared_at, employer_id, office_id,
         prepared_by_id, account, because, person_id, most)
       SELECT 'Đóng trùng', 100000 + i, p.full_name, '', (ARRAY['prepared', 'approved', 'approved'])[1 + i %% 3],
              timestamptz '2026-02-20' - i * interval '1 hour', NULL, p.office_id, u.id, '3399', '{}', p.id, 1000000
       FROM generate_series(1, %(lists)s / 20) i
       JOIN registers_person p ON p.id = i * 15
       JOIN office_user u ON u.username = 'bench.o' || (1 + i %% %(officers)s)""",
    """INSERT INTO collection_receipt (reference, booked_on, value_on, month, amount, text, payer_name, payer_account,
         state, matched_month, matched_at, match_note, account_id, bank_file_id, employer_id, unit_id)
       SELECT reference || '-' || m, booked_on - m * 30, value_on - m * 30, month - m, amount, text, payer_name,
              payer_account, state, matched_month - m, matched_at - m * interval '30 days', match_note, account_id,
              bank_file_id, employer_id, unit_id
       FROM collection_receipt, generate_series(1, %(months)s - 2) m""",
    """INSERT INTO collection_statement (employer_id, month, version, workers, opening, due, charged, received,
         allocated, short, short_late, short_evaded, charges_open, surplus, days_late, rows, digest, run_id,
         unit_id)
       SELECT employer_id, month - m, 1 + v, workers, opening, due, charged, received, allocated,
              short + v * 1000, (employer_id * 7919) %% 5000000, 0, charges_open, surplus, days_late, '[]', digest,
              run_id, unit_id
       FROM collection_statement, generate_series(2, %(months)s - 1) m, generate_series(0, 1) v
       WHERE month = %(month)s AND version = 1 AND (v = 0 OR employer_id %% 20 = 3)""",
    """INSERT INTO collection_statement (employer_id, month, version, workers, opening, due, charged, received,
         allocated, short, short_late, short_evaded, charges_open, surplus, days_late, rows, digest, run_id,
         unit_id)
       SELECT employer_id, month, 2, workers, opening, due, charged, received, allocated, short,
              (employer_id * 7919) %% 5000000, 0, charges_open, surplus, days_late, rows, digest, run_id,
              unit_id
       FROM collection_statement WHERE month = %(month)s AND version = 1 AND employer_id %% 20 = 3""",
)
_CASES = (
    """INSERT INTO office_case (procedure, number, office_id, thing_kind, thing_id, round, state, step, queue, outcome,
         filed_by, received_on, law_due_on, due_on, assigned_to_id, points, opened_by_id, opened_at, decided_by_id,
         decided_at)
       SELECT 'collection.declaration', 'HS-' || d.id, d.office_id, 'declaration', d.id, 1,
              CASE d.state WHEN 'booked' THEN 'handed' WHEN 'returned' THEN 'returned' ELSE 'processing' END,
              CASE WHEN d.state = 'draft' THEN 'check' ELSE 'book' END,
              CASE WHEN d.state = 'draft' THEN 'declaration.receive' ELSE 'declaration.book' END,
              CASE d.state WHEN 'booked' THEN 'approved' ELSE '' END, 'employer', d.received_at::date, d.due_on,
              d.due_on, CASE WHEN d.id %% 3 = 0 THEN o.id END, '{}', d.received_by_id, d.received_at,
              CASE WHEN d.state = 'booked' THEN o.id END,
              CASE WHEN d.state IN ('booked', 'returned') THEN d.received_at + interval '2 days' END
       FROM collection_declaration d
       JOIN office_user o ON o.username = 'bench.o' || (1 + (d.id * 31) %% %(officers)s)""",
    """INSERT INTO office_caseparty (case_id, kind, key)
       SELECT c.id, 'employer', d.employer_id FROM office_case c JOIN collection_declaration d ON d.id = c.thing_id""",
    """INSERT INTO office_casewait (reason, on_kind, on_name, asked, since, until, "then", ended_how, case_id)
       SELECT 'supplement', 'employer', 'Công ty', 'Bổ sung', '2026-02-01',
              CURRENT_DATE + (id %% 20)::int - 5, 'return', '', id
       FROM office_case WHERE state = 'processing' AND id %% 10 = 1""",
    """INSERT INTO office_caseevent (act, user_id, at, from_state, to_state, from_step, to_step, vi, en, seen, case_id)
       SELECT a.act, CASE WHEN a.n < 3 THEN opened_by_id ELSE COALESCE(decided_by_id, opened_by_id) END,
              opened_at + a.n * interval '5 hours', '', state, '', step, 'Đã làm', 'Done', '', c.id
       FROM office_case c, (VALUES (1, 'open'), (2, 'answer'), (3, 'take'), (4, 'decide')) a(n, act)
       WHERE a.n < 4 OR c.decided_at IS NOT NULL""",
    """INSERT INTO office_hand (thing, key, part, act, user_id)
       SELECT 'declaration', d.id, 'maker', 'upload', d.received_by_id FROM collection_declaration d""",
)
_REST = (
    """INSERT INTO office_look (user_id, view, address, purpose, outcome, verb, request, at)
       SELECT u.id, 'person', '/nguoi/' || i || '/', 'lookup', CASE WHEN i %% 200 = 0 THEN 'outside' ELSE 'shown' END,
              '', '', timestamptz '2026-02-20' - (%(looks)s - i) * interval '2 minutes'
       FROM generate_series(1, %(looks)s) i
       JOIN office_user u ON u.username = 'bench.o' || (1 + i %% %(officers)s) ORDER BY i""",
    """INSERT INTO office_reading (look_id, subject, subject_id)
       SELECT l.id, CASE WHEN n %% 4 = 0 THEN 'employer' ELSE 'person' END,
              1 + (l.id * 7919 + n * 104729) %% %(people)s
       FROM office_look l, generate_series(1, 12) n ORDER BY l.id, n""",
    """INSERT INTO office_run (kind, month, state, requested_at, attempts, frozen, result, error, unit_id, key, params)
       SELECT 'collection.month', %(month)s, 'done', timestamptz '2026-02-20' - i * interval '3 hours', 1, '{}', '{}',
              '', %(root)s, 'bench-' || i, '{}' FROM generate_series(1, 2000) i""",
    """INSERT INTO office_series (kind, year, last, began, unit_id)
       VALUES ('collection.urge', 2027, %(people)s / 4, 0, %(root)s)""",
    """INSERT INTO office_officialnumber (value, text, thing, key, given_at, series_id)
       SELECT i, i || '/TB-BHXH', 'urge', i, timestamptz '2026-02-20', s.id
       FROM office_series s, generate_series(1, s.last) i WHERE s.kind = 'collection.urge' AND s.year = 2027 AND i %% 50000 <> 7""",
    """INSERT INTO collection_urge (month, number, issued_on, amount, employer_id, run_id)
       SELECT %(month)s, i || '/TB-BHXH', '2026-02-15', 1000000 + i, i, (SELECT min(id) FROM office_run)
       FROM generate_series(1, %(employers)s / 12) i""",
    """INSERT INTO office_alert (kind, level, whose, whose_id, day, count, raised_at, state, note, office_id, user_id,
         lifted_by_id)
       SELECT 'search', 'slow', 'user', u.id, date '2026-02-20' - i, 30, timestamptz '2026-02-20' - i * interval '1 day',
              CASE WHEN i < 30 THEN 'open' ELSE 'lifted' END, 'Đã hỏi', %(root)s, u.id,
              CASE WHEN i >= 30 THEN (SELECT min(id) FROM office_user) END
       FROM generate_series(1, 400) i JOIN office_user u ON u.username = 'bench.o' || (1 + i %% %(officers)s)""",
)
