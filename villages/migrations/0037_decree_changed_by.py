"""Who puts the words of an unnumbered decree right, and that they prepared nothing under it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Number and date are typed by staff. What is merely recorded has a number, and other promises.
FORWARD = """
CREATE FUNCTION decree_maker_is_not_checker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM villages_designation WHERE decree_id = NEW.id)
       AND (NEW.changed_by_id IS NULL OR EXISTS (
           SELECT 1 FROM villages_preparer AS preparer
           JOIN villages_designation AS sheet ON sheet.id = preparer.designation_id
           WHERE sheet.decree_id = NEW.id AND preparer.user_id = NEW.changed_by_id
       ))
    THEN
        RAISE EXCEPTION 'nobody who prepared what a decree decides puts its words right'
            USING ERRCODE = '23514', CONSTRAINT = 'decree_maker_is_not_checker';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decree_maker_is_not_checker
    BEFORE UPDATE OF title, signer_level, signer_name ON villages_decree
    FOR EACH ROW WHEN (
        OLD.number = '' AND (NEW.title, NEW.signer_level, NEW.signer_name)
        IS DISTINCT FROM (OLD.title, OLD.signer_level, OLD.signer_name)
    ) EXECUTE FUNCTION decree_maker_is_not_checker();
"""
BACKWARD = """
DROP TRIGGER decree_maker_is_not_checker ON villages_decree;
DROP FUNCTION decree_maker_is_not_checker();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("villages", "0036_decree_held"),
    ]
    operations = [
        migrations.AddField(
            "decree",
            "changed_by",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
