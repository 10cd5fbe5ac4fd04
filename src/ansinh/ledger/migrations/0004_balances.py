"""Monthly balances, filled once from the lines; from here on the posting keeps them.

Nobody looks for lines by account, party or month any more: those indexes go.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


FILL = """
    INSERT INTO ledger_balance (unit_id, party_id, account, month, moved, closing)
    SELECT unit_id, party_id, account_id, month, amount,
           sum(amount) OVER (PARTITION BY unit_id, party_id, account_id ORDER BY month)
    FROM (
        SELECT unit_id, party_id, account_id, month, sum(amount)::bigint AS amount FROM (
            SELECT unit_id, 0::bigint AS party_id, account_id, month, amount FROM ledger_line
            UNION ALL
            SELECT unit_id, party_id, account_id, month, amount FROM ledger_line WHERE party_id IS NOT NULL
        ) line GROUP BY 1, 2, 3, 4
    ) posted ORDER BY 1, 2, 3, 4"""


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0003_seals'),
    ]

    operations = [
        migrations.CreateModel(
            name='Balance',
            fields=[
                ('pk', models.CompositePrimaryKey('unit_id', 'party_id', 'account', 'month', blank=True, editable=False, primary_key=True, serialize=False)),
                ('unit_id', models.BigIntegerField(help_text='province whose books these are')),
                ('party_id', models.BigIntegerField(help_text='employer; 0 is the whole account')),
                ('account', models.CharField(help_text='code of the account', max_length=40)),
                ('month', models.IntegerField(help_text='accounting month, year*12 + month - 1')),
                ('moved', models.BigIntegerField(help_text='dong posted in the month; debit positive')),
                ('closing', models.BigIntegerField(help_text='dong at the end of the month; debit positive')),
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name='line',
            name='line_party',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_unit_month',
        ),
        migrations.AlterField(
            model_name='line',
            name='account',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='ledger.account'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='line_carried', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    -- writes in the owner's name\n    PERFORM pg_advisory_xact_lock(7266011, hashint8(unit_id))\n    FROM (SELECT DISTINCT unit_id FROM new_rows ORDER BY unit_id) province;\n    INSERT INTO ledger_balance AS b (unit_id, party_id, account, month, moved, closing)\n    SELECT unit_id, party_id, account, month, amount, amount + coalesce((\n        SELECT e.closing FROM ledger_balance e\n        WHERE e.unit_id = p.unit_id AND e.party_id = p.party_id AND e.account = p.account\n          AND e.month < p.month ORDER BY e.month DESC LIMIT 1), 0)\n    FROM (\n    SELECT unit_id, party_id, account, month, sum(amount)::bigint AS amount FROM (\n        SELECT unit_id, 0::bigint AS party_id, account_id AS account, month, amount FROM new_rows\n        UNION ALL\n        SELECT unit_id, party_id, account_id, month, amount FROM new_rows WHERE party_id IS NOT NULL\n    ) line GROUP BY unit_id, party_id, account, month) p ORDER BY unit_id, party_id, account, month\n    ON CONFLICT (unit_id, party_id, account, month) DO UPDATE\n        SET moved = b.moved + excluded.moved, closing = b.closing + excluded.moved;\n    IF EXISTS (\n        SELECT FROM (SELECT DISTINCT unit_id, account_id, month FROM new_rows) n\n        JOIN ledger_balance b ON b.unit_id = n.unit_id AND b.party_id = 0 AND b.account = n.account_id\n         AND b.month > n.month\n    ) THEN\n        WITH posted AS (\n    SELECT unit_id, party_id, account, month, sum(amount)::bigint AS amount FROM (\n        SELECT unit_id, 0::bigint AS party_id, account_id AS account, month, amount FROM new_rows\n        UNION ALL\n        SELECT unit_id, party_id, account_id, month, amount FROM new_rows WHERE party_id IS NOT NULL\n    ) line GROUP BY unit_id, party_id, account, month), later AS (\n            SELECT b.unit_id, b.party_id, b.account, b.month, sum(p.amount) AS amount\n            FROM posted p JOIN ledger_balance b ON b.unit_id = p.unit_id AND b.party_id = p.party_id\n             AND b.account = p.account AND b.month > p.month\n            GROUP BY b.unit_id, b.party_id, b.account, b.month\n        )\n        UPDATE ledger_balance b SET closing = b.closing + l.amount FROM later l\n        WHERE b.unit_id = l.unit_id AND b.party_id = l.party_id AND b.account = l.account\n          AND b.month = l.month;\n    END IF;\n    RETURN NULL;\n", hash='06ec44ee2473cb9350146fcb5c24e84333d43b2b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_line_carried_b6b33', referencing='REFERENCING NEW TABLE AS new_rows ', table='ledger_line', when='AFTER')),
        ),
    ]
