"""Accounts have a home, a right can be ended, acts of administrators and changes of units are kept."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0006_numbers_that_do_not_match'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('open', 'Mở tài khoản'), ('invite', 'Mời lại'), ('factor', 'Cấp lại xác thực hai lớp'), ('password', 'Đặt lại mật khẩu'), ('suspend', 'Tạm ngừng'), ('restore', 'Mở lại'), ('sessions', 'Kết thúc phiên làm việc'), ('forgive', 'Bỏ thời gian chờ đăng nhập')], max_length=8)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='DayOffEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('kind', models.CharField(choices=[('off', 'Nghỉ lễ, tết'), ('swapped_off', 'Nghỉ hoán đổi'), ('worked', 'Làm bù'), ('ordinary', 'Ngày thường (hủy thông báo trước)')], max_length=12)),
                ('name', models.CharField(max_length=100)),
                ('notice', models.CharField(help_text='number and day of the official notice', max_length=120)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('vss', 'BHXH Việt Nam'), ('province', 'BHXH tỉnh'), ('district', 'Huyện'), ('base_office', 'BHXH cơ sở'), ('commune', 'Xã')], max_length=12)),
                ('code', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=120)),
                ('name_fold', models.CharField(max_length=120)),
                ('name_sort', models.CharField(max_length=400)),
                ('path', models.CharField(max_length=80)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(help_text='last day, inclusive', null=True)),
                ('region', models.PositiveSmallIntegerField(help_text='minimum-wage region 1..4', null=True)),
                ('phone', models.CharField(blank=True, default='', max_length=30)),
                ('address', models.CharField(blank=True, default='', max_length=200)),
                ('signer', models.CharField(blank=True, default='', help_text='who signs its papers', max_length=100)),
                ('signer_title', models.CharField(blank=True, default='', max_length=60)),
                ('booking_people', models.PositiveIntegerField(blank=True, help_text='people above which a list needs a second person; null: as above', null=True)),
                ('booking_money', models.BigIntegerField(blank=True, help_text='dong above which a list needs a second person; null: as above', null=True)),
                ('archives_inputs', models.BooleanField(default=False, help_text='frozen inputs of a closed month are archived instead of removed')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='hand',
            name='hand_not_both',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='mandate',
            name='mandate_state',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='mandate',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='mandate',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='mandate',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='roleassignment',
            name='role_state',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='roleassignment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='roleassignment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='roleassignment',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='mandate',
            name='mandate_once',
        ),
        migrations.RemoveConstraint(
            model_name='roleassignment',
            name='role_once',
        ),
        migrations.AddField(
            model_name='mandate',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='mandate',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mandate',
            name='reason',
            field=models.CharField(blank=True, default='', help_text='why it was refused, ended or withdrawn', max_length=200),
        ),
        migrations.AddField(
            model_name='mandate',
            name='unit',
            field=models.ForeignKey(blank=True, help_text='office in charge of the party when it was proposed', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.unit'),
        ),
        migrations.AddField(
            model_name='mandateevent',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='mandateevent',
            name='ended_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mandateevent',
            name='reason',
            field=models.CharField(blank=True, default='', help_text='why it was refused, ended or withdrawn', max_length=200),
        ),
        migrations.AddField(
            model_name='mandateevent',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='office in charge of the party when it was proposed', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='office.unit'),
        ),
        migrations.AddField(
            model_name='roleassignment',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='roleassignment',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roleassignment',
            name='reason',
            field=models.CharField(blank=True, default='', help_text='why it was refused, ended or withdrawn', max_length=200),
        ),
        migrations.AddField(
            model_name='roleassignmentevent',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='roleassignmentevent',
            name='ended_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roleassignmentevent',
            name='reason',
            field=models.CharField(blank=True, default='', help_text='why it was refused, ended or withdrawn', max_length=200),
        ),
        migrations.AddField(
            model_name='user',
            name='unit',
            field=models.ForeignKey(blank=True, help_text='where it was opened: who administers it while it holds no right anywhere', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.unit'),
        ),
        migrations.AddField(
            model_name='userevent',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='where it was opened: who administers it while it holds no right anywhere', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='office.unit'),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='made_by',
            field=models.ForeignKey(help_text='null: on the server, for the first ones', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='invitationevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, help_text='null: on the server, for the first ones', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='mandate',
            name='granted_by',
            field=models.ForeignKey(blank=True, help_text='who granted or refused', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='mandate',
            name='state',
            field=models.CharField(choices=[('proposed', 'Chờ người thứ hai'), ('granted', 'Có hiệu lực'), ('refused', 'Không đồng ý'), ('ended', 'Đã thu hồi')], default='proposed', max_length=8),
        ),
        migrations.AlterField(
            model_name='mandateevent',
            name='granted_by',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='who granted or refused', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='mandateevent',
            name='state',
            field=models.CharField(choices=[('proposed', 'Chờ người thứ hai'), ('granted', 'Có hiệu lực'), ('refused', 'Không đồng ý'), ('ended', 'Đã thu hồi')], default='proposed', max_length=8),
        ),
        migrations.AlterField(
            model_name='roleassignment',
            name='granted_by',
            field=models.ForeignKey(blank=True, help_text='who granted or refused', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='roleassignment',
            name='state',
            field=models.CharField(choices=[('proposed', 'Chờ người thứ hai'), ('granted', 'Có hiệu lực'), ('refused', 'Không đồng ý'), ('ended', 'Đã thu hồi')], default='proposed', max_length=8),
        ),
        migrations.AlterField(
            model_name='roleassignmentevent',
            name='granted_by',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='who granted or refused', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='roleassignmentevent',
            name='state',
            field=models.CharField(choices=[('proposed', 'Chờ người thứ hai'), ('granted', 'Có hiệu lực'), ('refused', 'Không đồng ý'), ('ended', 'Đã thu hồi')], default='proposed', max_length=8),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dayoff',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "office_dayoffevent" ("day", "id", "kind", "name", "notice", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."day", NEW."id", NEW."kind", NEW."name", NEW."notice", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='0ae77ec37122173625fe1cf4908af59034a7f1bc', operation='INSERT', pgid='pgtrigger_insert_insert_9df81', table='office_dayoff', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dayoff',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "office_dayoffevent" ("day", "id", "kind", "name", "notice", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."day", OLD."id", OLD."kind", OLD."name", OLD."notice", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;', hash='4ff4ecffd1083793689ef49a2d99301ce31adb5c', operation='UPDATE', pgid='pgtrigger_update_update_6a5fe', table='office_dayoff', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dayoff',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "office_dayoffevent" ("day", "id", "kind", "name", "notice", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."day", OLD."id", OLD."kind", OLD."name", OLD."notice", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='eafb48b346b9eab6afd8d77232022ffa654b3fd6', operation='DELETE', pgid='pgtrigger_delete_delete_e1796', table='office_dayoff', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hand',
            trigger=pgtrigger.compiler.Trigger(name='hand_not_both', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.thing || ':' || NEW.key, 0));\n                    IF EXISTS (\n                        SELECT 1 FROM office_hand h WHERE h.thing = NEW.thing AND h.key = NEW.key\n                          AND h.user_id = NEW.user_id AND h.part <> NEW.part\n                    ) THEN\n                        RAISE EXCEPTION 'người lập không được quyết định / a maker cannot decide'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'hand_not_both';\n                    END IF;\n                    RETURN NEW;\n                ", hash='194843d80708461897f61c257bbd7b7e0d4574f8', operation='INSERT', pgid='pgtrigger_hand_not_both_5420e', table='office_hand', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandate',
            trigger=pgtrigger.compiler.Trigger(name='mandate_state', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{proposed:granted,proposed:refused,proposed:ended,granted:ended}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='7b9f3f0b52f95f16b4cd29110b7487d700830d76', operation='UPDATE', pgid='pgtrigger_mandate_state_2dcbc', table='office_mandate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandate',
            trigger=pgtrigger.compiler.Trigger(name='mandate_begins', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF (NEW.proposed_by_id IS NOT NULL AND NEW.state <> 'proposed')\n                   OR NEW.granted_by_id IS NOT NULL OR NEW.ended_by_id IS NOT NULL\n                THEN\n                    RAISE EXCEPTION 'quyền bắt đầu từ một đề nghị / a right begins as a proposal'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_begins';\n                END IF;\n                IF NOT EXISTS (SELECT 1 FROM office_user u WHERE u.id = NEW.user_id AND u.kind = 'outside')\n                THEN\n                    RAISE EXCEPTION 'loại tài khoản không nhận quyền này / no right for this kind of account'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_kind';\n                END IF;\n                RETURN NEW;\n            ", hash='d7d416f73588b69751a1cfcfa80b185d3940b20d', operation='INSERT', pgid='pgtrigger_mandate_begins_79a2f', table='office_mandate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandate',
            trigger=pgtrigger.compiler.Trigger(name='mandate_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF NEW.user_id IS DISTINCT FROM OLD.user_id OR NEW.role IS DISTINCT FROM OLD.role OR NEW.valid_from IS DISTINCT FROM OLD.valid_from OR NEW.decision IS DISTINCT FROM OLD.decision OR NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id OR NEW.party_kind IS DISTINCT FROM OLD.party_kind OR NEW.party IS DISTINCT FROM OLD.party\n                   OR (OLD.unit_id IS NOT NULL AND NEW.unit_id IS DISTINCT FROM OLD.unit_id)\n                   OR (OLD.state = 'proposed' AND NEW.state = 'granted' AND NEW.proposed_by_id IS NULL)\n                   OR (OLD.granted_by_id IS NOT NULL AND NEW.granted_by_id IS DISTINCT FROM OLD.granted_by_id)\n                   OR (OLD.state = NEW.state AND NEW.granted_by_id IS DISTINCT FROM OLD.granted_by_id)\n                   OR (NEW.valid_to IS DISTINCT FROM OLD.valid_to\n                       AND (OLD.state <> 'granted' OR NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to))\n                THEN\n                    RAISE EXCEPTION 'quyền đã đề nghị chỉ được rút ngắn / a right can only be shortened'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_stays';\n                END IF;\n                RETURN NEW;\n            ", hash='f7f3db9368f90be8f2a08ecccb685ce6829fe43d', operation='UPDATE', pgid='pgtrigger_mandate_stays_6373a', table='office_mandate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandate',
            trigger=pgtrigger.compiler.Trigger(name='mandate_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='983ff77d5e005ee0255df3eec28ae81a508e1ec2', operation='DELETE', pgid='pgtrigger_mandate_kept_e8fbb', table='office_mandate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "office_mandateevent" ("decision", "ended_at", "ended_by_id", "granted_at", "granted_by_id", "id", "party", "party_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "role", "state", "unit_id", "user_id", "valid_from", "valid_to") VALUES (NEW."decision", NEW."ended_at", NEW."ended_by_id", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."party", NEW."party_kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."reason", NEW."role", NEW."state", NEW."unit_id", NEW."user_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='0170d1da5620266c86e4945f919ff70adad02dbb', operation='INSERT', pgid='pgtrigger_insert_insert_df70f', table='office_mandate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "office_mandateevent" ("decision", "ended_at", "ended_by_id", "granted_at", "granted_by_id", "id", "party", "party_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "role", "state", "unit_id", "user_id", "valid_from", "valid_to") VALUES (NEW."decision", NEW."ended_at", NEW."ended_by_id", NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."party", NEW."party_kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."reason", NEW."role", NEW."state", NEW."unit_id", NEW."user_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='0ba334cb908ca2ca1d67861792ce96714513c5a5', operation='UPDATE', pgid='pgtrigger_update_update_7bf7a', table='office_mandate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "office_mandateevent" ("decision", "ended_at", "ended_by_id", "granted_at", "granted_by_id", "id", "party", "party_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "role", "state", "unit_id", "user_id", "valid_from", "valid_to") VALUES (OLD."decision", OLD."ended_at", OLD."ended_by_id", OLD."granted_at", OLD."granted_by_id", OLD."id", OLD."party", OLD."party_kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_by_id", OLD."reason", OLD."role", OLD."state", OLD."unit_id", OLD."user_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='7a78ffcaa5db33954ad1018a4649e199da9d4d92', operation='DELETE', pgid='pgtrigger_delete_delete_df7a1', table='office_mandate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleassignment',
            trigger=pgtrigger.compiler.Trigger(name='role_state', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{proposed:granted,proposed:refused,proposed:ended,granted:ended}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='22fb6d0f347f75b00349669678a211f7bfb699c3', operation='UPDATE', pgid='pgtrigger_role_state_ef944', table='office_roleassignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleassignment',
            trigger=pgtrigger.compiler.Trigger(name='role_begins', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF (NEW.proposed_by_id IS NOT NULL AND NEW.state <> 'proposed')\n                   OR NEW.granted_by_id IS NOT NULL OR NEW.ended_by_id IS NOT NULL\n                THEN\n                    RAISE EXCEPTION 'quyền bắt đầu từ một đề nghị / a right begins as a proposal'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'role_begins';\n                END IF;\n                IF NOT EXISTS (SELECT 1 FROM office_user u WHERE u.id = NEW.user_id AND u.kind = 'staff')\n                THEN\n                    RAISE EXCEPTION 'loại tài khoản không nhận quyền này / no right for this kind of account'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'role_kind';\n                END IF;\n                RETURN NEW;\n            ", hash='5615343a6dc0bc70042c4714156ae1a0bb0bc2cf', operation='INSERT', pgid='pgtrigger_role_begins_48fb3', table='office_roleassignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleassignment',
            trigger=pgtrigger.compiler.Trigger(name='role_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF NEW.user_id IS DISTINCT FROM OLD.user_id OR NEW.role IS DISTINCT FROM OLD.role OR NEW.valid_from IS DISTINCT FROM OLD.valid_from OR NEW.decision IS DISTINCT FROM OLD.decision OR NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id\n                   OR (OLD.unit_id IS NOT NULL AND NEW.unit_id IS DISTINCT FROM OLD.unit_id)\n                   OR (OLD.state = 'proposed' AND NEW.state = 'granted' AND NEW.proposed_by_id IS NULL)\n                   OR (OLD.granted_by_id IS NOT NULL AND NEW.granted_by_id IS DISTINCT FROM OLD.granted_by_id)\n                   OR (OLD.state = NEW.state AND NEW.granted_by_id IS DISTINCT FROM OLD.granted_by_id)\n                   OR (NEW.valid_to IS DISTINCT FROM OLD.valid_to\n                       AND (OLD.state <> 'granted' OR NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to))\n                THEN\n                    RAISE EXCEPTION 'quyền đã đề nghị chỉ được rút ngắn / a right can only be shortened'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'role_stays';\n                END IF;\n                RETURN NEW;\n            ", hash='8e1c4eb7afca6f28e00a271ae050c1a48624de5c', operation='UPDATE', pgid='pgtrigger_role_stays_60552', table='office_roleassignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleassignment',
            trigger=pgtrigger.compiler.Trigger(name='role_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='8f20304a485bfb57182f789ab4162a039e94adf5', operation='DELETE', pgid='pgtrigger_role_kept_960b6', table='office_roleassignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleassignment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "office_roleassignmentevent" ("decision", "ended_at", "ended_by_id", "granted_at", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "role", "state", "unit_id", "user_id", "valid_from", "valid_to") VALUES (NEW."decision", NEW."ended_at", NEW."ended_by_id", NEW."granted_at", NEW."granted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."reason", NEW."role", NEW."state", NEW."unit_id", NEW."user_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='881189f7a10a44b9ef3190776eca74656c836ebc', operation='INSERT', pgid='pgtrigger_insert_insert_9dfeb', table='office_roleassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleassignment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "office_roleassignmentevent" ("decision", "ended_at", "ended_by_id", "granted_at", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "role", "state", "unit_id", "user_id", "valid_from", "valid_to") VALUES (NEW."decision", NEW."ended_at", NEW."ended_by_id", NEW."granted_at", NEW."granted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."reason", NEW."role", NEW."state", NEW."unit_id", NEW."user_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='150c8d172f270c16a63d6b27c9a20ed89d065d87', operation='UPDATE', pgid='pgtrigger_update_update_c9c18', table='office_roleassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleassignment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "office_roleassignmentevent" ("decision", "ended_at", "ended_by_id", "granted_at", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "role", "state", "unit_id", "user_id", "valid_from", "valid_to") VALUES (OLD."decision", OLD."ended_at", OLD."ended_by_id", OLD."granted_at", OLD."granted_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_by_id", OLD."reason", OLD."role", OLD."state", OLD."unit_id", OLD."user_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='e5d9f544ca6ac64aae9b76b99316f388ed5e485f', operation='DELETE', pgid='pgtrigger_delete_delete_90984', table='office_roleassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "office_unitevent" ("address", "archives_inputs", "booking_money", "booking_people", "code", "id", "kind", "name", "name_fold", "name_sort", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "region", "signer", "signer_title", "valid_from", "valid_to") VALUES (OLD."address", OLD."archives_inputs", OLD."booking_money", OLD."booking_people", OLD."code", OLD."id", OLD."kind", OLD."name", OLD."name_fold", OLD."name_sort", OLD."parent_id", OLD."path", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."phone", OLD."region", OLD."signer", OLD."signer_title", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='50e59cdb2974721b109fe57d9bedb82760c6c3ba', operation='UPDATE', pgid='pgtrigger_update_update_47e25', table='office_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "office_unitevent" ("address", "archives_inputs", "booking_money", "booking_people", "code", "id", "kind", "name", "name_fold", "name_sort", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "region", "signer", "signer_title", "valid_from", "valid_to") VALUES (OLD."address", OLD."archives_inputs", OLD."booking_money", OLD."booking_people", OLD."code", OLD."id", OLD."kind", OLD."name", OLD."name_fold", OLD."name_sort", OLD."parent_id", OLD."path", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."region", OLD."signer", OLD."signer_title", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='20f7319fc9896347f41b128f18a21513e283e921', operation='DELETE', pgid='pgtrigger_delete_delete_64999', table='office_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='user_kind_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b981a847d7a20b44e0361ed2332134990d404850', operation='UPDATE', pgid='pgtrigger_user_kind_stays_1d5a0', table='office_user', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "office_userevent" ("date_joined", "demo", "email", "full_name", "id", "is_active", "is_staff", "is_superuser", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "username") VALUES (NEW."date_joined", NEW."demo", NEW."email", NEW."full_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit_id", NEW."username"); RETURN NULL;', hash='9a7f8de832ae7a51c56b72c4a8c777b1e7b4e8bd', operation='INSERT', pgid='pgtrigger_insert_insert_0119b', table='office_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."demo" IS DISTINCT FROM (NEW."demo") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."username" IS DISTINCT FROM (NEW."username"))', func='INSERT INTO "office_userevent" ("date_joined", "demo", "email", "full_name", "id", "is_active", "is_staff", "is_superuser", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "username") VALUES (OLD."date_joined", OLD."demo", OLD."email", OLD."full_name", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."kind", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."unit_id", OLD."username"); RETURN NULL;', hash='4da9491fbf1443d59706733c8b2fa4a5f268ed9f', operation='UPDATE', pgid='pgtrigger_update_update_8a0df', table='office_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "office_userevent" ("date_joined", "demo", "email", "full_name", "id", "is_active", "is_staff", "is_superuser", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "username") VALUES (OLD."date_joined", OLD."demo", OLD."email", OLD."full_name", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unit_id", OLD."username"); RETURN NULL;', hash='b8790a6c129e451ed13d19e7cc8986f83610ad84', operation='DELETE', pgid='pgtrigger_delete_delete_82277', table='office_user', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['refused', 'ended']), _negated=True), fields=('user', 'party_kind', 'party', 'role', 'valid_from'), name='mandate_once'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('proposed_by__isnull', True), models.Q(('proposed_by', models.F('user')), _negated=True), _connector='OR'), name='mandate_not_for_oneself'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('ended_by', models.F('user')), _negated=True)), _connector='OR'), name='mandate_ended_by_another'),
        ),
        migrations.AddConstraint(
            model_name='roleassignment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['refused', 'ended']), _negated=True), fields=('user', 'role', 'unit', 'valid_from'), name='role_once'),
        ),
        migrations.AddConstraint(
            model_name='roleassignment',
            constraint=models.CheckConstraint(condition=models.Q(('proposed_by__isnull', True), models.Q(('proposed_by', models.F('user')), _negated=True), _connector='OR'), name='role_not_for_oneself'),
        ),
        migrations.AddConstraint(
            model_name='roleassignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('ended_by', models.F('user')), _negated=True)), _connector='OR'), name='role_ended_by_another'),
        ),
        migrations.AddField(
            model_name='accountact',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='accountact',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dayoffevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='dayoffevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='office.dayoff'),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='parent',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='office.unit'),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='office.unit'),
        ),
        migrations.AddConstraint(
            model_name='accountact',
            constraint=models.CheckConstraint(condition=models.Q(('by__isnull', True), models.Q(('by', models.F('user')), _negated=True), _connector='OR'), name='act_by_another'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountact',
            trigger=pgtrigger.compiler.Trigger(name='act_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6c7c3b54fd7f329843ab2fb56e7ca88138505136', operation='UPDATE OR DELETE', pgid='pgtrigger_act_append_only_6bc5c', table='office_accountact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dayoffevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cb6dff01a5244ffd7da6b8b787ff9d15c0fe662b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e93a7', table='office_dayoffevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7a9fc4e289aba0d1014cf936b9788b8a4ca52095', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_59f08', table='office_unitevent', when='BEFORE')),
        ),
    ]
