"""A certificate carries a number of its own office's register, for its own kind."""

from django.db import migrations

FORWARD = """
ALTER TABLE certificates_registerentry
    ADD CONSTRAINT register_entry_office_kind UNIQUE (id, office_id, kind);
ALTER TABLE certificates_certificate ADD CONSTRAINT certificate_entry_of_its_register
    FOREIGN KEY (entry_id, office_id, kind)
    REFERENCES certificates_registerentry (id, office_id, kind);
"""
BACKWARD = """
ALTER TABLE certificates_certificate DROP CONSTRAINT certificate_entry_of_its_register;
ALTER TABLE certificates_registerentry DROP CONSTRAINT register_entry_office_kind;
"""


class Migration(migrations.Migration):
    dependencies = [("certificates", "0002_frozen_papers")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
