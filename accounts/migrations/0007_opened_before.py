"""Which accounts were opened already: by history, by an invitation, by having signed in.

Who has only signed in with a one-time password counts too: rather one asks the national
administrator in vain than that somebody's address is turned to another.
"""

from django.db import migrations

FORWARD = """
UPDATE accounts_user AS person SET opened_at = coalesce(
    (SELECT min(entry.at) FROM audit_entry AS entry
        JOIN django_content_type AS kind ON kind.id = entry.subject_type_id
        WHERE kind.app_label = 'accounts' AND kind.model = 'user'
          AND entry.subject_id = person.id
          AND entry.verb IN ('user.password_changed', 'user.card_used')),
    (SELECT min(settled_at) FROM accounts_invitation AS invitation
        WHERE invitation.settled_by_id = person.id AND invitation.status = 'accepted'),
    CASE WHEN left(person.password, 1) <> '!' AND NOT person.must_change_password
        THEN person.created_at END,
    person.last_login
)
WHERE person.opened_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_opened_at"),
        ("audit", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
