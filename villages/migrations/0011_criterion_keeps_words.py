"""A criterion that a sheet has ticked keeps its words, so that the sheet keeps its meaning."""

from django.db import migrations

PROMISE = """
CREATE FUNCTION criterion_used_keeps_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.key, NEW.label, NEW.hint) IS DISTINCT FROM (OLD.key, OLD.label, OLD.hint)
       AND EXISTS (SELECT 1 FROM villages_finding WHERE criterion_id = NEW.id)
    THEN
        RAISE EXCEPTION 'a criterion in use keeps its words'
            USING ERRCODE = '23514', CONSTRAINT = 'criterion_used_keeps_words';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER criterion_used_keeps_words BEFORE UPDATE ON villages_criterion
    FOR EACH ROW EXECUTE FUNCTION criterion_used_keeps_words();
"""
FORGET = """
DROP TRIGGER criterion_used_keeps_words ON villages_criterion;
DROP FUNCTION criterion_used_keeps_words;
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0010_officer_promises")]
    operations = [migrations.RunSQL(PROMISE, FORGET)]
