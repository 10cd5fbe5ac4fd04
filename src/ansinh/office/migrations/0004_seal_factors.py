"""The secrets of second factors were written in the clear; from here on they are sealed."""

from django.db import migrations


def seal(apps, schema_editor):
    from ansinh.office.signin.factors import sealed_again

    for held in apps.get_model("mfa", "Authenticator").objects.filter(type__in=["totp", "recovery_codes"]):
        sealed_again(held.data)
        held.save(update_fields=["data"])


def unseal(apps, schema_editor):
    from ansinh.office.signin.sealing import unseal

    for held in apps.get_model("mfa", "Authenticator").objects.filter(type__in=["totp", "recovery_codes"]):
        for name in ("secret", "seed"):
            if name in held.data:
                held.data[name] = unseal(held.data[name])
        held.save(update_fields=["data"])


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0003_sign_in'),
        ('mfa', '0003_authenticator_type_uniq'),
    ]

    operations = [migrations.RunPython(seal, unseal)]
