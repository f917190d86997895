"""Whoever stands under a decree, or prints it, waits for whoever is correcting it."""

from django.db import migrations

# So `decree_frozen`, which looks for what stands under the decree, sees it once it has waited.
FORWARD = """
CREATE FUNCTION designation_holds_decree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM villages_decree WHERE id = NEW.decree_id FOR SHARE;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_holds_decree
    BEFORE INSERT OR UPDATE OF decree_id, certificate_id ON villages_designation
    FOR EACH ROW WHEN (NEW.decree_id IS NOT NULL)
    EXECUTE FUNCTION designation_holds_decree();
"""
BACKWARD = """
DROP TRIGGER designation_holds_decree ON villages_designation;
DROP FUNCTION designation_holds_decree();
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0035_office_leaves_nobody")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
