-- Words of SQLite's that the tests' own SQL uses; t/lib.bash looks for them here.
CREATE SCHEMA test;
SET search_path = test;

CREATE FUNCTION add_text(so_far text, next text, mark text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN next IS NULL THEN so_far ELSE coalesce(so_far || mark, '') || next END
$$;
CREATE FUNCTION add_text(so_far text, next text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN next IS NULL THEN so_far ELSE coalesce(so_far || ',', '') || next END
$$;
CREATE FUNCTION add_number(so_far text, next bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN next IS NULL THEN so_far ELSE coalesce(so_far || ',', '') || next END
$$;
CREATE FUNCTION add_number(so_far text, next bigint, mark text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN next IS NULL THEN so_far ELSE coalesce(so_far || mark, '') || next END
$$;
CREATE FUNCTION add_truth(so_far bigint, next boolean) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN next IS NULL THEN so_far ELSE coalesce(so_far, 0) + next::int END
$$;
CREATE AGGREGATE group_concat(text, text) (SFUNC = add_text, STYPE = text);
CREATE AGGREGATE group_concat(text) (SFUNC = add_text, STYPE = text);
CREATE AGGREGATE group_concat(bigint) (SFUNC = add_number, STYPE = text);
CREATE AGGREGATE group_concat(bigint, text) (SFUNC = add_number, STYPE = text);
CREATE AGGREGATE sum(boolean) (SFUNC = add_truth, STYPE = bigint);

CREATE FUNCTION ifnull(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT coalesce($1, $2)';
CREATE FUNCTION ifnull(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT coalesce($1, $2)';
CREATE FUNCTION ifnull(bigint, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT coalesce($1::text, $2)';
CREATE FUNCTION zeroblob(size bigint) RETURNS bytea LANGUAGE sql IMMUTABLE AS
    $$ SELECT decode(repeat('00', size::int), 'hex') $$;
CREATE FUNCTION hex(bytea) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT upper(encode($1, 'hex')) $$;
CREATE FUNCTION is_number(text, bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2::text';
CREATE OPERATOR = (LEFTARG = text, RIGHTARG = bigint, FUNCTION = is_number);
CREATE FUNCTION json_member(data text, name text) RETURNS text LANGUAGE sql IMMUTABLE AS
    'SELECT data::json OPERATOR(pg_catalog.->>) name';
CREATE OPERATOR ->> (LEFTARG = text, RIGHTARG = text, FUNCTION = json_member);

CREATE FUNCTION json_remove(data text, path text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT replace(regexp_replace(data, ',?"' || substr(path, 3) || '":(\[[^]]*\]|"[^"]*"|[^],}]*)', ''), '{,', '{')
$$;
CREATE FUNCTION json_remove(data text, one text, two text) RETURNS text LANGUAGE sql IMMUTABLE AS
    'SELECT test.json_remove(test.json_remove(data, one), two)';
CREATE FUNCTION json_remove(data text, one text, two text, three text) RETURNS text LANGUAGE sql IMMUTABLE AS
    'SELECT test.json_remove(test.json_remove(test.json_remove(data, one), two), three)';
CREATE FUNCTION json_extract(data text, one text, two text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT replace(jsonb_build_array(jsonb_path_query_first(data::jsonb, one::jsonpath),
                                     jsonb_path_query_first(data::jsonb, two::jsonpath))::text, '", ', '",')
$$;
CREATE FUNCTION add_digits(so_far numeric, next text) RETURNS numeric LANGUAGE sql IMMUTABLE AS
    'SELECT CASE WHEN next IS NULL THEN so_far ELSE coalesce(so_far, 0) + next::numeric END';
CREATE AGGREGATE sum(text) (SFUNC = add_digits, STYPE = numeric);
CREATE FUNCTION strftime(format text, moment bigint, unit text, shift text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT to_char((to_timestamp(moment) AT TIME ZONE 'UTC') + shift::interval,
                   replace(replace(replace(replace(replace(replace(format, '%Y', 'YYYY'), '%m', 'MM'),
                           '%d', 'DD'), '%H', 'HH24'), '%M', 'MI'), '%S', 'SS'))
$$;
CREATE FUNCTION quote(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce('''' || replace($1, '''', '''''') || '''', 'NULL')
$$;
CREATE FUNCTION quote(bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce($1::text, 'NULL') $$;
CREATE FUNCTION datetime(bigint, text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT to_char(to_timestamp($1) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')
$$;

-- The tables as the tests' SQL sees them: rows come in the order of their keys, as they do from SQLite.
CREATE FUNCTION in_order() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS key
                 FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
                WHERE c.relnamespace = 'public'::regnamespace GROUP BY c.relname LOOP
        EXECUTE format('CREATE OR REPLACE VIEW test.%I AS SELECT * FROM public.%I ORDER BY %s',
                       one.relname, one.relname, one.key);
    END LOOP;
    FOR one IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id'
                WHERE c.relkind = 'v' AND c.relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('CREATE OR REPLACE VIEW test.%I AS SELECT * FROM public.%I ORDER BY id',
                       one.relname, one.relname);
    END LOOP;
END $$;

-- A digest of every row of every table.
CREATE FUNCTION everything() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    one text;
    rows text;
    digest text := '';
BEGIN
    FOR one IN SELECT relname FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname LOOP
        EXECUTE format('SELECT md5(string_agg(t::text, E''\n'' ORDER BY t::text)) FROM public.%I t', one)
           INTO rows;
        digest := md5(digest || one || coalesce(rows, ''));
    END LOOP;
    RETURN digest;
END $$;
