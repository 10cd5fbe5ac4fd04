"""Hồ sơ trong cơ sở dữ liệu: what no statement gets around, whoever sends it.

- A case is decided only with the hand of somebody who wrote none of it, with what was seen, no wait open, no
  question open, every point approved as it now stands.
- A closed case stays; nothing is added to what it was decided on.
- Whoever is barred from a person or an employer neither holds nor touches their case.
- A row of a branch that a case is about says what its case says (`follows`, `agrees`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pgtrigger

from ansinh.office.cases.states import ASKED, CLOSED, OPEN, State
from ansinh.office.hands.triggers import DECIDER, EITHER, MAKER


def listed(states: Sequence[str]) -> str:
    """States as the inside of an SQL IN (…)."""
    return ", ".join(f"'{State(state).value}'" for state in states)


BARRED = """
    SELECT 1 FROM office_casebar b JOIN office_caseparty p ON p.kind = b.party_kind AND p.key = b.party
    WHERE p.case_id = {case} AND b.officer_id = {user} AND b.ended_at IS NULL
      AND b.valid_from <= {day} AND (b.valid_to IS NULL OR b.valid_to >= {day})
"""
TODAY = "(now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"


def _hand(text: str) -> str:
    """The hands of the case's thing, which is not the row that fires."""
    return (
        text.replace("'{thing}'", "NEW.thing_kind").replace("h.key = NEW.id", "h.key = NEW.thing_id")
        + " AND h.user_id = NEW.decided_by_id"
    )


def decided() -> pgtrigger.Trigger:
    """Quyết định: by another, as seen, with nothing left open."""
    unfinished = "NEW.outcome = 'refused' AND NEW.refused_unfinished"
    return pgtrigger.Trigger(
        name="case_decided",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        declare=[("wrong", "text")],
        condition=pgtrigger.Condition("NEW.state = 'decided' AND OLD.state <> 'decided'"),
        func=f"""
            IF NEW.decided_by_id IS NULL OR NEW.outcome = '' OR NEW.decided_at IS NULL THEN
                wrong := 'case_decided_by_somebody';
            ELSIF (NEW.four_eyes OR OLD.four_eyes) AND (
                NOT EXISTS ({_hand(DECIDER)}) OR EXISTS ({_hand(MAKER)})
            ) THEN
                wrong := 'case_decided_by_another';
            ELSIF NOT EXISTS ({_hand(EITHER)}) THEN
                wrong := 'case_decided_by_another';
            ELSIF NEW.seen = '' THEN
                wrong := 'case_decided_unseen';
            ELSIF EXISTS (
                SELECT 1 FROM office_casewait w WHERE w.case_id = NEW.id AND w.ended_at IS NULL
            ) THEN
                wrong := 'case_decided_waiting';
            ELSIF NOT ({unfinished}) AND EXISTS (
                SELECT 1 FROM office_casequestion q WHERE q.case_id = NEW.id AND q.closed_at IS NULL
            ) THEN
                wrong := 'case_decided_open_question';
            ELSIF NOT ({unfinished}) AND EXISTS (
                SELECT 1 FROM unnest(NEW.points) point WHERE NOT EXISTS (
                    SELECT 1 FROM office_casestep s
                    JOIN LATERAL (
                        SELECT v.verdict, v.version FROM office_caseverdict v
                        WHERE v.case_id = s.case_id AND v.point = s.code ORDER BY v.id DESC LIMIT 1
                    ) v ON v.verdict = 'approved' AND v.version = s.version
                    WHERE s.case_id = NEW.id AND s.code = point AND s.state = 'done'
                )
            ) THEN
                wrong := 'case_decided_unjudged';
            END IF;
            IF wrong IS NOT NULL THEN
                RAISE EXCEPTION 'hồ sơ chưa quyết định được / the case cannot be decided (%)', wrong
                    USING ERRCODE = 'check_violation', CONSTRAINT = wrong;
            END IF;
            RETURN NEW;
        """,
    )


def begins() -> pgtrigger.Trigger:
    """Hồ sơ bắt đầu khi mở: nothing is decided when it is written first."""
    return pgtrigger.Trigger(
        name="case_begins",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NEW.state NOT IN ({listed((State.SUBMITTED, State.ACCEPTED, State.PROCESSING))})
               OR NEW.decided_by_id IS NOT NULL OR NEW.outcome <> '' THEN
                RAISE EXCEPTION 'hồ sơ bắt đầu khi mở / a case begins open (case_begins)'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'case_begins';
            END IF;
            RETURN NEW;
        """,
    )


def stays() -> pgtrigger.Trigger:
    """Hồ sơ đã xong giữ nguyên: of a decided one only that its result was handed over, and its number."""
    return pgtrigger.Trigger(
        name="case_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.state IN ({listed(CLOSED)})"),
        declare=[("before", "jsonb"), ("after", "jsonb")],
        func="""
            before := to_jsonb(OLD) - ARRAY['state', 'handed_at', 'number'];
            after := to_jsonb(NEW) - ARRAY['state', 'handed_at', 'number'];
            IF before <> after OR (OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number)
               OR (NEW.handed_at IS NOT NULL) <> (NEW.state = 'handed') THEN
                RAISE EXCEPTION 'hồ sơ đã xong / the case is closed (case_stays)'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'case_stays';
            END IF;
            RETURN NEW;
        """,
    )


def held_by_the_unbarred() -> pgtrigger.Trigger:
    """Không giao cho người phải tránh."""
    barred = BARRED.format(case="NEW.id", user="NEW.assigned_to_id", day=TODAY)
    return pgtrigger.Trigger(
        name="case_not_for_the_barred",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("assigned_to_id"),
        func=f"""
            IF NEW.assigned_to_id IS DISTINCT FROM OLD.assigned_to_id AND EXISTS ({barred}) THEN
                RAISE EXCEPTION 'viên chức này phải tránh hồ sơ / this officer is barred (case_barred)'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'case_barred';
            END IF;
            RETURN NEW;
        """,
    )


def done_by_the_unbarred() -> pgtrigger.Trigger:
    """Người phải tránh không làm gì với hồ sơ: save that what they do elsewhere may open one."""
    barred = BARRED.format(case="NEW.case_id", user="NEW.user_id", day=TODAY)
    return pgtrigger.Trigger(
        name="case_event_barred",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NEW.user_id IS NOT NULL AND NEW.act NOT IN ('open', 'rewind') AND EXISTS ({barred}) THEN
                RAISE EXCEPTION 'viên chức này phải tránh hồ sơ / this officer is barred (case_barred)'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'case_barred';
            END IF;
            RETURN NEW;
        """,
    )


def asked_while_waiting(name: str, case: str) -> pgtrigger.Trigger:
    """Đang hỏi người nộp thì phải có việc chờ: at the end of the transaction."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        func=f"""
            IF EXISTS (
                SELECT 1 FROM office_case c WHERE c.id = {case} AND c.state IN ({listed(ASKED)})
                  AND NOT EXISTS (
                      SELECT 1 FROM office_casewait w
                      WHERE w.case_id = c.id AND w.ended_at IS NULL AND w.reason = c.state
                  )
            ) THEN
                RAISE EXCEPTION 'không rõ chờ gì / nobody knows what it waits for ({name})'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN NULL;
        """,
    )


def of_the_open(name: str) -> pgtrigger.Trigger:
    """Không thêm, không sửa gì vào hồ sơ đã xong."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM office_case c WHERE c.id = NEW.case_id AND c.state IN ({listed(OPEN)})
            ) THEN
                RAISE EXCEPTION 'hồ sơ đã xong / the case is closed ({name})'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN NEW;
        """,
    )


def judged_by_another() -> pgtrigger.Trigger:
    """Không ai thẩm định việc của mình: a maker of the thing approves none of its points."""
    maker = (
        MAKER.replace("'{thing}'", "c.thing_kind").replace("h.key = NEW.id", "h.key = c.thing_id")
        + " AND h.user_id = NEW.user_id"
    )
    return pgtrigger.Trigger(
        name="case_verdict_by_another",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NEW.verdict = 'approved' AND EXISTS (
                SELECT 1 FROM office_case c WHERE c.id = NEW.case_id AND c.four_eyes AND EXISTS ({maker})
            ) THEN
                RAISE EXCEPTION 'người lập không thẩm định / a maker cannot judge (case_verdict_by_another)'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'case_verdict_by_another';
            END IF;
            RETURN NEW;
        """,
    )


@dataclass(frozen=True, slots=True)
class Says:
    """Trạng thái của dòng nhánh: what a row says while its case is so: `states`, `step`, `outcome`."""

    row: str
    states: Sequence[str]
    step: str = ""
    outcome: str = ""

    def sql(self) -> str:
        """The branch of a CASE over office_case c."""
        more = f" AND c.step = '{self.step}'" if self.step else ""
        more += f" AND c.outcome = '{self.outcome}'" if self.outcome else ""
        return f"WHEN c.state IN ({listed(self.states)}){more} THEN '{self.row}'"


def _told(says: Sequence[Says]) -> str:
    return f"CASE {' '.join(one.sql() for one in says)} END"


def follows(
    name: str, *, thing: str, says: Sequence[Says], who: str, decided: Sequence[str]
) -> pgtrigger.Trigger:
    """Dòng của nhánh theo hồ sơ: its state changes only to what its case says, `who` only to who decided.

    A row is written first in the first state of `says`; `decided` are the states in which `who` must be the
    decider of the case.
    """
    deciding = ", ".join(f"'{state}'" for state in decided)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("told", "text"), ("decider", "bigint")],
        func=f"""
            IF TG_OP = 'INSERT' THEN
                IF NEW.state = '{says[0].row}' AND NEW.{who} IS NULL THEN RETURN NEW; END IF;
            ELSIF OLD.state = NEW.state AND OLD.{who} IS NOT DISTINCT FROM NEW.{who} THEN
                RETURN NEW;
            ELSE
                SELECT {_told(says)}, c.decided_by_id INTO told, decider FROM office_case c
                WHERE c.thing_kind = '{thing}' AND c.thing_id = NEW.id ORDER BY c.round DESC LIMIT 1;
                IF told = NEW.state AND (
                    CASE WHEN NEW.state IN ({deciding}) THEN NEW.{who} = decider ELSE NEW.{who} IS NULL END
                ) THEN
                    RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION 'hồ sơ không nói như vậy / its case does not say so ({name})'
                USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
        """,
    )


def agrees(name: str, *, thing: str, table: str, says: Sequence[Says], of_case: bool) -> pgtrigger.Trigger:
    """Cuối giao dịch, dòng và hồ sơ nói như nhau: every row has its case, and both say the same.

    `of_case`: the trigger stands on office_case (by a proxy of it in the branch), else on the branch's table.
    """
    key = "NEW.thing_id" if of_case else "NEW.id"
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Condition(f"NEW.thing_kind = '{thing}'") if of_case else None,
        func=f"""
            IF EXISTS (
                SELECT 1 FROM {table} r
                LEFT JOIN LATERAL (
                    SELECT {_told(says)} AS told FROM office_case c
                    WHERE c.thing_kind = '{thing}' AND c.thing_id = r.id ORDER BY c.round DESC LIMIT 1
                ) c ON TRUE
                WHERE r.id = {key} AND r.state IS DISTINCT FROM c.told
            ) THEN
                RAISE EXCEPTION 'dòng và hồ sơ nói khác nhau / row and case differ ({name})'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN NULL;
        """,
    )
