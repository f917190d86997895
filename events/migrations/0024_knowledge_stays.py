"""Questions stay as they were answered, sheets as they were sent, and all of it once settled."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION knowledge_check_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a knowledge check is withdrawn, never deleted'
            USING ERRCODE = '23514', CONSTRAINT = 'knowledge_check_stays';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.withdrawn_at IS NOT NULL
        OR (NEW.event_id, NEW.key) IS DISTINCT FROM (OLD.event_id, OLD.key)) THEN
        RAISE EXCEPTION 'what was withdrawn stays so, and a check stays with its event'
            USING ERRCODE = '23514', CONSTRAINT = 'knowledge_check_stays';
    END IF;
    IF EXISTS (SELECT 1 FROM events_event
               WHERE id = NEW.event_id AND status IN ('reported', 'cancelled')) THEN
        RAISE EXCEPTION 'what was reported or cancelled stays as it was'
            USING ERRCODE = '23514', CONSTRAINT = 'knowledge_check_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER knowledge_check_stays BEFORE INSERT OR UPDATE OR DELETE ON events_knowledgecheck
    FOR EACH ROW EXECUTE FUNCTION knowledge_check_stays();

CREATE FUNCTION knowledge_question_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.knowledge_check_id
                  ELSE OLD.knowledge_check_id END;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.knowledge_check_id <> OLD.knowledge_check_id THEN
        RAISE EXCEPTION 'a question belongs to its check'
            USING ERRCODE = '23514', CONSTRAINT = 'knowledge_question_stays';
    END IF;
    -- A sheet that is being stored shares this row: it is there before anybody looks for it.
    PERFORM 1 FROM events_knowledgecheck WHERE id = its FOR UPDATE;
    IF EXISTS (SELECT 1 FROM events_knowledgecheck c JOIN events_event e ON e.id = c.event_id
               WHERE c.id = its AND (c.open_phase <> '' OR c.withdrawn_at IS NOT NULL
                                     OR e.status IN ('reported', 'cancelled')))
       OR EXISTS (SELECT 1 FROM events_answersheet WHERE knowledge_check_id = its)
    THEN
        RAISE EXCEPTION 'questions stay while they are answered, and after'
            USING ERRCODE = '23514', CONSTRAINT = 'knowledge_question_stays';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER knowledge_question_stays
    BEFORE INSERT OR UPDATE OR DELETE ON events_knowledgequestion
    FOR EACH ROW EXECUTE FUNCTION knowledge_question_stays();

CREATE FUNCTION answer_sheet_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a sheet stays as it was sent'
            USING ERRCODE = '23514', CONSTRAINT = 'answer_sheet_stays';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM events_knowledgecheck c JOIN events_event e ON e.id = c.event_id
                   WHERE c.id = NEW.knowledge_check_id AND c.withdrawn_at IS NULL
                   AND c.open_phase = NEW.phase AND e.status NOT IN ('reported', 'cancelled'))
    THEN
        RAISE EXCEPTION 'a sheet is sent while its phase is open'
            USING ERRCODE = '23514', CONSTRAINT = 'answer_sheet_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER answer_sheet_stays BEFORE INSERT OR UPDATE OR DELETE ON events_answersheet
    FOR EACH ROW EXECUTE FUNCTION answer_sheet_stays();

CREATE FUNCTION answer_sheet_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Every question is answered, by one of its choices or by 0, and nothing else is.
    IF (SELECT count(*) FROM jsonb_each(NEW.answers)) <>
       (SELECT count(*) FROM events_knowledgequestion
        WHERE knowledge_check_id = NEW.knowledge_check_id)
       OR EXISTS (SELECT 1 FROM events_knowledgequestion
                  WHERE knowledge_check_id = NEW.knowledge_check_id
                  AND (NEW.answers ->> id::text)::int BETWEEN 0 AND cardinality(choices)
                      IS NOT TRUE)
    THEN
        RAISE EXCEPTION 'a sheet answers the questions of its check'
            USING ERRCODE = '23514', CONSTRAINT = 'answer_sheet_fits';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER answer_sheet_fits BEFORE INSERT ON events_answersheet
    FOR EACH ROW EXECUTE FUNCTION answer_sheet_fits();
"""
BACKWARD = """
DROP FUNCTION answer_sheet_fits, answer_sheet_stays, knowledge_question_stays,
    knowledge_check_stays CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0023_knowledge_check")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
