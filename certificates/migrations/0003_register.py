"""Numbers: each once, without a gap, of its own office, and void for good."""

from django.db import migrations

FORWARD = """
ALTER TABLE certificates_registerentry
    ADD CONSTRAINT register_entry_office_kind UNIQUE (id, office_id, kind);
ALTER TABLE certificates_certificate ADD CONSTRAINT certificate_entry_of_its_register
    FOREIGN KEY (entry_id, office_id, kind)
    REFERENCES certificates_registerentry (id, office_id, kind);
ALTER TABLE certificates_letter ADD CONSTRAINT letter_entry_of_its_register
    FOREIGN KEY (entry_id, office_id, kind)
    REFERENCES certificates_registerentry (id, office_id, kind);

CREATE FUNCTION register_entry_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'register entry is for ever' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER register_entry_frozen BEFORE UPDATE OR DELETE ON certificates_registerentry
    FOR EACH ROW EXECUTE FUNCTION register_entry_frozen();

CREATE FUNCTION register_without_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.serial <> 1 + COALESCE((
        SELECT max(serial) FROM certificates_registerentry
        WHERE office_id = NEW.office_id AND kind = NEW.kind AND year = NEW.year
    ), 0) THEN
        RAISE EXCEPTION 'the next serial follows the last one'
            USING ERRCODE = '23514', CONSTRAINT = 'register_without_gap';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER register_without_gap BEFORE INSERT ON certificates_registerentry
    FOR EACH ROW WHEN (NEW.serial IS NOT NULL) EXECUTE FUNCTION register_without_gap();

CREATE FUNCTION register_skips_what_is_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM certificates_registerentry AS written
        WHERE written.id = NEW.skips_id AND written.serial IS NULL
          AND (written.office_id, written.year, written.number)
              = (NEW.office_id, NEW.year, NEW.number)
    ) THEN
        RAISE EXCEPTION 'only a number that was written by hand is skipped'
            USING ERRCODE = '23514', CONSTRAINT = 'register_skips_what_is_written';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER register_skips_what_is_written BEFORE INSERT ON certificates_registerentry
    FOR EACH ROW WHEN (NEW.skips_id IS NOT NULL)
    EXECUTE FUNCTION register_skips_what_is_written();

-- A paper takes a number that the portal gave, that counts, and that no other paper has.
CREATE FUNCTION paper_number_is_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM certificates_registerentry WHERE id = NEW.entry_id AND serial IS NULL
            AND TG_TABLE_NAME = 'certificates_certificate'
        UNION ALL SELECT 1 FROM certificates_void WHERE entry_id = NEW.entry_id
        UNION ALL SELECT 1 FROM certificates_certificate WHERE entry_id = NEW.entry_id
        UNION ALL SELECT 1 FROM certificates_letter WHERE entry_id = NEW.entry_id
    ) THEN
        RAISE EXCEPTION 'a paper takes a new number'
            USING ERRCODE = '23514', CONSTRAINT = 'paper_number_is_its_own';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_number_is_its_own BEFORE INSERT ON certificates_certificate
    FOR EACH ROW EXECUTE FUNCTION paper_number_is_its_own();
CREATE TRIGGER paper_number_is_its_own BEFORE INSERT ON certificates_letter
    FOR EACH ROW EXECUTE FUNCTION paper_number_is_its_own();

CREATE FUNCTION paper_takes_no_skipped_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM certificates_registerentry
        WHERE id = NEW.entry_id AND skips_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a paper takes a new number'
            USING ERRCODE = '23514', CONSTRAINT = 'paper_number_is_its_own';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_takes_no_skipped_number BEFORE INSERT ON certificates_certificate
    FOR EACH ROW EXECUTE FUNCTION paper_takes_no_skipped_number();
CREATE TRIGGER paper_takes_no_skipped_number BEFORE INSERT ON certificates_letter
    FOR EACH ROW EXECUTE FUNCTION paper_takes_no_skipped_number();

CREATE FUNCTION void_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a void number stays void'
            USING ERRCODE = '23514', CONSTRAINT = 'void_is_final';
    END IF;
    IF EXISTS (
        SELECT 1 FROM certificates_certificate
        WHERE entry_id = NEW.entry_id AND status <> 'revoked'
    ) THEN
        RAISE EXCEPTION 'the certificate is revoked first'
            USING ERRCODE = '23514', CONSTRAINT = 'void_is_final';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER void_is_final BEFORE INSERT OR UPDATE OR DELETE ON certificates_void
    FOR EACH ROW EXECUTE FUNCTION void_is_final();

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
DROP FUNCTION
    register_entry_frozen,
    register_without_gap,
    register_skips_what_is_written,
    paper_number_is_its_own,
    paper_takes_no_skipped_number,
    void_is_final,
    void_by_its_office
CASCADE;
ALTER TABLE certificates_letter DROP CONSTRAINT letter_entry_of_its_register;
ALTER TABLE certificates_certificate DROP CONSTRAINT certificate_entry_of_its_register;
ALTER TABLE certificates_registerentry DROP CONSTRAINT register_entry_office_kind;
"""


class Migration(migrations.Migration):
    replaces = [("certificates", "0015_void_by_its_office")]
    dependencies = [("certificates", "0002_papers_stay")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
