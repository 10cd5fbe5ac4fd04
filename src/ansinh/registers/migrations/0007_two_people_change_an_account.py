"""Where employers pay is decided by two people; mandates given before name the office of their party."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0007_two_people_give_rights'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('registers', '0006_order_of_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectingAccountEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('bank', models.CharField(max_length=80)),
                ('bank_bin', models.CharField(max_length=6)),
                ('number', models.CharField(max_length=30)),
                ('holder', models.CharField(max_length=120)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='last day, inclusive', null=True)),
                ('state', models.CharField(choices=[('proposed', 'Chờ người thứ hai'), ('confirmed', 'Đã xác nhận'), ('refused', 'Không đồng ý'), ('ended', 'Đã thu hồi')], default='proposed', max_length=9)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, default='', help_text='why it was refused or ended', max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='collectingaccount',
            name='collecting_account_once',
        ),
        migrations.AddField(
            model_name='collectingaccount',
            name='decided_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='collectingaccount',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='collectingaccount',
            name='proposed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='collectingaccount',
            name='reason',
            field=models.CharField(blank=True, default='', help_text='why it was refused or ended', max_length=200),
        ),
        migrations.AddField(
            model_name='collectingaccount',
            name='state',
            field=models.CharField(choices=[('proposed', 'Chờ người thứ hai'), ('confirmed', 'Đã xác nhận'), ('refused', 'Không đồng ý'), ('ended', 'Đã thu hồi')], default='confirmed', max_length=9),
        ),
        # what was there before is in use
        migrations.AlterField(
            model_name='collectingaccount',
            name='state',
            field=models.CharField(choices=[('proposed', 'Chờ người thứ hai'), ('confirmed', 'Đã xác nhận'), ('refused', 'Không đồng ý'), ('ended', 'Đã thu hồi')], default='proposed', max_length=9),
        ),
        migrations.AlterField(
            model_name='collectingaccount',
            name='valid_to',
            field=models.DateField(blank=True, help_text='last day, inclusive', null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectingaccount',
            trigger=pgtrigger.compiler.Trigger(name='collecting_account_state', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{proposed:confirmed,proposed:refused,confirmed:ended}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='7348414754af55ab1a7a2d24eda1728d232515fc', operation='UPDATE', pgid='pgtrigger_collecting_account_state_2375e', table='registers_collectingaccount', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectingaccount',
            trigger=pgtrigger.compiler.Trigger(name='collecting_account_begins', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (NEW.proposed_by_id IS NOT NULL) <> (NEW.state = 'proposed')\n                       OR NEW.decided_by_id IS NOT NULL\n                    THEN\n                        RAISE EXCEPTION 'tài khoản bắt đầu từ một đề nghị / an account begins as a proposal'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'collecting_account_begins';\n                    END IF;\n                    RETURN NEW;\n                ", hash='bbb3d8b3e4cd9179917d9ba04bafec544a5d8556', operation='INSERT', pgid='pgtrigger_collecting_account_begins_7bdaa', table='registers_collectingaccount', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectingaccount',
            trigger=pgtrigger.compiler.Trigger(name='collecting_account_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.office_id IS DISTINCT FROM OLD.office_id OR NEW.bank IS DISTINCT FROM OLD.bank\n                       OR NEW.bank_bin IS DISTINCT FROM OLD.bank_bin\n                       OR NEW.number IS DISTINCT FROM OLD.number OR NEW.holder IS DISTINCT FROM OLD.holder\n                       OR NEW.valid_from IS DISTINCT FROM OLD.valid_from\n                       OR NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id\n                       OR (OLD.state = 'proposed' AND NEW.state <> 'proposed' AND NEW.decided_by_id IS NULL)\n                       OR (NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id\n                           AND NOT (OLD.state = 'proposed' AND NEW.state <> 'proposed'))\n                       OR (NEW.valid_to IS DISTINCT FROM OLD.valid_to\n                           AND (OLD.state <> 'confirmed' OR NEW.valid_to IS NULL\n                                OR NEW.valid_to > OLD.valid_to))\n                    THEN\n                        RAISE EXCEPTION 'tài khoản đã đề nghị chỉ được kết thúc / it can only be ended'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'collecting_account_stays';\n                    END IF;\n                    RETURN NEW;\n                ", hash='710129e65ed89c974cb0e967acd8235684a94587', operation='UPDATE', pgid='pgtrigger_collecting_account_stays_50278', table='registers_collectingaccount', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectingaccount',
            trigger=pgtrigger.compiler.Trigger(name='collecting_account_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7ed2fcdb2fd3c314950dd525319306e2b3f59118', operation='DELETE', pgid='pgtrigger_collecting_account_kept_e5a28', table='registers_collectingaccount', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectingaccount',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registers_collectingaccountevent" ("bank", "bank_bin", "decided_at", "decided_by_id", "holder", "id", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "state", "valid_from", "valid_to") VALUES (NEW."bank", NEW."bank_bin", NEW."decided_at", NEW."decided_by_id", NEW."holder", NEW."id", NEW."number", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."reason", NEW."state", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='5115a97a425eea43bf4184776952e6d2b5856ffd', operation='INSERT', pgid='pgtrigger_insert_insert_66a99', table='registers_collectingaccount', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectingaccount',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "registers_collectingaccountevent" ("bank", "bank_bin", "decided_at", "decided_by_id", "holder", "id", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "state", "valid_from", "valid_to") VALUES (OLD."bank", OLD."bank_bin", OLD."decided_at", OLD."decided_by_id", OLD."holder", OLD."id", OLD."number", OLD."office_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."proposed_by_id", OLD."reason", OLD."state", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='09baf2c5a63ddf418b2b521a65e8cf8912ced3ef', operation='UPDATE', pgid='pgtrigger_update_update_1d703', table='registers_collectingaccount', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectingaccount',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registers_collectingaccountevent" ("bank", "bank_bin", "decided_at", "decided_by_id", "holder", "id", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "state", "valid_from", "valid_to") VALUES (OLD."bank", OLD."bank_bin", OLD."decided_at", OLD."decided_by_id", OLD."holder", OLD."id", OLD."number", OLD."office_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_by_id", OLD."reason", OLD."state", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='09dd41fe11ade12e45514bb545135ccef1e4698a', operation='DELETE', pgid='pgtrigger_delete_delete_f3740', table='registers_collectingaccount', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='collectingaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'refused'), _negated=True), fields=('bank_bin', 'number'), name='collecting_account_once'),
        ),
        migrations.AddConstraint(
            model_name='collectingaccount',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='collecting_account_two_people'),
        ),
        migrations.AddConstraint(
            model_name='collectingaccount',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='collecting_account_days'),
        ),
        migrations.AddField(
            model_name='collectingaccountevent',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='collectingaccountevent',
            name='office',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='office.unit'),
        ),
        migrations.AddField(
            model_name='collectingaccountevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='collectingaccountevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registers.collectingaccount'),
        ),
        migrations.AddField(
            model_name='collectingaccountevent',
            name='proposed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectingaccountevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='736405c9b40ce7a509aeb63f40c92090fd56e657', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e28f6', table='registers_collectingaccountevent', when='BEFORE')),
        ),
        migrations.RunSQL(
            """UPDATE office_mandate m SET unit_id = e.office_id FROM registers_employer e
               WHERE m.party_kind = 'employer' AND m.party = e.id AND m.unit_id IS NULL;
               UPDATE office_mandate m SET unit_id = p.office_id FROM registers_person p
               WHERE m.party_kind = 'person' AND m.party = p.id AND m.unit_id IS NULL""",
            migrations.RunSQL.noop,
        ),
    ]
