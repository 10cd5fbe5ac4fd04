"""Numbers that do not match are counted by day, and crossing a threshold raises an alert."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0005_what_was_seen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("check", "Đối chiếu mã số với sổ"), ("search", "Tìm theo số")], max_length=8
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("slow", "Phải chờ giữa các lần"), ("stop", "Đã dừng")], max_length=4
                    ),
                ),
                (
                    "whose",
                    models.CharField(choices=[("user", "Tài khoản"), ("employer", "Đơn vị")], max_length=8),
                ),
                ("whose_id", models.BigIntegerField()),
                ("day", models.DateField()),
                ("count", models.IntegerField(help_text="numbers that had not matched that day")),
                ("raised_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Chưa xử lý"), ("lifted", "Đã xử lý")], default="open", max_length=8
                    ),
                ),
                ("lifted_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="AlertEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("check", "Đối chiếu mã số với sổ"), ("search", "Tìm theo số")], max_length=8
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("slow", "Phải chờ giữa các lần"), ("stop", "Đã dừng")], max_length=4
                    ),
                ),
                (
                    "whose",
                    models.CharField(choices=[("user", "Tài khoản"), ("employer", "Đơn vị")], max_length=8),
                ),
                ("whose_id", models.BigIntegerField()),
                ("day", models.DateField()),
                ("count", models.IntegerField(help_text="numbers that had not matched that day")),
                ("raised_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Chưa xử lý"), ("lifted", "Đã xử lý")], default="open", max_length=8
                    ),
                ),
                ("lifted_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MismatchCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("check", "Đối chiếu mã số với sổ"), ("search", "Tìm theo số")], max_length=8
                    ),
                ),
                (
                    "whose",
                    models.CharField(choices=[("user", "Tài khoản"), ("employer", "Đơn vị")], max_length=8),
                ),
                ("whose_id", models.BigIntegerField()),
                ("day", models.DateField()),
                ("count", models.IntegerField(default=0)),
                (
                    "forgiven",
                    models.IntegerField(
                        default=0, help_text="of the count, before an administrator lifted it"
                    ),
                ),
                ("waits", models.IntegerField(default=0)),
                ("waits_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="alert",
            name="lifted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="office",
            field=models.ForeignKey(
                help_text="whose administrators it is for",
                on_delete=django.db.models.deletion.PROTECT,
                to="office.unit",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="user",
            field=models.ForeignKey(
                help_text="who asked last",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="alertevent",
            name="lifted_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="alertevent",
            name="office",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="whose administrators it is for",
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="office.unit",
            ),
        ),
        migrations.AddField(
            model_name="alertevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="alertevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="office.alert",
            ),
        ),
        migrations.AddField(
            model_name="alertevent",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="who asked last",
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="mismatchcounter",
            constraint=models.UniqueConstraint(
                fields=("kind", "whose", "whose_id", "day"), name="mismatch_counter_once"
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["state", "office", "-raised_at"], name="alert_open"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("kind", "whose", "whose_id", "level", "day"),
                name="alert_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"),
                    models.Q(("lifted_by__isnull", False), models.Q(("note", ""), _negated=True)),
                    _connector="OR",
                ),
                name="alert_lifted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("whose", "user"), _negated=True),
                    ("lifted_by__isnull", True),
                    models.Q(("lifted_by", models.F("whose_id")), _negated=True),
                    _connector="OR",
                ),
                name="alert_lifted_by_another",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alert",
            trigger=pgtrigger.compiler.Trigger(
                name="alert_state",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:lifted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="c7f425e2c57401e345979bff6ac2086642f43dfa",
                    operation="UPDATE",
                    pgid="pgtrigger_alert_state_f4348",
                    table="office_alert",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alert",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "office_alertevent" ("count", "day", "id", "kind", "level", "lifted_at", "lifted_by_id", "note", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "state", "user_id", "whose", "whose_id") VALUES (NEW."count", NEW."day", NEW."id", NEW."kind", NEW."level", NEW."lifted_at", NEW."lifted_by_id", NEW."note", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_at", NEW."state", NEW."user_id", NEW."whose", NEW."whose_id"); RETURN NULL;',
                    hash="b0938fb07ffc0742090c9804389be3e13a88af6b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a64c9",
                    table="office_alert",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alert",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "office_alertevent" ("count", "day", "id", "kind", "level", "lifted_at", "lifted_by_id", "note", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "state", "user_id", "whose", "whose_id") VALUES (OLD."count", OLD."day", OLD."id", OLD."kind", OLD."level", OLD."lifted_at", OLD."lifted_by_id", OLD."note", OLD."office_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."raised_at", OLD."state", OLD."user_id", OLD."whose", OLD."whose_id"); RETURN NULL;',
                    hash="b8de98c28457a88f9717e3d37383456bace3611d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e9e5b",
                    table="office_alert",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alertevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="538aad0d4e37bd736ff7033eb3ed8c2acd29cc39",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a5272",
                    table="office_alertevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
