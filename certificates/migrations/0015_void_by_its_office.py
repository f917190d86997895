"""A number is voided by whoever serves in the office of its register, or from above."""

from django.db import migrations

# What is skipped is void from the first moment, by whoever needed the number after it.
FORWARD = """
CREATE FUNCTION void_by_its_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM certificates_registerentry AS entry
        JOIN accounts_office AS issuer ON issuer.id = entry.office_id
        JOIN accounts_membership AS role ON role.user_id = NEW.voided_by_id
        JOIN accounts_office AS office ON office.id = role.office_id
        WHERE entry.id = NEW.entry_id AND NOT role.awaits
          AND (office.id = issuer.id OR office.kind = 'directorate' AND role.role = 'admin')
          AND (NEW.voided_at AT TIME ZONE office.timezone)::date
              BETWEEN role.starts_on AND coalesce(role.ends_on, 'infinity')
    ) AND NOT EXISTS (
        SELECT 1 FROM certificates_registerentry WHERE id = NEW.entry_id AND skips_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a number is voided in the office of its register, or from above'
            USING ERRCODE = '23514', CONSTRAINT = 'void_by_its_office';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER void_by_its_office BEFORE INSERT ON certificates_void
    FOR EACH ROW EXECUTE FUNCTION void_by_its_office();
"""
BACKWARD = """
DROP TRIGGER void_by_its_office ON certificates_void;
DROP FUNCTION void_by_its_office();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_head_confirmed"),
        ("certificates", "0014_scan_is_signed"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
