-- What PostgreSQL lacks of the SQL that the programs and the views speak; made in each database of
-- a server before its tables, and again at an upgrade.

-- The version of the schema. Its one row is also what a writer locks, so that there is one.
CREATE TABLE IF NOT EXISTS qifu_schema (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    version bigint NOT NULL
);

-- Ids as SQLite gives them, without gaps: there is one writer.
CREATE OR REPLACE FUNCTION next_id(name text) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    found bigint;
BEGIN
    EXECUTE format('SELECT coalesce(max(id), 0) + 1 FROM %I', name) INTO found;
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION json_valid(data text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT data IS NULL OR data::json IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION json_extract(data text, path text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_path_query_first(data::jsonb, path::jsonpath) #>> '{}'
$$;

-- The elements of a list.
CREATE OR REPLACE FUNCTION json_each(data text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_array_elements_text(data::jsonb)
$$;

CREATE OR REPLACE FUNCTION instr(whole text, part text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT strpos(whole, part)::bigint
$$;

-- Of ASCII alone, whatever the database's locale knows.
CREATE OR REPLACE FUNCTION lower(word text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT pg_catalog.lower(word COLLATE "C")
$$;

-- A moment as ISO 8601; and a day as the moment at which it begins.
CREATE OR REPLACE FUNCTION strftime(format text, moment bigint, unit text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT to_char(to_timestamp(moment) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
     WHERE format = '%Y-%m-%dT%H:%M:%S' AND unit = 'unixepoch'
$$;
CREATE OR REPLACE FUNCTION strftime(format text, day text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT (day::date - DATE '1970-01-01')::bigint * 86400 || '' WHERE format = '%s'
$$;
CREATE OR REPLACE FUNCTION date(moment bigint, unit text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT to_char(to_timestamp(moment) AT TIME ZONE 'UTC', 'YYYY-MM-DD') WHERE unit = 'unixepoch'
$$;

-- A setting is a text; the views add the zone's offset to a moment.
CREATE OR REPLACE FUNCTION plus_text(number bigint, digits text) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT number + digits::bigint
$$;
DO $$
BEGIN
    IF to_regoperator('+ (bigint, text)') IS NULL THEN
        CREATE OPERATOR + (LEFTARG = bigint, RIGHTARG = text, FUNCTION = plus_text);
    END IF;
END $$;

-- The tables, indexes, triggers, views and functions of a schema, each as a text in which no schema is
-- named: center-check compares those that are there with those that ought to be.
CREATE OR REPLACE FUNCTION schema_objects(space text) RETURNS TABLE (type text, name text, text text)
LANGUAGE sql STABLE AS $$
    SELECT o.type, o.name, replace(o.text, space || '.', '')
      FROM (SELECT 'table' AS type, c.relname::text AS name, c.relnamespace, concat(
                   (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
                                      a.attnotnull, pg_get_expr(d.adbin, d.adrelid)), ', ' ORDER BY a.attnum)
                      FROM pg_attribute a
                      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
                   (SELECT string_agg(pg_get_constraintdef(k.oid), ', ' ORDER BY pg_get_constraintdef(k.oid))
                      FROM pg_constraint k WHERE k.conrelid = c.oid)) AS text
              FROM pg_class c WHERE c.relkind IN ('r', 'p', 'f')
            UNION ALL
            SELECT 'view', c.relname, c.relnamespace, pg_get_viewdef(c.oid)
              FROM pg_class c WHERE c.relkind IN ('v', 'm')
            UNION ALL
            SELECT 'index', c.relname, c.relnamespace, pg_get_indexdef(c.oid)
              FROM pg_class c WHERE c.relkind IN ('i', 'I') AND NOT EXISTS
                   (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u'))
            UNION ALL
            SELECT 'trigger', t.tgname, c.relnamespace,
                   t.tgenabled::text || pg_get_triggerdef(t.oid) || p.prosrc
              FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
             WHERE NOT t.tgisinternal
            UNION ALL
            SELECT 'function', p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
                   p.pronamespace, p.prosrc
              FROM pg_proc p WHERE p.prorettype <> 'trigger'::regtype AND NOT EXISTS
                   (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')) o
     WHERE o.relnamespace = space::regnamespace
$$;
