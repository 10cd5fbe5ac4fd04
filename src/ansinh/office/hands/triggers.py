"""Bốn mắt trong cơ sở dữ liệu: no statement makes a row decided unless somebody who did not write it did so.

The triggers read the rows of `Hand`; services write those first, in the same transaction.
"""

from __future__ import annotations

import pgtrigger

MAKER = "SELECT 1 FROM office_hand h WHERE h.thing = '{thing}' AND h.key = NEW.id AND h.part = 'maker'"
DECIDER = "SELECT 1 FROM office_hand h WHERE h.thing = '{thing}' AND h.key = NEW.id AND h.part = 'decider'"
EITHER = "SELECT 1 FROM office_hand h WHERE h.thing = '{thing}' AND h.key = NEW.id"


def by_another(
    name: str, *, thing: str, state: str, who: str, system: bool = False, second: str = "", unless: str = ""
) -> pgtrigger.Trigger:
    """Trạng thái đã quyết định cần người quyết định: `who` must hold a decider's hand on the row, no maker's.

    `system`: nobody may decide too (`who` is null), as long as nobody wrote a hand on it as its maker.
    `second`: a boolean column that says whether a second person is needed, now or before; where it is not,
    any hand of `who` will do, the maker's own too. `unless`: a boolean column that, true now and before,
    says that nobody needs to decide.
    """
    maker, decider, either = (text.format(thing=thing) for text in (MAKER, DECIDER, EITHER))
    nobody = f"EXISTS ({maker})" if system else "TRUE"
    alone = (
        f"""ELSIF NOT NEW.{second} AND NOT (TG_OP = 'UPDATE' AND coalesce(OLD.{second}, FALSE)) THEN
                wrong := NOT EXISTS ({either} AND h.user_id = NEW.{who});"""
        if second
        else ""
    )
    spared = (
        f"""IF NEW.{unless} AND NOT (TG_OP = 'UPDATE' AND NOT coalesce(OLD.{unless}, FALSE)) THEN
                RETURN NEW;
            END IF;"""
        if unless
        else ""
    )
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("wrong", "boolean")],
        func=f"""
            IF NEW.state IS DISTINCT FROM '{state}' THEN RETURN NEW; END IF;
            IF TG_OP = 'UPDATE' THEN
                IF OLD.state = NEW.state AND OLD.{who} IS NOT DISTINCT FROM NEW.{who} THEN RETURN NEW; END IF;
            END IF;
            {spared}
            IF NEW.{who} IS NULL THEN
                wrong := {nobody};
            {alone}
            ELSE
                wrong := NOT EXISTS ({decider} AND h.user_id = NEW.{who})
                    OR EXISTS ({maker} AND h.user_id = NEW.{who});
            END IF;
            IF wrong THEN
                RAISE EXCEPTION 'chưa có người thứ hai quyết định / no second person decided it ({name})'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN NEW;
        """,
    )


def by_somebody(name: str, *, thing: str, state: str) -> pgtrigger.Trigger:
    """Trạng thái từ chối cần một người không lập quyết định: whose name stands in the hands alone."""
    decider = DECIDER.format(thing=thing)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF NEW.state IS DISTINCT FROM '{state}' THEN RETURN NEW; END IF;
            IF TG_OP = 'UPDATE' THEN
                IF OLD.state = NEW.state THEN RETURN NEW; END IF;
            END IF;
            IF NOT EXISTS ({decider}) THEN
                RAISE EXCEPTION 'chưa có người thứ hai quyết định / no second person decided it ({name})'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN NEW;
        """,
    )
