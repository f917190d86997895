"""An account that its owner opened is never unopened again."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION user_stays_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an opened account stays opened'
        USING ERRCODE = '23514', CONSTRAINT = 'user_stays_opened';
END $$;
CREATE TRIGGER user_stays_opened BEFORE UPDATE OF opened_at ON accounts_user
    FOR EACH ROW WHEN (OLD.opened_at IS NOT NULL AND NEW.opened_at IS NULL)
    EXECUTE FUNCTION user_stays_opened();
"""
BACKWARD = "DROP FUNCTION user_stays_opened CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_opened_before")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
