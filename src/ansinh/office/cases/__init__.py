"""Hồ sơ: the one engine for matters with an intake, a deadline, people who prepare and decide, and letters.

A branch registers its procedures (`procedures.register`), opens cases (`services.open_many`) and says what
has changed (`services.changed`); steps, waits, questions, verdicts, decisions and queues are the engine's.
"""
