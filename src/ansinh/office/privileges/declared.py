"""Quyền đã khai báo: what every model asks for, as privileges of tables and columns."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db.models import Model

# A privilege of a table, or of one column of it: ("UPDATE", None), ("UPDATE", "state").
Privilege = tuple[str, str | None]


@dataclass(frozen=True)
class Grants:
    """Quyền của phần mềm trên một bảng: beside reading it.

    `update` is everything, nothing, or the named fields. Locking a row (select_for_update) needs one field.
    """

    insert: bool = True
    update: bool | tuple[str, ...] = True
    delete: bool = False


READ = Grants(insert=False, update=False)
ADD = Grants(update=False)
LINKS = Grants(update=False, delete=True)  # rows of a many-to-many field come and go
FULL = Grants(delete=True)
# What only migrations, or triggers in the owner's name, write.
KEPT_BY_THE_OWNER = frozenset({"contenttypes.contenttype", "auth.permission", "pghistory.context"})
WITHOUT_MODEL = {"django_migrations": READ}


def privileges() -> dict[str, frozenset[Privilege]]:
    """Every table of the models and what the application's role may do to it."""
    found = {table: _of(grants, {}) for table, grants in WITHOUT_MODEL.items()}
    for cache in settings.CACHES.values():
        if str(cache["BACKEND"]).endswith(".DatabaseCache"):
            found[str(cache["LOCATION"])] = _of(FULL, {})
    for model in apps.get_models(include_auto_created=True):
        about = model._meta  # noqa: SLF001 -- Django's own way to ask a model about itself
        if not about.proxy:
            columns = {field.name: str(field.column) for field in about.concrete_fields}
            found[about.db_table] = _of(of_model(model), columns)
    return found


def of_model(model: type[Model]) -> Grants:
    """What a model declares, or what it gets without a word."""
    declared = getattr(model, "grants", None)
    if isinstance(declared, Grants):
        return declared
    about = model._meta  # noqa: SLF001 -- as above
    if is_history(model) or about.label_lower in KEPT_BY_THE_OWNER:
        return READ
    if not model.__module__.startswith("ansinh."):
        return FULL
    return LINKS if about.auto_created else Grants()


def is_history(model: type[Model]) -> bool:
    """Whether it keeps former versions of another model's rows; triggers write them in the owner's name."""
    from pghistory.models import Event

    return issubclass(model, Event)


def _of(grants: Grants, columns: dict[str, str]) -> frozenset[Privilege]:
    found: set[Privilege] = {("SELECT", None)}
    if grants.insert:
        found.add(("INSERT", None))
    if grants.delete:
        found.add(("DELETE", None))
    if grants.update is True:
        found.add(("UPDATE", None))
    elif grants.update:
        found |= {("UPDATE", columns[name]) for name in grants.update}
    return frozenset(found)
