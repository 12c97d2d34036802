-- Roles of members on a PostgreSQL server (qifu-members(7)): who connects is who acts. Run it in the
-- center's database, as its owner who may create roles or as the server's administrator, and again
-- after an upgrade of the schema:
--
--     psql -v ON_ERROR_STOP=1 -f members.sql center
--
-- Then each member is a role of its own, called as member-add calls it:
--
--     CREATE ROLE li LOGIN IN ROLE qifu_members;          -- operator, approver, handler, supervisor
--     CREATE ROLE watch LOGIN IN ROLE qifu_readers;       -- auditor
--     CREATE ROLE zhao LOGIN IN ROLE qifu_administrators;
--     CREATE ROLE web LOGIN IN ROLE qifu_members, qifu_passers; -- among name_passers of center.yaml

DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['qifu_readers', 'qifu_members', 'qifu_administrators', 'qifu_passers'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        END IF;
    END LOOP;
END $$;
GRANT qifu_readers TO qifu_members;
GRANT qifu_members TO qifu_administrators;

-- Readers read, whatever their connection is told; they note nothing, so they cannot unmask.
GRANT SELECT ON ALL TABLES IN SCHEMA public TO qifu_readers;

-- Members write what acts write. Nothing is deleted but what an event says anew; guards and the log
-- are as they are for everybody.
GRANT INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO qifu_members;
GRANT DELETE ON liaison_enterprise, association_class, association_member, upgrade_event TO qifu_members;
REVOKE INSERT, UPDATE ON qifu_schema, member, org, org_name, configured, setting, label FROM qifu_members;
GRANT UPDATE (one) ON qifu_schema TO qifu_members; -- it is the lock of all writers

-- Organisations, members and the configuration are the administrators'.
GRANT INSERT, UPDATE ON member, org, org_name, configured, setting, label TO qifu_administrators;
GRANT DELETE ON configured TO qifu_administrators;

-- Nobody writes an event in another's name, but who passes names on, and the owner.
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS events_are_read ON event;
DROP POLICY IF EXISTS events_are_erased ON event;
DROP POLICY IF EXISTS events_are_ones_own ON event;
CREATE POLICY events_are_read ON event FOR SELECT USING (true);
CREATE POLICY events_are_erased ON event FOR UPDATE USING (true);
CREATE POLICY events_are_ones_own ON event FOR INSERT
    WITH CHECK (actor = session_user OR pg_has_role(session_user, 'qifu_passers', 'member'));
