"""Lượt chạy: one engine for every computation over everybody. A branch declares its kinds when it is ready.

    runs.register(Kind(code="collection.month", name=_("Chạy kỳ thu"), steps=(...), read="run.read", ...))
    run = queue("collection.month", actor=actor, unit=province, month=month)

    kinds      what a kind of run is: its steps, what is one at a time, whose rights, which inputs are frozen
    services   queue, retry, cancel, run at once
    engine     executes or resumes one run: lock, steps, progress, frozen inputs
    keeper     the engine's own connection, which holds the lock and writes how far the work is
    inputs     the frozen inputs: folder, digests, archive
    selectors  runs in somebody's scope; `access` is the door
    checklist  what is asked before a month's books are closed; rooms add their questions

A step is done wholly or not at all: its writing and its mark are one transaction. A run that was killed goes
on after the last mark, from the same frozen inputs; a run that was cancelled has written nothing of the step
it was in.
"""
