-- The schema of a center's database. It is built and upgraded by the same numbered steps: a new
-- file runs them all, an older one those that it lacks, in one transaction (db.c). Steps are only
-- ever appended. Moments are seconds since 1970-01-01T00:00:00Z.

-- step 1: tables

-- What the center is: its name and the offset from UTC in which the views print.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The office's words for the codes of the configuration, copied by center-init for the views.
CREATE TABLE label (
    domain TEXT NOT NULL,               -- kind, channel, region, level
    code   TEXT NOT NULL,
    name   TEXT NOT NULL,
    PRIMARY KEY (domain, code)
) STRICT, WITHOUT ROWID;

-- Each state of a calendar that a deadline was computed with.
CREATE TABLE calendar_version (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL,        -- china
    horizon       TEXT NOT NULL,        -- last announced day
    digest        TEXT NOT NULL UNIQUE, -- of every answer that it gives
    first_used_at INTEGER NOT NULL
) STRICT;

CREATE TABLE org (
    id         INTEGER PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE CHECK (code <> ''),
    name       TEXT NOT NULL UNIQUE CHECK (name <> ''),
    peer_group TEXT NOT NULL,           -- rankings stay inside one
    contact    TEXT,
    phone      TEXT
) STRICT;

-- Short names; a name leads to one organisation.
CREATE TABLE org_name (
    name   TEXT PRIMARY KEY,
    org_id INTEGER NOT NULL REFERENCES org
) STRICT, WITHOUT ROWID;

-- One request of an enterprise. What was received never changes; the columns below the line are
-- the projection of the ticket's events, kept in the same transaction.
CREATE TABLE ticket (
    id            INTEGER PRIMARY KEY,
    source        TEXT NOT NULL,        -- who gave it to us, and
    ref           TEXT,                 -- their own number for it
    channel       TEXT NOT NULL,
    kind          TEXT NOT NULL,
    kind_by       TEXT NOT NULL,        -- given, default, or rule:NAME
    title         TEXT NOT NULL CHECK (title <> ''),
    body          TEXT NOT NULL,
    enterprise    TEXT,
    uscc          TEXT,
    contact       TEXT,
    phone         TEXT,
    region        TEXT,
    category      TEXT,
    -- columns of the import that no field takes, by their headers
    extra         TEXT CHECK (extra IS NULL OR json_valid(extra)),
    received_at   INTEGER NOT NULL,
    -- ----------------------------------------------------------------------------------
    -- OR, not IN: for each row added SQLite would build a table of a longer IN list.
    state         TEXT NOT NULL CHECK
                      (state = 'received' OR state = 'dispatched' OR state = 'accepted' OR
                       state = 'answered' OR state = 'rated' OR state = 'closed' OR
                       state = 'conference'),
    confidential  INTEGER NOT NULL DEFAULT 0 CHECK (confidential IN (0, 1)),
    round         INTEGER NOT NULL DEFAULT 1,
    started_at    INTEGER NOT NULL,     -- when the round's clock started
    limit_days    INTEGER NOT NULL,     -- working days of the round, extension included
    lead          INTEGER REFERENCES org,
    dispatched_at INTEGER,
    accept_due_at INTEGER,              -- 签收 by then
    accepted_at   INTEGER,
    suspended_at  INTEGER,              -- the clock stands still since then
    suspended_until INTEGER,            -- and runs again from then on, resumed or not
    answered_at   INTEGER,
    first_answered_at INTEGER,          -- in the first round that was answered
    rating        INTEGER CHECK (rating BETWEEN 1 AND 5),
    rated_at      INTEGER,
    outcome       TEXT CHECK           -- of the follow-up
                      (outcome IS NULL OR outcome = 'redo' OR outcome = 'explained' OR
                       outcome = 'invalid'),
    closed_at     INTEGER,
    closed_as     TEXT CHECK
                      (closed_as IS NULL OR closed_as = 'satisfied' OR closed_as = 'explained' OR
                       closed_as = 'invalid' OR closed_as = 'not-rated' OR closed_as = 'merged'),
    returns       INTEGER NOT NULL DEFAULT 0, -- returns that were accepted
    merged_into   INTEGER REFERENCES ticket,
    callers       INTEGER NOT NULL DEFAULT 1, -- requests joined in this one, itself included
    due_at        INTEGER NOT NULL,     -- the last second in which an answer is on time
    provisional   INTEGER NOT NULL CHECK (provisional IN (0, 1)),
    calendar_id   INTEGER NOT NULL REFERENCES calendar_version,
    level         TEXT,                 -- the highest one fired in this round
    next_level_at INTEGER,              -- when the next one begins; NULL: none is to come
    UNIQUE (source, ref)
) STRICT;

CREATE INDEX ticket_received ON ticket (received_at);
CREATE INDEX ticket_pool ON ticket (id) WHERE state = 'received';
CREATE INDEX ticket_open_due ON ticket (due_at) WHERE answered_at IS NULL AND closed_at IS NULL;
CREATE INDEX ticket_next_level ON ticket (next_level_at) WHERE next_level_at IS NOT NULL;
CREATE INDEX ticket_lead ON ticket (lead, due_at) WHERE lead IS NOT NULL;
CREATE INDEX ticket_unrated ON ticket (answered_at) WHERE state = 'answered';
CREATE INDEX ticket_to_follow ON ticket (rated_at) WHERE state = 'rated';
CREATE INDEX ticket_enterprise ON ticket (uscc) WHERE uscc IS NOT NULL;

CREATE TRIGGER ticket_intake_is_fixed
BEFORE UPDATE OF id, source, ref, channel, title, body, enterprise, uscc, contact, phone, region,
                 category, extra, received_at ON ticket
BEGIN
    SELECT RAISE(ABORT, 'what was received does not change');
END;
CREATE TRIGGER ticket_is_kept BEFORE DELETE ON ticket
BEGIN
    SELECT RAISE(ABORT, 'tickets are not deleted');
END;

-- The log: who did what, when, to which ticket. Only ever appended to.
CREATE TABLE event (
    id          INTEGER PRIMARY KEY,
    ticket_id   INTEGER REFERENCES ticket, -- NULL: about the center itself
    type        TEXT NOT NULL,
    at          INTEGER NOT NULL,          -- when it happened
    recorded_at INTEGER NOT NULL,          -- when it was entered
    actor       TEXT NOT NULL,             -- the operating user
    data        TEXT NOT NULL CHECK (json_valid(data)),
    hash        BLOB NOT NULL CHECK (length(hash) = 32) -- SM3 over the hash before and this row
) STRICT;

CREATE INDEX event_ticket ON event (ticket_id);

CREATE TRIGGER event_is_fixed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;
CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

-- To whom a ticket was dispatched: one lead, and assists, each with a part and clocks of its own.
CREATE TABLE route (
    id            INTEGER PRIMARY KEY,
    ticket_id     INTEGER NOT NULL REFERENCES ticket,
    round         INTEGER NOT NULL,
    org_id        INTEGER NOT NULL REFERENCES org,
    role          TEXT NOT NULL CHECK (role IN ('lead', 'assist')),
    rule          TEXT,                 -- of the catalogue; NULL: by hand
    basis         TEXT NOT NULL,
    at            INTEGER NOT NULL,
    due_at        INTEGER NOT NULL,     -- of this party's part
    accept_due_at INTEGER NOT NULL,
    accepted_at   INTEGER,
    answered_at   INTEGER,
    ended_at      INTEGER               -- given back, or taken away by a ruling
) STRICT;

CREATE UNIQUE INDEX route_once ON route (ticket_id, round, org_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX route_one_lead ON route (ticket_id, round)
    WHERE role = 'lead' AND ended_at IS NULL;
CREATE INDEX route_org ON route (org_id, at);

-- What was asked of the center and waits for its word, or has it: return, extension, suspension,
-- explained close.
CREATE TABLE request (
    id         INTEGER PRIMARY KEY,
    ticket_id  INTEGER NOT NULL REFERENCES ticket,
    round      INTEGER NOT NULL,
    act        TEXT NOT NULL CHECK (act IN ('return', 'extension', 'suspension', 'close')),
    org_id     INTEGER REFERENCES org,
    asked_at   INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    basis      TEXT NOT NULL,
    days       INTEGER,                 -- of an extension
    decided_at INTEGER,
    granted    INTEGER CHECK (granted IN (0, 1))
) STRICT;

CREATE INDEX request_ticket ON request (ticket_id);
CREATE UNIQUE INDEX request_one_open ON request (ticket_id, act) WHERE decided_at IS NULL;

-- The times in which a ticket's clock stood still.
CREATE TABLE suspension (
    id         INTEGER PRIMARY KEY,
    ticket_id  INTEGER NOT NULL REFERENCES ticket,
    round      INTEGER NOT NULL,
    from_at    INTEGER NOT NULL,
    until_at   INTEGER NOT NULL,        -- resumed then, or the cap
    reason     TEXT NOT NULL
) STRICT;

CREATE INDEX suspension_ticket ON suspension (ticket_id, round);

-- How each answered round was judged; the calendar is that of the judgment.
CREATE TABLE round (
    ticket_id   INTEGER NOT NULL REFERENCES ticket,
    round       INTEGER NOT NULL,
    lead        INTEGER REFERENCES org,
    started_at  INTEGER NOT NULL,
    limit_days  INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    gross_days  INTEGER NOT NULL,       -- working days from the start to the answer
    net_days    INTEGER NOT NULL,       -- without those of suspensions
    calendar_id INTEGER NOT NULL REFERENCES calendar_version,
    PRIMARY KEY (ticket_id, round)
) STRICT, WITHOUT ROWID;

-- What conferences have ruled. The dispatch catalogue begins with these, the newest first.
CREATE TABLE ruling (
    id        INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket,
    at        INTEGER NOT NULL,
    lead      INTEGER NOT NULL REFERENCES org,
    assists   TEXT NOT NULL CHECK (json_valid(assists)), -- codes
    words     TEXT NOT NULL CHECK (json_valid(words)),   -- all must stand in title or body
    category  TEXT,                     -- and the category must begin so
    basis     TEXT NOT NULL
) STRICT;

-- A level that fired: who supervises, what is owed. Once per ticket, round and level.
CREATE TABLE supervision (
    id             INTEGER PRIMARY KEY,
    ticket_id      INTEGER NOT NULL REFERENCES ticket,
    round          INTEGER NOT NULL,
    level          TEXT NOT NULL,
    supervisor     INTEGER NOT NULL REFERENCES org,
    lead           INTEGER REFERENCES org, -- who held the ticket; NULL: it lay in the pool
    document       TEXT NOT NULL,
    due_at         INTEGER NOT NULL,    -- what was overdue
    level_at       INTEGER NOT NULL,    -- when the level began
    swept_at       INTEGER NOT NULL,    -- when a sweep found it
    reply_due_at   INTEGER NOT NULL,    -- by when the handler must reply
    accountability INTEGER NOT NULL CHECK (accountability IN (0, 1)),
    acknowledged_at INTEGER,            -- by the handler
    replied_at     INTEGER,
    reply          TEXT,
    UNIQUE (ticket_id, round, level)
) STRICT;

CREATE INDEX supervision_level_at ON supervision (level_at);
CREATE INDEX supervision_owed ON supervision (reply_due_at) WHERE replied_at IS NULL;

-- step 2: views, for people who point sqlite3 or a reporting tool at the file. They show no more
-- than the programs do: a confidential ticket's texts are NULL, and so is a text in which a number
-- of 11 digits or more stands (a telephone, an identity number); contact and phone are masked.

CREATE VIEW v_shown AS
SELECT t.id,
       CASE WHEN t.confidential OR t.title GLOB long.number THEN NULL ELSE t.title END AS title,
       CASE WHEN t.confidential OR t.body GLOB long.number THEN NULL ELSE t.body END AS body,
       CASE WHEN t.confidential OR t.enterprise GLOB long.number THEN NULL ELSE t.enterprise END
           AS enterprise,
       CASE WHEN t.confidential THEN NULL ELSE t.uscc END AS uscc,
       CASE WHEN t.confidential THEN NULL
            ELSE substr(t.contact, 1, 1) || substr('***', 1, length(t.contact) - 1) END AS contact,
       CASE WHEN t.confidential THEN NULL
            WHEN length(t.phone) BETWEEN 11 AND 13
            THEN substr(t.phone, 1, length(t.phone) - 8) || '****' || substr(t.phone, -4)
            WHEN length(t.phone) > 4 THEN '****' || substr(t.phone, -4)
            ELSE substr('****', 1, length(t.phone)) END AS phone,
       CASE WHEN t.confidential OR t.extra GLOB long.number THEN NULL ELSE t.extra END AS extra
  FROM ticket t
  JOIN (SELECT '*[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*' AS number) long;

CREATE VIEW v_ticket AS
SELECT t.id, t.source, t.ref,
       t.channel, coalesce(channel.name, t.channel) AS channel_name,
       t.kind, coalesce(kind.name, t.kind) AS kind_name, t.kind_by,
       s.title, s.body, s.enterprise, s.uscc, s.contact, s.phone,
       t.region, coalesce(region.name, t.region) AS region_name, t.category, s.extra,
       t.state, t.round, org.code AS lead, org.name AS lead_name,
       t.level, coalesce(level.name, t.level) AS level_name, t.provisional,
       strftime('%Y-%m-%dT%H:%M:%S', t.received_at + o.value, 'unixepoch') || z.value AS received,
       strftime('%Y-%m-%dT%H:%M:%S', t.due_at + o.value, 'unixepoch') || z.value AS due,
       strftime('%Y-%m-%dT%H:%M:%S', t.dispatched_at + o.value, 'unixepoch') || z.value
           AS dispatched,
       strftime('%Y-%m-%dT%H:%M:%S', t.answered_at + o.value, 'unixepoch') || z.value AS answered,
       strftime('%Y-%m-%dT%H:%M:%S', t.closed_at + o.value, 'unixepoch') || z.value AS closed
  FROM ticket t
  JOIN v_shown s ON s.id = t.id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text'
  LEFT JOIN org ON org.id = t.lead
  LEFT JOIN label channel ON channel.domain = 'channel' AND channel.code = t.channel
  LEFT JOIN label kind ON kind.domain = 'kind' AND kind.code = t.kind
  LEFT JOIN label region ON region.domain = 'region' AND region.code = t.region
  LEFT JOIN label level ON level.domain = 'level' AND level.code = t.level;

CREATE VIEW v_event AS
SELECT e.id, e.ticket_id, e.type, e.actor,
       CASE WHEN t.confidential THEN '{}'
            WHEN e.data GLOB '*[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*'
            THEN NULL ELSE e.data END AS data,
       strftime('%Y-%m-%dT%H:%M:%S', e.at + o.value, 'unixepoch') || z.value AS at,
       strftime('%Y-%m-%dT%H:%M:%S', e.recorded_at + o.value, 'unixepoch') || z.value AS recorded
  FROM event e
  LEFT JOIN ticket t ON t.id = e.ticket_id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text';

CREATE VIEW v_route AS
SELECT r.id, r.ticket_id, r.round, org.code AS org, org.name AS org_name, r.role, r.rule, r.basis,
       strftime('%Y-%m-%dT%H:%M:%S', r.at + o.value, 'unixepoch') || z.value AS at
  FROM route r
  JOIN org ON org.id = r.org_id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text';

CREATE VIEW v_supervision AS
SELECT s.id, s.ticket_id, s.round, s.level, coalesce(level.name, s.level) AS level_name,
       by.code AS supervisor, by.name AS supervisor_name,
       lead.code AS lead, lead.name AS lead_name, s.document, s.accountability,
       strftime('%Y-%m-%dT%H:%M:%S', s.due_at + o.value, 'unixepoch') || z.value AS due,
       strftime('%Y-%m-%dT%H:%M:%S', s.level_at + o.value, 'unixepoch') || z.value AS level_began,
       strftime('%Y-%m-%dT%H:%M:%S', s.swept_at + o.value, 'unixepoch') || z.value AS swept,
       strftime('%Y-%m-%dT%H:%M:%S', s.reply_due_at + o.value, 'unixepoch') || z.value
           AS reply_due
  FROM supervision s
  JOIN org by ON by.id = s.supervisor
  LEFT JOIN org lead ON lead.id = s.lead
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text'
  LEFT JOIN label level ON level.domain = 'level' AND level.code = s.level;

-- step 3: policies, the enterprises and associations that they are matched with, and what the
-- center does with them. Days are days since 1970-01-01 in the center's zone. A fact's number is in
-- millionths of its unit, so that 3.5 % and 2000万 are compared exactly.

-- One enterprise. The columns below the line are the projection of its facts: each as last known.
CREATE TABLE enterprise (
    id         INTEGER PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE CHECK (length(code) = 18), -- 统一社会信用代码
    name       TEXT NOT NULL CHECK (name <> ''),
    contact    TEXT,
    phone      TEXT,
    -- columns of the import that are neither fields nor facts, by their headers
    extra      TEXT CHECK (extra IS NULL OR json_valid(extra)),
    -- ----------------------------------------------------------------------------------
    region     TEXT,                    -- GB/T 2260
    industry   TEXT,                    -- GB/T 4754-2017
    staff      INTEGER,
    revenue    INTEGER,
    assets     INTEGER,
    founded    INTEGER,
    facts_from INTEGER NOT NULL         -- day from which all of these hold
) STRICT;

-- What is known of an enterprise, and from which day on; an older value stays, so that a match can
-- be asked as of a day. Facts are named by profile.yaml.
CREATE TABLE fact (
    name          TEXT NOT NULL,
    enterprise_id INTEGER NOT NULL REFERENCES enterprise,
    from_day      INTEGER NOT NULL,
    number        INTEGER,
    code          TEXT,                 -- of a region, an industry, a choice; a date
    PRIMARY KEY (name, enterprise_id, from_day),
    CHECK ((number IS NULL) <> (code IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX fact_enterprise ON fact (enterprise_id);

-- Titles that an enterprise holds (高新技术企业), or is known not to hold.
CREATE TABLE tag (
    tag           TEXT NOT NULL,
    enterprise_id INTEGER NOT NULL REFERENCES enterprise,
    from_day      INTEGER NOT NULL,
    until_day     INTEGER,              -- its last day; NULL: no end is known
    held          INTEGER NOT NULL CHECK (held IN (0, 1)),
    level         TEXT,                 -- national, province, city, county
    PRIMARY KEY (tag, enterprise_id, from_day)
) STRICT, WITHOUT ROWID;

CREATE INDEX tag_enterprise ON tag (enterprise_id);

-- A trade association: an organisation, with the classes of policies that it wants.
CREATE TABLE association (
    org_id INTEGER PRIMARY KEY REFERENCES org
) STRICT;

CREATE TABLE association_class (
    org_id INTEGER NOT NULL REFERENCES association,
    class  TEXT NOT NULL,               -- a class or subclass of taxonomy.yaml
    PRIMARY KEY (org_id, class)
) STRICT, WITHOUT ROWID;

CREATE TABLE association_member (
    org_id        INTEGER NOT NULL REFERENCES association,
    enterprise_id INTEGER NOT NULL REFERENCES enterprise,
    PRIMARY KEY (org_id, enterprise_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX association_member_enterprise ON association_member (enterprise_id);

-- 助企员, and the enterprises that each is paired with.
CREATE TABLE liaison (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL CHECK (name <> ''),
    org_id INTEGER NOT NULL REFERENCES org,
    phone  TEXT,
    UNIQUE (name, org_id)
) STRICT;

CREATE TABLE liaison_enterprise (
    liaison_id    INTEGER NOT NULL REFERENCES liaison,
    enterprise_id INTEGER NOT NULL REFERENCES enterprise,
    from_at       INTEGER NOT NULL,
    PRIMARY KEY (liaison_id, enterprise_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX liaison_enterprise_enterprise ON liaison_enterprise (enterprise_id);

-- One policy, in its present version. Required fields may be empty in a draft alone.
CREATE TABLE policy (
    id             INTEGER PRIMARY KEY,
    code           TEXT NOT NULL UNIQUE CHECK (code <> ''), -- given, or the document number
    version        INTEGER NOT NULL,
    state          TEXT NOT NULL CHECK
                       (state = 'draft' OR state = 'published' OR state = 'superseded' OR
                        state = 'withdrawn'),
    title          TEXT NOT NULL CHECK (title <> ''),
    document       TEXT,                -- 文号
    issuer         TEXT,
    org_id         INTEGER REFERENCES org, -- whose policy it is: publishes and interprets it
    level          TEXT CHECK (level IS NULL OR level IN ('national', 'province', 'city', 'county')),
    kind           TEXT CHECK (kind IS NULL OR kind IN ('application', 'general')),
    class          TEXT,                -- a subclass of taxonomy.yaml
    summary        TEXT,
    interpreter    TEXT,
    phone          TEXT,                -- of the interpreter
    issued_day     INTEGER,
    valid_from     INTEGER,             -- days, both included; NULL: no limit
    valid_to       INTEGER,
    apply          TEXT,                -- address where to apply
    applicants     TEXT,                -- 对象
    conditions     TEXT,                -- 条件
    materials      TEXT,                -- 材料
    procedure      TEXT,                -- 流程
    promised       TEXT,                -- 承诺时限
    criteria       TEXT,                -- qifu-criteria(7)
    implements     TEXT,                -- code of the policy that it carries out
    source         TEXT,                -- of sources.yaml, or an address
    interpretation TEXT,                -- 解读: text or address
    pinned         INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
    -- 135: when it was collected, published, interpreted, and by when that was due
    collected_at   INTEGER NOT NULL,
    published_at   INTEGER,
    interpreted_at INTEGER,
    collect_due_at   INTEGER,
    publish_due_at   INTEGER,
    interpret_due_at INTEGER,
    ended_at       INTEGER,             -- withdrawn or superseded
    ended_reason   TEXT,
    superseded_by  INTEGER REFERENCES policy
) STRICT;

CREATE INDEX policy_class ON policy (class);
CREATE INDEX policy_document ON policy (document);
CREATE INDEX policy_superseded ON policy (superseded_by) WHERE superseded_by IS NOT NULL;

-- What each version of a policy said.
CREATE TABLE policy_version (
    policy_id INTEGER NOT NULL REFERENCES policy,
    version   INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    content   TEXT NOT NULL CHECK (json_valid(content)),
    PRIMARY KEY (policy_id, version)
) STRICT, WITHOUT ROWID;

-- What came of a policy: views, feedback, money granted.
CREATE TABLE policy_event (
    id            INTEGER PRIMARY KEY,
    policy_id     INTEGER NOT NULL REFERENCES policy,
    type          TEXT NOT NULL CHECK (type IN ('viewed', 'feedback', 'granted')),
    at            INTEGER NOT NULL,
    enterprise_id INTEGER REFERENCES enterprise,
    count         INTEGER NOT NULL DEFAULT 1, -- views
    score         INTEGER CHECK (score BETWEEN 1 AND 5),
    amount        INTEGER,              -- granted, in millionths of a yuan
    text          TEXT
) STRICT;

CREATE INDEX policy_event_policy ON policy_event (policy_id, at);

-- What was sent to whom: once per policy and recipient.
CREATE TABLE push (
    id            INTEGER PRIMARY KEY,
    policy_id     INTEGER NOT NULL REFERENCES policy,
    org_id        INTEGER REFERENCES association, -- to an association, or
    enterprise_id INTEGER REFERENCES enterprise,  -- to an enterprise,
    via           INTEGER REFERENCES association, -- through its association
    at            INTEGER NOT NULL,
    CHECK ((org_id IS NULL) <> (enterprise_id IS NULL)),
    UNIQUE (policy_id, org_id),
    UNIQUE (policy_id, enterprise_id)
) STRICT;

-- The days on which a source of policies (sources.yaml) was looked through.
CREATE TABLE source_look (
    source TEXT NOT NULL,
    day    INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    actor  TEXT NOT NULL,
    PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;

-- Answers to questionnaires on policies.
CREATE TABLE survey_answer (
    id            INTEGER PRIMARY KEY,
    source        TEXT NOT NULL,
    ref           TEXT NOT NULL,
    policy_id     INTEGER REFERENCES policy,
    class         TEXT NOT NULL,        -- of taxonomy.yaml, or other
    org_id        INTEGER REFERENCES org, -- the organisation that carries the policy out
    enterprise_id INTEGER REFERENCES enterprise,
    score         INTEGER CHECK (score BETWEEN 1 AND 5),
    text          TEXT,
    at            INTEGER NOT NULL,
    ticket_id     INTEGER REFERENCES ticket, -- the supervision ticket that it led to
    UNIQUE (source, ref)
) STRICT;

CREATE INDEX survey_answer_org ON survey_answer (org_id, at);

-- A draft policy sent out for opinions (征求意见), to whom, and what they said.
CREATE TABLE consultation (
    id        INTEGER PRIMARY KEY,
    title     TEXT NOT NULL CHECK (title <> ''),
    draft     TEXT NOT NULL,
    org_id    INTEGER NOT NULL REFERENCES org, -- who drafts it
    opened_at INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    UNIQUE (org_id, title)
) STRICT;

CREATE TABLE consultee (
    consultation_id INTEGER NOT NULL REFERENCES consultation,
    org_id          INTEGER NOT NULL REFERENCES org,
    ticket_id       INTEGER NOT NULL REFERENCES ticket,
    PRIMARY KEY (consultation_id, org_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE opinion (
    id              INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultation,
    org_id          INTEGER NOT NULL REFERENCES org,
    at              INTEGER NOT NULL,
    text            TEXT NOT NULL CHECK (text <> ''),
    adopted         INTEGER CHECK (adopted IN (0, 1)), -- NULL: not decided yet
    reason          TEXT,
    decided_at      INTEGER,
    reported_at     INTEGER,            -- when its giver was told
    UNIQUE (consultation_id, org_id, text)
) STRICT;

CREATE VIEW v_policy AS
SELECT p.id, p.code, p.version, p.state, p.title, p.document, p.issuer, org.code AS org, p.level,
       p.kind, p.class, p.summary, p.interpreter, p.phone, date(p.issued_day * 86400, 'unixepoch')
           AS issued,
       date(p.valid_from * 86400, 'unixepoch') AS valid_from,
       date(p.valid_to * 86400, 'unixepoch') AS valid_to,
       p.apply, p.applicants, p.conditions, p.materials, p.procedure, p.promised, p.criteria,
       p.implements, p.pinned,
       strftime('%Y-%m-%dT%H:%M:%S', p.collected_at + o.value, 'unixepoch') || z.value AS collected,
       strftime('%Y-%m-%dT%H:%M:%S', p.published_at + o.value, 'unixepoch') || z.value AS published,
       strftime('%Y-%m-%dT%H:%M:%S', p.interpreted_at + o.value, 'unixepoch') || z.value
           AS interpreted
  FROM policy p
  LEFT JOIN org ON org.id = p.org_id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text';

-- contact and phone are left out: they are personal data.
CREATE VIEW v_enterprise AS
SELECT id, code, name, region, industry, staff / 1000000.0 AS staff, revenue / 1000000.0 AS revenue,
       assets / 1000000.0 AS assets, date(founded * 86400, 'unixepoch') AS founded
  FROM enterprise;

CREATE VIEW v_fact AS
SELECT e.code AS enterprise, f.name, date(f.from_day * 86400, 'unixepoch') AS from_day,
       f.number / 1000000.0 AS number, f.code
  FROM fact f
  JOIN enterprise e ON e.id = f.enterprise_id;

CREATE VIEW v_tag AS
SELECT e.code AS enterprise, t.tag, date(t.from_day * 86400, 'unixepoch') AS from_day,
       date(t.until_day * 86400, 'unixepoch') AS until_day, t.held, t.level
  FROM tag t
  JOIN enterprise e ON e.id = t.enterprise_id;

CREATE VIEW v_push AS
SELECT s.id, p.code AS policy, e.code AS enterprise, org.code AS association, via.code AS via,
       strftime('%Y-%m-%dT%H:%M:%S', s.at + o.value, 'unixepoch') || z.value AS at
  FROM push s
  JOIN policy p ON p.id = s.policy_id
  LEFT JOIN enterprise e ON e.id = s.enterprise_id
  LEFT JOIN org ON org.id = s.org_id
  LEFT JOIN org via ON via.id = s.via
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text';

-- step 4: what was found by trying it

-- Who held a ticket, in every role: the replay and the acts entered late ask by ticket alone, and
-- without it each reads all dispatches ever.
CREATE INDEX route_ticket ON route (ticket_id);

-- An errand of the center may end on a day (a consultation's last day for opinions): its limit is
-- counted to that day, by whatever calendar is known, and not given by its kind.
ALTER TABLE ticket ADD COLUMN until_day INTEGER;
UPDATE ticket SET until_day = (SELECT c.until_day FROM consultee e
                                 JOIN consultation c ON c.id = e.consultation_id
                                WHERE e.ticket_id = ticket.id)
 WHERE source = 'consultation';

-- Whether a center is a demo, whose clock --now sets (its setting `demo`), is said before its first
-- event and never changes.
CREATE TRIGGER setting_demo_is_first BEFORE INSERT ON setting
WHEN new.name = 'demo' AND EXISTS (SELECT 1 FROM event)
BEGIN
    SELECT RAISE(ABORT, 'a center is made as a demo or never is one');
END;
CREATE TRIGGER setting_demo_is_fixed BEFORE UPDATE ON setting
WHEN old.name = 'demo' OR new.name = 'demo'
BEGIN
    SELECT RAISE(ABORT, 'a demo center stays one');
END;
CREATE TRIGGER setting_demo_is_kept BEFORE DELETE ON setting WHEN old.name = 'demo'
BEGIN
    SELECT RAISE(ABORT, 'a demo center stays one');
END;

-- What may be shown of a ticket's texts, for the views and for searches: NULL where the text holds
-- nothing to mask, else the masked one; always masked are contact and phone. Written with the
-- ticket by the programs' own masking (masked_text and its like are theirs), which center-check
-- does again. A ticket without a row here shows nothing.
CREATE TABLE shown (
    ticket_id  INTEGER PRIMARY KEY REFERENCES ticket,
    title      TEXT,
    body       TEXT,
    enterprise TEXT,
    contact    TEXT,
    phone      TEXT,
    extra      TEXT
) STRICT;

INSERT INTO shown (ticket_id, title, body, enterprise, contact, phone, extra)
SELECT id, nullif(masked_text(title), title), nullif(masked_text(body), body),
       nullif(masked_text(enterprise), enterprise), masked_name(contact), masked_phone(phone),
       nullif(masked_json(extra), extra)
  FROM ticket;

-- The same of an event's data: only those that hold something to mask.
CREATE TABLE event_shown (
    event_id INTEGER PRIMARY KEY REFERENCES event,
    data     TEXT NOT NULL
) STRICT;

INSERT INTO event_shown (event_id, data)
SELECT id, masked_json(data) FROM event WHERE masked_json(data) <> data;

DROP VIEW v_shown;
CREATE VIEW v_shown AS
SELECT t.id, coalesce(s.title, o.title) AS title, coalesce(s.body, o.body) AS body,
       coalesce(s.enterprise, o.enterprise) AS enterprise, o.uscc, s.contact, s.phone,
       coalesce(s.extra, o.extra) AS extra
  FROM ticket t
  LEFT JOIN shown s ON s.ticket_id = t.id AND NOT t.confidential
  LEFT JOIN ticket o ON o.id = s.ticket_id;

DROP VIEW v_event;
CREATE VIEW v_event AS
SELECT e.id, e.ticket_id, e.type, e.actor,
       CASE WHEN t.confidential THEN '{}' ELSE coalesce(s.data, e.data) END AS data,
       strftime('%Y-%m-%dT%H:%M:%S', e.at + o.value, 'unixepoch') || z.value AS at,
       strftime('%Y-%m-%dT%H:%M:%S', e.recorded_at + o.value, 'unixepoch') || z.value AS recorded
  FROM event e
  LEFT JOIN event_shown s ON s.event_id = e.id
  LEFT JOIN ticket t ON t.id = e.ticket_id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text';

-- What an upgrade has to say of records whose events of that time did not say it all: the next
-- program that writes appends it to the log, before its own events, and empties the table.
CREATE TABLE upgrade_event (
    id   INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    data TEXT NOT NULL CHECK (json_valid(data))
) STRICT;

-- A policy's state, dates and pin are what its events say from here on; those of before name the
-- policy alone.
INSERT INTO upgrade_event (type, data)
SELECT 'policy-stated', json_object(
         'policy', p.code, 'version', p.version, 'title', p.title, 'state', p.state,
         'org', coalesce(o.code, ''), 'pinned', p.pinned, 'collected', p.collected_at,
         'published', coalesce(p.published_at, 0), 'interpreted', coalesce(p.interpreted_at, 0),
         'collect_due', coalesce(p.collect_due_at, 0),
         'publish_due', coalesce(p.publish_due_at, 0),
         'interpret_due', coalesce(p.interpret_due_at, 0), 'ended', coalesce(p.ended_at, 0),
         'reason', coalesce(p.ended_reason, ''), 'by', coalesce(b.code, ''))
  FROM policy p LEFT JOIN org o ON o.id = p.org_id LEFT JOIN policy b ON b.id = p.superseded_by
 ORDER BY p.id;

-- What waits for the center's word, the oldest first.
CREATE INDEX request_waiting ON request (asked_at) WHERE decided_at IS NULL;

-- step 5: whose clock it is, what is revoked, what is corrected

-- Anew, because a ticket can end in more ways; the trigger lets a correction change what was received.
CREATE TABLE ticket_5 (
    id            INTEGER PRIMARY KEY,
    source        TEXT NOT NULL,        -- who gave it to us, and
    ref           TEXT,                 -- their own number for it
    channel       TEXT NOT NULL,
    kind          TEXT NOT NULL,
    kind_by       TEXT NOT NULL,        -- given, default, or rule:NAME
    title         TEXT NOT NULL CHECK (title <> ''),
    body          TEXT NOT NULL,
    enterprise    TEXT,
    uscc          TEXT,
    contact       TEXT,
    phone         TEXT,
    region        TEXT,
    category      TEXT,
    -- columns of the import that no field takes, by their headers
    extra         TEXT CHECK (extra IS NULL OR json_valid(extra)),
    received_at   INTEGER NOT NULL,
    -- ----------------------------------------------------------------------------------
    -- OR, not IN: for each row added SQLite would build a table of a longer IN list.
    state         TEXT NOT NULL CHECK
                      (state = 'received' OR state = 'dispatched' OR state = 'accepted' OR
                       state = 'answered' OR state = 'rated' OR state = 'closed' OR
                       state = 'conference'),
    confidential  INTEGER NOT NULL DEFAULT 0 CHECK (confidential IN (0, 1)),
    round         INTEGER NOT NULL DEFAULT 1,
    started_at    INTEGER NOT NULL,     -- when the round's clock started
    limit_days    INTEGER NOT NULL,     -- working days of the round, extension included
    lead          INTEGER REFERENCES org,
    dispatched_at INTEGER,
    accept_due_at INTEGER,              -- 签收 by then
    accepted_at   INTEGER,
    suspended_at  INTEGER,              -- the clock stands still since then
    suspended_until INTEGER,            -- and runs again from then on, resumed or not
    answered_at   INTEGER,
    first_answered_at INTEGER,          -- in the first round that was answered
    rating        INTEGER CHECK (rating BETWEEN 1 AND 5),
    rated_at      INTEGER,
    outcome       TEXT CHECK           -- of the follow-up
                      (outcome IS NULL OR outcome = 'redo' OR outcome = 'explained' OR
                       outcome = 'invalid'),
    closed_at     INTEGER,
    closed_as     TEXT CHECK
                      (closed_as IS NULL OR closed_as = 'satisfied' OR closed_as = 'explained' OR
                       closed_as = 'invalid' OR closed_as = 'not-rated' OR closed_as = 'merged' OR
                       closed_as = 'declined' OR closed_as = 'referred' OR closed_as = 'void' OR
                       closed_as = 'withdrawn'),
    returns       INTEGER NOT NULL DEFAULT 0, -- returns that were accepted
    merged_into   INTEGER REFERENCES ticket,
    callers       INTEGER NOT NULL DEFAULT 1, -- requests joined in this one, itself included
    due_at        INTEGER NOT NULL,     -- the last second in which an answer is on time
    provisional   INTEGER NOT NULL CHECK (provisional IN (0, 1)),
    calendar_id   INTEGER NOT NULL REFERENCES calendar_version,
    level         TEXT,                 -- the highest of the lead's that stands in this round
    next_level_at INTEGER,              -- when the next one of anybody begins; NULL: none will
    until_day     INTEGER,              -- of an errand: its limit is counted to this day
    -- an errand of the center (a consultation, a survey's result): no request of an enterprise
    errand        INTEGER NOT NULL DEFAULT 0 CHECK (errand IN (0, 1)),
    pooled_at     INTEGER,              -- the center's own clock: since when it waits for dispatch
    UNIQUE (source, ref)
) STRICT;

INSERT INTO ticket_5
SELECT id, source, ref, channel, kind, kind_by, title, body, enterprise, uscc, contact, phone,
       region, category, extra, received_at, state, confidential, round, started_at, limit_days,
       lead, dispatched_at, accept_due_at, accepted_at, suspended_at, suspended_until, answered_at,
       first_answered_at, rating, rated_at, outcome, closed_at, closed_as, returns, merged_into,
       callers, due_at, provisional, calendar_id, level, next_level_at, until_day,
       source IN ('consultation', 'survey'),
       -- since it came in, came back, or was to be done again, and nobody holds it
       CASE WHEN dispatched_at IS NULL THEN
           coalesce((SELECT max(e.at) FROM event e WHERE e.ticket_id = ticket.id
                        AND e.type IN ('received', 'returned', 'redo',
                                                                    'conference-opened')), started_at) END
  FROM ticket;
DROP TABLE ticket;
ALTER TABLE ticket_5 RENAME TO ticket;

CREATE INDEX ticket_received ON ticket (received_at);
CREATE INDEX ticket_pool ON ticket (id) WHERE state = 'received';
CREATE INDEX ticket_open_due ON ticket (due_at) WHERE answered_at IS NULL AND closed_at IS NULL;
CREATE INDEX ticket_next_level ON ticket (next_level_at) WHERE next_level_at IS NOT NULL;
CREATE INDEX ticket_lead ON ticket (lead, due_at) WHERE lead IS NOT NULL;
CREATE INDEX ticket_unrated ON ticket (answered_at) WHERE state = 'answered';
CREATE INDEX ticket_to_follow ON ticket (rated_at) WHERE state = 'rated';
CREATE INDEX ticket_enterprise ON ticket (uscc) WHERE uscc IS NOT NULL;

CREATE TRIGGER ticket_intake_is_fixed
BEFORE UPDATE OF id, source, ref, body, extra ON ticket
BEGIN
    SELECT RAISE(ABORT, 'what was received does not change');
END;
-- Each change stands in the event, with what was there before.
CREATE TRIGGER ticket_intake_is_corrected
BEFORE UPDATE OF channel, title, enterprise, uscc, contact, phone, region, category, received_at
    ON ticket
WHEN NOT EXISTS (SELECT 1 FROM event WHERE ticket_id = old.id AND type = 'corrected')
BEGIN
    SELECT RAISE(ABORT, 'what was received is changed by a correction alone');
END;
CREATE TRIGGER ticket_is_kept BEFORE DELETE ON ticket
BEGIN
    SELECT RAISE(ABORT, 'tickets are not deleted');
END;

-- A party's turn: its clock runs from AT with LIMIT_DAYS, or with the ticket's where the center has
-- chosen so. Before it, from POOLED_AT on, the center had it.
ALTER TABLE route ADD COLUMN limit_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE route ADD COLUMN pooled_at INTEGER;
-- Why a party that no longer holds it owes nothing: its return was granted, or the center had
-- dispatched it by mistake.
ALTER TABLE route ADD COLUMN excused TEXT CHECK
    (excused IS NULL OR excused = 'returned' OR excused = 'redispatched');
-- An answer that the handler entered later than the center allows: when, and whether the center
-- has said that ANSWERED_AT counts; until then ENTERED_AT does.
ALTER TABLE route ADD COLUMN entered_at INTEGER;
ALTER TABLE route ADD COLUMN late_granted INTEGER CHECK (late_granted IN (0, 1));

UPDATE route SET limit_days = coalesce(
    (SELECT r.limit_days FROM round r WHERE r.ticket_id = route.ticket_id AND r.round = route.round),
    (SELECT t.limit_days FROM ticket t WHERE t.id = route.ticket_id));
UPDATE route SET excused = 'returned'
 WHERE EXISTS (SELECT 1 FROM request q WHERE q.ticket_id = route.ticket_id AND q.act = 'return'
                  AND q.granted = 1 AND q.decided_at = route.ended_at);

-- The clocks that run.
CREATE INDEX route_running ON route (due_at) WHERE ended_at IS NULL AND answered_at IS NULL;

CREATE TABLE request_5 (
    id         INTEGER PRIMARY KEY,
    ticket_id  INTEGER NOT NULL REFERENCES ticket,
    round      INTEGER NOT NULL,
    act        TEXT NOT NULL CHECK
                   (act IN ('return', 'extension', 'suspension', 'close', 'revocation')),
    org_id     INTEGER REFERENCES org,
    asked_at   INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    basis      TEXT NOT NULL,
    days       INTEGER,                 -- of an extension
    decided_at INTEGER,
    granted    INTEGER CHECK (granted IN (0, 1))
) STRICT;
INSERT INTO request_5 SELECT id, ticket_id, round, act, org_id, asked_at, reason, basis, days,
                             decided_at, granted FROM request;
DROP TABLE request;
ALTER TABLE request_5 RENAME TO request;
CREATE INDEX request_ticket ON request (ticket_id);
CREATE UNIQUE INDEX request_one_open ON request (ticket_id, act, org_id, round)
    WHERE decided_at IS NULL;
CREATE INDEX request_waiting ON request (asked_at) WHERE decided_at IS NULL;

-- Ticket alone for the case (once), or in the catalogue until it is retired.
ALTER TABLE ruling ADD COLUMN once INTEGER NOT NULL DEFAULT 0 CHECK (once IN (0, 1));
ALTER TABLE ruling ADD COLUMN retired_at INTEGER;
ALTER TABLE ruling ADD COLUMN retired_for TEXT;

-- A level that began, or an order by hand: who supervises whom, and what is owed. What turns out
-- never to have begun is revoked, and stays readable.
CREATE TABLE supervision_5 (
    id             INTEGER PRIMARY KEY,
    ticket_id      INTEGER NOT NULL REFERENCES ticket,
    round          INTEGER NOT NULL,
    role           TEXT NOT NULL CHECK (role IN ('lead', 'assist', 'dispatch', 'order')),
    level          TEXT NOT NULL,       -- of the ladder; order: by hand
    supervisor     INTEGER NOT NULL REFERENCES org,
    org_id         INTEGER REFERENCES org, -- whom it judges; NULL: nobody (before step 5)
    document       TEXT NOT NULL,
    due_at         INTEGER NOT NULL,    -- what was overdue
    level_at       INTEGER NOT NULL,    -- when the level began
    swept_at       INTEGER NOT NULL,    -- when a sweep found it
    reply_due_at   INTEGER NOT NULL,    -- by when it must be replied to
    accountability INTEGER NOT NULL CHECK (accountability IN (0, 1)),
    provisional    INTEGER NOT NULL DEFAULT 0 CHECK (provisional IN (0, 1)),
    reason         TEXT,                -- of an order by hand
    acknowledged_at INTEGER,
    replied_at     INTEGER,
    reply          TEXT,
    refused_at     INTEGER,             -- the reply settled nothing: another is due
    refusal        TEXT,
    revoked_at     INTEGER,
    revoked_for    TEXT                 -- the type of event that showed it
) STRICT;
INSERT INTO supervision_5
SELECT id, ticket_id, round, 'lead', level, supervisor, lead, document, due_at, level_at, swept_at,
       reply_due_at, accountability, 0, NULL, acknowledged_at, replied_at, reply, NULL, NULL, NULL,
       NULL
  FROM supervision;
DROP TABLE supervision;
ALTER TABLE supervision_5 RENAME TO supervision;
CREATE UNIQUE INDEX supervision_once ON supervision (ticket_id, round, role, level, org_id)
    WHERE revoked_at IS NULL AND role IN ('lead', 'assist');
CREATE UNIQUE INDEX supervision_once_in_pool ON supervision (ticket_id, round, level, level_at)
    WHERE revoked_at IS NULL AND role = 'dispatch';
CREATE INDEX supervision_ticket ON supervision (ticket_id);
CREATE INDEX supervision_level_at ON supervision (level_at);
CREATE INDEX supervision_owed ON supervision (reply_due_at)
    WHERE replied_at IS NULL AND revoked_at IS NULL;

-- What a level opens (问责), step by step, and the persons whom it concerns (一案双查).
CREATE TABLE accountability (
    id             INTEGER PRIMARY KEY,
    supervision_id INTEGER NOT NULL UNIQUE REFERENCES supervision,
    opened_at      INTEGER NOT NULL,
    handed_at      INTEGER,             -- over to whom decides
    handed_to      TEXT,
    result_at      INTEGER,
    result         TEXT,
    published_at   INTEGER,
    ended_at       INTEGER              -- with the level, which was revoked
) STRICT;
CREATE TABLE accountability_person (
    accountability_id INTEGER NOT NULL REFERENCES accountability,
    name              TEXT NOT NULL,
    post              TEXT NOT NULL,
    liability         TEXT NOT NULL,    -- 直接责任, 主体责任, 监督责任, 领导责任
    result            TEXT,
    PRIMARY KEY (accountability_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO accountability (supervision_id, opened_at)
SELECT id, swept_at FROM supervision WHERE accountability = 1 ORDER BY id;

DROP VIEW v_ticket;
CREATE VIEW v_ticket AS
SELECT t.id, t.source, t.ref,
       t.channel, coalesce(channel.name, t.channel) AS channel_name,
       t.kind, coalesce(kind.name, t.kind) AS kind_name, t.kind_by,
       s.title, s.body, s.enterprise, s.uscc, s.contact, s.phone,
       t.region, coalesce(region.name, t.region) AS region_name, t.category, s.extra,
       t.state, t.round, org.code AS lead, org.name AS lead_name,
       t.level, coalesce(level.name, t.level) AS level_name, t.provisional,
       strftime('%Y-%m-%dT%H:%M:%S', t.received_at + o.value, 'unixepoch') || z.value AS received,
       strftime('%Y-%m-%dT%H:%M:%S', t.due_at + o.value, 'unixepoch') || z.value AS due,
       strftime('%Y-%m-%dT%H:%M:%S', t.dispatched_at + o.value, 'unixepoch') || z.value
           AS dispatched,
       strftime('%Y-%m-%dT%H:%M:%S', t.answered_at + o.value, 'unixepoch') || z.value AS answered,
       strftime('%Y-%m-%dT%H:%M:%S', t.closed_at + o.value, 'unixepoch') || z.value AS closed,
       t.closed_as, t.errand
  FROM ticket t
  JOIN v_shown s ON s.id = t.id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text'
  LEFT JOIN org ON org.id = t.lead
  LEFT JOIN label channel ON channel.domain = 'channel' AND channel.code = t.channel
  LEFT JOIN label kind ON kind.domain = 'kind' AND kind.code = t.kind
  LEFT JOIN label region ON region.domain = 'region' AND region.code = t.region
  LEFT JOIN label level ON level.domain = 'level' AND level.code = t.level;

DROP VIEW v_route;
CREATE VIEW v_route AS
SELECT r.id, r.ticket_id, r.round, org.code AS org, org.name AS org_name, r.role, r.rule, r.basis,
       strftime('%Y-%m-%dT%H:%M:%S', r.at + o.value, 'unixepoch') || z.value AS at,
       strftime('%Y-%m-%dT%H:%M:%S', r.due_at + o.value, 'unixepoch') || z.value AS due,
       strftime('%Y-%m-%dT%H:%M:%S', r.answered_at + o.value, 'unixepoch') || z.value AS answered,
       strftime('%Y-%m-%dT%H:%M:%S', r.ended_at + o.value, 'unixepoch') || z.value AS ended,
       r.excused
  FROM route r
  JOIN org ON org.id = r.org_id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text';

DROP VIEW v_supervision;
CREATE VIEW v_supervision AS
SELECT s.id, s.ticket_id, s.round, s.level, coalesce(level.name, s.level) AS level_name,
       by.code AS supervisor, by.name AS supervisor_name,
       lead.code AS lead, lead.name AS lead_name, s.document, s.accountability,
       strftime('%Y-%m-%dT%H:%M:%S', s.due_at + o.value, 'unixepoch') || z.value AS due,
       strftime('%Y-%m-%dT%H:%M:%S', s.level_at + o.value, 'unixepoch') || z.value AS level_began,
       strftime('%Y-%m-%dT%H:%M:%S', s.swept_at + o.value, 'unixepoch') || z.value AS swept,
       strftime('%Y-%m-%dT%H:%M:%S', s.reply_due_at + o.value, 'unixepoch') || z.value
           AS reply_due,
       s.role, s.provisional,
       strftime('%Y-%m-%dT%H:%M:%S', s.replied_at + o.value, 'unixepoch') || z.value AS replied,
       strftime('%Y-%m-%dT%H:%M:%S', s.revoked_at + o.value, 'unixepoch') || z.value AS revoked,
       s.revoked_for
  FROM supervision s
  JOIN org by ON by.id = s.supervisor
  LEFT JOIN org lead ON lead.id = s.org_id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text'
  LEFT JOIN label level ON level.domain = 'level' AND level.code = s.level;

-- step 6: reports that cost what their month costs; every record is what its events make of it

-- What a month's figures need, where when it began does not find it: the answers and ratings of the
-- month, and those few whose deadline or end lies more than 21 days (1814400 s) behind the
-- beginning (report/definitions.c). Writers pay for the first three alone.
CREATE INDEX round_answered ON round (answered_at);
CREATE INDEX event_rated ON event (at) WHERE type IN ('rated', 'redo');
CREATE INDEX supervision_reply ON supervision (reply_due_at) WHERE revoked_at IS NULL;
CREATE INDEX supervision_refused ON supervision (refused_at) WHERE refused_at IS NOT NULL;
CREATE INDEX event_follow_due ON event (CAST(json_extract(data, '$.follow_due') AS BIGINT))
    WHERE type = 'rated' AND json_extract(data, '$.follow_due') IS NOT NULL;
CREATE INDEX ticket_lasting ON ticket (due_at) WHERE due_at > received_at + 1814400;
CREATE INDEX ticket_answered_late ON ticket (answered_at)
    WHERE answered_at > received_at + 1814400;
CREATE INDEX ticket_closed_late ON ticket (closed_at)
    WHERE answered_at IS NULL AND closed_at > received_at + 1814400;
CREATE INDEX ticket_ended ON ticket (closed_at)
    WHERE closed_as IN ('merged', 'declined', 'referred', 'withdrawn', 'void');
CREATE INDEX round_lasting ON round (due_at) WHERE round = 1 AND due_at > started_at + 604800;
CREATE INDEX route_lasting ON route (at)
    WHERE due_at > at + 1814400 OR accept_due_at > at + 1814400;
CREATE INDEX route_entered ON route (entered_at) WHERE entered_at IS NOT NULL;
CREATE INDEX request_granted ON request (decided_at) WHERE granted = 1;

-- The county's center whose a ticket is, by its events; NULL: the city's. A ruling holds in the
-- catalogue of the center whose ticket it was about.
ALTER TABLE ticket ADD COLUMN center INTEGER REFERENCES org;
ALTER TABLE ruling ADD COLUMN center INTEGER REFERENCES org;

-- How long the center had a ticket before a party did follows from the events (ticket/turn.c).
ALTER TABLE route DROP COLUMN pooled_at;

-- An open ticket of the same firm, where no credit code finds it (ticket-new).
CREATE INDEX ticket_open_enterprise ON ticket (enterprise)
    WHERE enterprise IS NOT NULL AND answered_at IS NULL AND closed_at IS NULL;

DROP VIEW v_ticket;
CREATE VIEW v_ticket AS
SELECT t.id, t.source, t.ref,
       t.channel, coalesce(channel.name, t.channel) AS channel_name,
       t.kind, coalesce(kind.name, t.kind) AS kind_name, t.kind_by,
       s.title, s.body, s.enterprise, s.uscc, s.contact, s.phone,
       t.region, coalesce(region.name, t.region) AS region_name, t.category, s.extra,
       t.state, t.round, org.code AS lead, org.name AS lead_name,
       t.level, coalesce(level.name, t.level) AS level_name, t.provisional,
       strftime('%Y-%m-%dT%H:%M:%S', t.received_at + o.value, 'unixepoch') || z.value AS received,
       strftime('%Y-%m-%dT%H:%M:%S', t.due_at + o.value, 'unixepoch') || z.value AS due,
       strftime('%Y-%m-%dT%H:%M:%S', t.dispatched_at + o.value, 'unixepoch') || z.value
           AS dispatched,
       strftime('%Y-%m-%dT%H:%M:%S', t.answered_at + o.value, 'unixepoch') || z.value AS answered,
       strftime('%Y-%m-%dT%H:%M:%S', t.closed_at + o.value, 'unixepoch') || z.value AS closed,
       t.closed_as, t.errand, center.code AS center, center.name AS center_name
  FROM ticket t
  JOIN v_shown s ON s.id = t.id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text'
  LEFT JOIN org ON org.id = t.lead
  LEFT JOIN org center ON center.id = t.center
  LEFT JOIN label channel ON channel.domain = 'channel' AND channel.code = t.channel
  LEFT JOIN label kind ON kind.domain = 'kind' AND kind.code = t.kind
  LEFT JOIN label region ON region.domain = 'region' AND region.code = t.region
  LEFT JOIN label level ON level.domain = 'level' AND level.code = t.level;

-- Of organisations the events did not tell the short names.
INSERT INTO upgrade_event (type, data)
SELECT 'org-stated', json_object(
         'id', o.id, 'code', o.code, 'name', o.name,
         'short', json((SELECT json_group_array(n.name) FROM org_name n WHERE n.org_id = o.id)),
         'group', o.peer_group, 'contact', o.contact, 'phone', o.phone)
  FROM org o ORDER BY o.id;

-- Of consultations they did not tell the draft, nor which tickets ask for opinions.
INSERT INTO upgrade_event (type, data)
SELECT 'consultation-stated', json_object(
         'consultation', c.id, 'org', o.code, 'title', c.title, 'draft', c.draft,
         'until', date(c.until_day * 86400, 'unixepoch'), 'opened', c.opened_at,
         'to', json((SELECT json_group_array(code) FROM (SELECT a.code FROM consultee e
                       JOIN org a ON a.id = e.org_id WHERE e.consultation_id = c.id
                      ORDER BY e.org_id))),
         'tickets', json((SELECT json_group_array(ticket_id) FROM (SELECT e.ticket_id
                       FROM consultee e WHERE e.consultation_id = c.id ORDER BY e.org_id))))
  FROM consultation c JOIN org o ON o.id = c.org_id ORDER BY c.id;

-- Of questionnaires they told how many answers were taken in.
INSERT INTO upgrade_event (type, data)
SELECT 'survey-stated', json_object(
         'answer', a.id, 'source', a.source, 'ref', a.ref, 'policy', p.code, 'class', a.class,
         'org', o.code, 'enterprise', e.code, 'score', a.score, 'text', a.text, 'at', a.at,
         'ticket', a.ticket_id)
  FROM survey_answer a LEFT JOIN policy p ON p.id = a.policy_id LEFT JOIN org o ON o.id = a.org_id
  LEFT JOIN enterprise e ON e.id = a.enterprise_id ORDER BY a.id;

-- The views in words that both engines take: a flag is compared, not taken for a truth, and what is
-- divided is a number with a fraction.
DROP VIEW v_shown;
CREATE VIEW v_shown AS
SELECT t.id, coalesce(s.title, o.title) AS title, coalesce(s.body, o.body) AS body,
       coalesce(s.enterprise, o.enterprise) AS enterprise, o.uscc, s.contact, s.phone,
       coalesce(s.extra, o.extra) AS extra
  FROM ticket t
  LEFT JOIN shown s ON s.ticket_id = t.id AND t.confidential = 0
  LEFT JOIN ticket o ON o.id = s.ticket_id;

DROP VIEW v_event;
CREATE VIEW v_event AS
SELECT e.id, e.ticket_id, e.type, e.actor,
       CASE WHEN t.confidential = 1 THEN '{}' ELSE coalesce(s.data, e.data) END AS data,
       strftime('%Y-%m-%dT%H:%M:%S', e.at + o.value, 'unixepoch') || z.value AS at,
       strftime('%Y-%m-%dT%H:%M:%S', e.recorded_at + o.value, 'unixepoch') || z.value AS recorded
  FROM event e
  LEFT JOIN event_shown s ON s.event_id = e.id
  LEFT JOIN ticket t ON t.id = e.ticket_id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text';

DROP VIEW v_enterprise;
CREATE VIEW v_enterprise AS
SELECT id, code, name, region, industry, CAST(staff AS DOUBLE PRECISION) / 1000000 AS staff,
       CAST(revenue AS DOUBLE PRECISION) / 1000000 AS revenue,
       CAST(assets AS DOUBLE PRECISION) / 1000000 AS assets,
       date(founded * 86400, 'unixepoch') AS founded
  FROM enterprise;

DROP VIEW v_fact;
CREATE VIEW v_fact AS
SELECT e.code AS enterprise, f.name, date(f.from_day * 86400, 'unixepoch') AS from_day,
       CAST(f.number AS DOUBLE PRECISION) / 1000000 AS number, f.code
  FROM fact f
  JOIN enterprise e ON e.id = f.enterprise_id;

-- step 7: deliveries are what their events make of them

-- Of deliveries they told how many there were.
INSERT INTO upgrade_event (type, data)
SELECT 'delivery-stated',
       '{"id":' || id || ',"policy_id":' || policy_id || ',"org_id":' || coalesce(org_id, 0)
       || ',"enterprise_id":' || coalesce(enterprise_id, 0) || ',"via_id":' || coalesce(via, 0)
       || ',"at":' || at || '}'
  FROM push ORDER BY id;

-- step 8: the log reaches what was received, and what it says of persons can be erased

-- The seed of the seals of the event's texts (center/seal.h): empty where none is sealed, or where
-- something was erased; NULL: its digest is of the first form, which has no seals.
ALTER TABLE event ADD COLUMN seed BLOB;

-- An event of which something was erased (record-erase): of each text that can be, its seal, where it
-- is gone, or else its salt.
CREATE TABLE erasure (
    event_id INTEGER NOT NULL REFERENCES event,
    key      INTEGER NOT NULL,          -- seal.c
    seal     BLOB,
    salt     BLOB,
    PRIMARY KEY (event_id, key),
    CHECK ((seal IS NULL) <> (salt IS NULL))
) STRICT, WITHOUT ROWID;

-- What tickets said when they came in was in no event: now it is, as it stands.
ALTER TABLE upgrade_event ADD COLUMN ticket_id INTEGER;
INSERT INTO upgrade_event (type, ticket_id, data) SELECT 'ticket-stated', id, '{}' FROM ticket
 ORDER BY id;

-- The files of the configuration that center-init took over, by the SM3 digest of their bytes.
CREATE TABLE configured (
    file   TEXT PRIMARY KEY,
    digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The tree over the log's events (qifu-evidence(7)): the digest of each 2^level events, from place *
-- 2^level on, for levels 8, 16, 24 ... They follow from the events' own; log-head adds what has
-- become complete, so that a head and a proof read some hundred rows of however many events.
CREATE TABLE log_node (
    level INTEGER NOT NULL,
    place INTEGER NOT NULL,
    hash  BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_head ON event (id) WHERE type IN ('head-signed', 'head-cosigned');

-- What was kept of an erased text stays; of another one, its salt goes when it is erased too.
CREATE TRIGGER erasure_is_fixed BEFORE UPDATE ON erasure
WHEN old.seal IS NOT NULL OR new.seal IS NULL OR new.event_id <> old.event_id OR new.key <> old.key
BEGIN
    SELECT RAISE(ABORT, 'what was erased stays so');
END;
CREATE TRIGGER erasure_is_kept BEFORE DELETE ON erasure
BEGIN
    SELECT RAISE(ABORT, 'what was erased stays so');
END;

-- An event's texts and the seed of their seals change where something of it was erased. That what
-- changes is what was erased, the digest proves.
DROP TRIGGER event_is_fixed;
CREATE TRIGGER event_is_fixed BEFORE UPDATE ON event
WHEN new.id <> old.id OR new.ticket_id IS DISTINCT FROM old.ticket_id OR new.type <> old.type
     OR new.at <> old.at OR new.recorded_at <> old.recorded_at OR new.actor <> old.actor
     OR new.hash <> old.hash OR old.seed IS NULL OR new.seed IS NULL OR length(new.seed) > 0
     OR NOT EXISTS (SELECT 1 FROM erasure WHERE event_id = old.id AND seal IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
END;

-- The same of what was received.
DROP TRIGGER ticket_intake_is_fixed;
CREATE TRIGGER ticket_intake_is_fixed
BEFORE UPDATE OF id, source, ref, body, extra ON ticket
WHEN new.id <> old.id OR new.source <> old.source OR new.ref IS DISTINCT FROM old.ref
     OR (new.body <> old.body AND new.body <> '（已依法删除）')
     OR (new.extra IS DISTINCT FROM old.extra
         AND new.extra IS DISTINCT FROM '{"extra":"（已依法删除）"}')
     OR NOT EXISTS (SELECT 1 FROM event e JOIN erasure s ON s.event_id = e.id
                     WHERE e.ticket_id = old.id AND s.seal IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'what was received does not change');
END;
DROP TRIGGER ticket_intake_is_corrected;
CREATE TRIGGER ticket_intake_is_corrected
BEFORE UPDATE OF channel, title, enterprise, uscc, contact, phone, region, category, received_at
    ON ticket
WHEN NOT EXISTS (SELECT 1 FROM event WHERE ticket_id = old.id AND type = 'corrected')
     AND (new.channel <> old.channel OR new.region IS DISTINCT FROM old.region
          OR new.category IS DISTINCT FROM old.category OR new.received_at <> old.received_at
          OR NOT EXISTS (SELECT 1 FROM event e JOIN erasure s ON s.event_id = e.id
                          WHERE e.ticket_id = old.id AND s.seal IS NOT NULL))
BEGIN
    SELECT RAISE(ABORT, 'what was received is changed by a correction alone');
END;

-- The answers that settled a matter (report/definitions.c); what happened to policies in a period.
CREATE INDEX event_resolved ON event (ticket_id, at)
    WHERE type = 'answered' AND json_extract(data, '$.how') = 'resolved';
CREATE INDEX policy_event_at ON policy_event (type, at);
CREATE INDEX push_at ON push (at);

-- What organisations appeal (申诉): that a ticket counts against them in figures, whose codes are
-- divided by commas; and what the center decided.
CREATE TABLE appeal (
    id          INTEGER PRIMARY KEY,
    ticket_id   INTEGER NOT NULL REFERENCES ticket,
    org_id      INTEGER NOT NULL REFERENCES org,
    figures     TEXT NOT NULL,
    asked_at    INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    basis       TEXT NOT NULL,
    decided_at  INTEGER,
    granted     INTEGER CHECK (granted IN (0, 1)),
    decided_for TEXT                    -- why so
) STRICT;
CREATE INDEX appeal_ticket ON appeal (ticket_id);
CREATE INDEX appeal_asked ON appeal (asked_at);
CREATE UNIQUE INDEX appeal_waiting ON appeal (ticket_id, org_id) WHERE decided_at IS NULL;

CREATE VIEW v_appeal AS
SELECT a.id, a.ticket_id, org.code AS org, org.name AS org_name, a.figures,
       strftime('%Y-%m-%dT%H:%M:%S', a.asked_at + o.value, 'unixepoch') || z.value AS asked,
       a.reason, a.basis,
       strftime('%Y-%m-%dT%H:%M:%S', a.decided_at + o.value, 'unixepoch') || z.value AS decided,
       a.granted, a.decided_for
  FROM appeal a
  JOIN org ON org.id = a.org_id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text';

-- Which model is in force beside the dispatch catalogue: the one that was named last.
CREATE INDEX event_model ON event (id) WHERE type IN ('model-adopted', 'model-dropped');

-- A sweep takes some of those whose moment has come, and thousands have the same one.
DROP INDEX ticket_next_level;
CREATE INDEX ticket_next_level ON ticket (next_level_at, id) WHERE next_level_at IS NOT NULL;

-- step 9: who may

-- Members: a name, as the machine knows a user or as one who is trusted passes it on; the
-- organisation that it acts for; its roles, codes divided by blanks (center/role.c).
CREATE TABLE member (
    name   TEXT NOT NULL,
    org_id INTEGER NOT NULL REFERENCES org,
    roles  TEXT NOT NULL,
    since  INTEGER NOT NULL,
    until  INTEGER,                     -- it is none any more
    PRIMARY KEY (name, org_id)
) STRICT, WITHOUT ROWID;

-- Waves in which enterprises vote on units (万企评机关): on which days, and by what rules ballots
-- count, as ballots.yaml said when the wave was listed.
CREATE TABLE ballot_wave (
    code          TEXT PRIMARY KEY,
    first_day     INTEGER NOT NULL,
    last_day      INTEGER NOT NULL CHECK (last_day >= first_day),
    complete      INTEGER NOT NULL,     -- percent of a group's units that a ballot marks, at least
    alike         INTEGER NOT NULL,     -- so many marks that are all the same are no opinion; 0: never
    unit_minimum  INTEGER NOT NULL,     -- votes on a unit, ballots on a group: fewer are apart
    group_minimum INTEGER NOT NULL,
    last          INTEGER NOT NULL,     -- the last so many of a group that ranks so many, or more
    last_of       INTEGER NOT NULL,
    twice         INTEGER NOT NULL CHECK (twice BETWEEN 0 AND 2), -- neither, the first, the last counts
    points1       INTEGER NOT NULL,     -- what a rating gives
    points2       INTEGER NOT NULL,
    points3       INTEGER NOT NULL,
    points4       INTEGER NOT NULL,
    points5       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is voted on in a wave. What a later list of the wave has no more has no place.
CREATE TABLE ballot_unit (
    wave       TEXT NOT NULL REFERENCES ballot_wave,
    code       TEXT NOT NULL,
    place      INTEGER,
    name       TEXT NOT NULL,
    group_code TEXT NOT NULL,           -- ranks stay inside it
    group_name TEXT NOT NULL,
    org_id     INTEGER NOT NULL REFERENCES org,
    PRIMARY KEY (wave, code)
) STRICT, WITHOUT ROWID;

-- What a voter says of a unit on a ballot.
CREATE TABLE ballot_vote (
    id    INTEGER PRIMARY KEY,
    wave  TEXT NOT NULL,
    unit  TEXT NOT NULL,
    voter TEXT NOT NULL,                -- an enterprise's code, or a token of whoever need not be known
    ref   TEXT NOT NULL,                -- the ballot's number, '' where it has none
    at    INTEGER NOT NULL,
    score INTEGER CHECK (score BETWEEN 1 AND 5), -- NULL: does not know the unit
    FOREIGN KEY (wave, unit) REFERENCES ballot_unit (wave, code)
) STRICT;
CREATE INDEX ballot_vote_voter ON ballot_vote (wave, voter, unit);

-- What the office's registers (台账, qifu-register(5)) have, made by their events.
CREATE TABLE entry (
    id        INTEGER PRIMARY KEY,
    register  TEXT NOT NULL,            -- the code of its file
    key       TEXT NOT NULL,            -- what tells it from the register's others
    state     TEXT NOT NULL,
    ended     INTEGER NOT NULL CHECK (ended IN (0, 1)),
    org_id    INTEGER REFERENCES org,   -- who answers for it first
    added_at  INTEGER NOT NULL,
    moved_at  INTEGER NOT NULL,         -- what happened last
    due_at    INTEGER,
    ticket_id INTEGER REFERENCES ticket, -- on which its being late is supervised
    UNIQUE (register, key)
) STRICT;
CREATE INDEX entry_due ON entry (due_at) WHERE ended = 0 AND due_at IS NOT NULL;
CREATE INDEX entry_ticket ON entry (ticket_id) WHERE ticket_id IS NOT NULL;

-- The values of its fields: as the log tells them, and as views show them; of numbers the
-- millionths, of dates the day.
CREATE TABLE entry_value (
    entry_id INTEGER NOT NULL REFERENCES entry,
    field    TEXT NOT NULL,
    place    INTEGER NOT NULL,          -- from 1 on
    text     TEXT NOT NULL,
    shown    TEXT NOT NULL,
    number   INTEGER,
    private  INTEGER NOT NULL CHECK (private IN (0, 1)),
    PRIMARY KEY (entry_id, field, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_value_text ON entry_value (text, field);

-- What happened to it: acts, and the states after them.
CREATE TABLE entry_move (
    entry_id INTEGER NOT NULL REFERENCES entry,
    number   INTEGER NOT NULL,          -- from 1 on
    act      TEXT NOT NULL,
    state    TEXT NOT NULL,
    at       INTEGER NOT NULL,
    org_id   INTEGER REFERENCES org,    -- who acted; NULL: the center
    text     TEXT,
    PRIMARY KEY (entry_id, number)
) STRICT, WITHOUT ROWID;

CREATE VIEW v_entry AS
SELECT e.id, e.register, e.state, e.ended, org.code AS org, org.name AS org_name,
       strftime('%Y-%m-%dT%H:%M:%S', e.added_at + o.value, 'unixepoch') || z.value AS added,
       strftime('%Y-%m-%dT%H:%M:%S', e.moved_at + o.value, 'unixepoch') || z.value AS moved,
       strftime('%Y-%m-%dT%H:%M:%S', e.due_at + o.value, 'unixepoch') || z.value AS due,
       e.ticket_id
  FROM entry e
  LEFT JOIN org ON org.id = e.org_id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text';

CREATE VIEW v_entry_value AS
SELECT entry_id, field, place, shown AS value, number FROM entry_value;

-- The knowledge base (知识库): answers that can be given at once; who answers for each, until when it
-- holds, the policy on which it rests.
CREATE TABLE kb_entry (
    id        INTEGER PRIMARY KEY,
    code      TEXT NOT NULL UNIQUE,
    title     TEXT NOT NULL,
    text      TEXT NOT NULL,
    org_id    INTEGER REFERENCES org,
    until_day INTEGER,
    policy_id INTEGER REFERENCES policy,
    at        INTEGER NOT NULL
) STRICT;

-- Which entries have two characters side by side, and how much that says of them (knowledge/kb.c).
CREATE TABLE kb_pair (
    pair     TEXT NOT NULL,
    entry_id INTEGER NOT NULL REFERENCES kb_entry,
    weight   INTEGER NOT NULL,
    PRIMARY KEY (pair, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kb_pair_entry ON kb_pair (entry_id);

-- Where somebody is reached: of whom (org, enterprise, liaison), by which channel of center.yaml.
CREATE TABLE address (
    id         INTEGER PRIMARY KEY,
    owner      TEXT NOT NULL,           -- the record, and
    owner_id   INTEGER NOT NULL,        -- its id
    channel    TEXT NOT NULL,
    address    TEXT NOT NULL CHECK (address <> ''),
    person     TEXT,
    wants      TEXT,                    -- codes of notices, divided by blanks; NULL: all
    how        TEXT NOT NULL CHECK (how = 'at-once' OR how = 'digest'),
    hours      TEXT,                    -- NULL: the center's
    deputy     INTEGER REFERENCES address,
    away_from  INTEGER,                 -- days on which the deputy is told instead
    away_until INTEGER,
    used       TEXT NOT NULL CHECK (used = 'yes' OR used = 'no'),
    UNIQUE (owner, owner_id, channel, address)
) STRICT;

-- What somebody is told: of an event, by a notice of this kind, at this address; once.
CREATE TABLE notice (
    id         INTEGER PRIMARY KEY,
    event_id   INTEGER NOT NULL REFERENCES event,
    kind       TEXT NOT NULL,
    address_id INTEGER NOT NULL REFERENCES address,
    channel    TEXT NOT NULL,           -- the address's
    urgent     INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    state      TEXT NOT NULL CHECK
                   (state = 'waiting' OR state = 'taken' OR state = 'sent' OR state = 'perhaps' OR
                    state = 'failed' OR state = 'dropped'),
    made_at    INTEGER NOT NULL,
    next_at    INTEGER NOT NULL,        -- waiting: when it goes out; taken: when it was taken
    tries      INTEGER NOT NULL,
    message    INTEGER,                 -- the number of the message's first notice
    ended_at   INTEGER,
    why        TEXT,                    -- it was not sent
    UNIQUE (event_id, kind, address_id)
) STRICT;
CREATE INDEX notice_waiting ON notice (channel, next_at, id) WHERE state = 'waiting';
CREATE INDEX notice_together ON notice (address_id, next_at, id) WHERE state = 'waiting';
CREATE INDEX notice_taken ON notice (next_at) WHERE state = 'taken';
CREATE INDEX notice_unsettled ON notice (state, id) WHERE state = 'perhaps' OR state = 'failed';

-- Up to which event notices were made. Of what a center of before did nobody is told.
CREATE TABLE notice_seen (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    event_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO notice_seen (one, event_id) SELECT 1, id FROM event ORDER BY id DESC LIMIT 1;

CREATE VIEW v_notice AS
SELECT n.id, n.event_id, e.ticket_id, n.kind, n.channel, a.owner, a.owner_id, n.state,
       strftime('%Y-%m-%dT%H:%M:%S', n.made_at + o.value, 'unixepoch') || z.value AS made,
       strftime('%Y-%m-%dT%H:%M:%S', n.next_at + o.value, 'unixepoch') || z.value AS next,
       n.tries, n.message,
       strftime('%Y-%m-%dT%H:%M:%S', n.ended_at + o.value, 'unixepoch') || z.value AS ended
  FROM notice n
  JOIN event e ON e.id = n.event_id
  JOIN address a ON a.id = n.address_id
  JOIN setting o ON o.name = 'utc_offset'
  JOIN setting z ON z.name = 'utc_offset_text';

-- How long what is kept (record-retain): what has ended since, and its events.
CREATE INDEX ticket_ending ON ticket (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX ticket_joined ON ticket (merged_into) WHERE merged_into IS NOT NULL;
-- (Alternatives instead of a list of more than two: SQLite would make a table of the list for each
-- row that is written.)
CREATE INDEX event_entry ON event (CAST(json_extract(data, '$.entry') AS BIGINT))
    WHERE type = 'entry-added' OR type = 'entry-continued' OR type = 'entry-corrected'
       OR type = 'entry-acted' OR type = 'entry-supervised';
CREATE INDEX event_kept ON event (recorded_at)
    WHERE type = 'unmasked' OR type = 'survey-answered' OR type = 'survey-stated'
       OR type = 'policy-feedback';
DROP INDEX ticket_ended;
CREATE INDEX ticket_ended ON ticket (closed_at)
    WHERE closed_as = 'merged' OR closed_as = 'declined' OR closed_as = 'referred'
       OR closed_as = 'withdrawn' OR closed_as = 'void';
CREATE INDEX event_retained ON event (id) WHERE type = 'retained';

-- Whether a request is a draft's is asked of each that somebody is told of.
CREATE INDEX consultee_ticket ON consultee (ticket_id);

-- What of a row no event told, events tell (center/told.h); of before an upgrade does, and
-- the rows of one ticket make one event

INSERT INTO upgrade_event (type, data)
SELECT 'rows-stated', '{"calendar":' || id || ',"name":"' || name || '","horizon":"' || horizon
       || '","digest":"' || digest || '","first_used":' || first_used_at || '}'
  FROM calendar_version ORDER BY id;
INSERT INTO upgrade_event (type, data) SELECT 'words-stated', '{}' FROM setting LIMIT 1;
INSERT INTO upgrade_event (type, data)
SELECT 'enterprise-stated', '{"enterprise":"' || code || '"}' FROM enterprise
 WHERE contact IS NOT NULL OR phone IS NOT NULL OR extra IS NOT NULL ORDER BY id;

-- All rows are as they stand; a number that is absent is 0, an organisation ''.
INSERT INTO upgrade_event (type, ticket_id, data)
SELECT 'rows-stated', told.ticket_id, told.data FROM (
    SELECT id AS ticket_id, 1 AS kind, id AS place,
           '{"ticket":' || id || ',"errand":' || errand || ',"until_day":' || coalesce(until_day, 0)
           || ',"pooled":' || coalesce(pooled_at, 0) || '}' AS data
      FROM ticket WHERE errand = 1 OR until_day IS NOT NULL OR pooled_at IS NOT NULL
    UNION ALL
    SELECT ticket_id, 2, id,
           '{"route":' || id || ',"limit":' || limit_days || ',"due":' || due_at || ',"sign_in":'
           || accept_due_at || ',"late":' || coalesce(late_granted + 1, 0) || '}'
      FROM route
    UNION ALL
    SELECT r.ticket_id, 3, r.id,
           '{"request":' || r.id || ',"act":"' || r.act || '","round":' || r.round || ',"org":"'
           || coalesce(o.code, '') || '","asked":' || r.asked_at || ',"decided":'
           || coalesce(r.decided_at, 0) || ',"answer":' || coalesce(r.granted + 1, 0) || '}'
      FROM request r LEFT JOIN org o ON o.id = r.org_id
    UNION ALL
    SELECT ticket_id, 4, id, '{"suspension":' || id || '}' FROM suspension
    UNION ALL
    SELECT ticket_id, 5, round,
           '{"judged":' || round || ',"started":' || started_at || ',"limit":' || limit_days
           || ',"due":' || due_at || ',"gross":' || gross_days || ',"net":' || net_days
           || ',"calendar":' || calendar_id || '}'
      FROM round
    UNION ALL
    SELECT ticket_id, 6, id, '{"appeal":' || id || '}' FROM appeal
    UNION ALL
    SELECT s.ticket_id, 7, s.id,
           '{"order":' || s.id || ',"org":"' || coalesce(o.code, '') || '","supervisor":"' || b.code
           || '","document":"' || replace(replace(s.document, '\', '\\'), '"', '\"')
           || '","due":' || s.due_at || ',"at":' || s.level_at || ',"swept":' || s.swept_at
           || ',"reply_due":' || s.reply_due_at || ',"accountability":' || s.accountability
           || ',"provisional":' || s.provisional || '}'
      FROM supervision s JOIN org b ON b.id = s.supervisor LEFT JOIN org o ON o.id = s.org_id
    UNION ALL
    SELECT s.ticket_id, 8, a.id,
           '{"accountability_of":' || a.id || ',"order_of":' || a.supervision_id || ',"opened":'
           || a.opened_at || '}'
      FROM accountability a JOIN supervision s ON s.id = a.supervision_id) told
 ORDER BY told.ticket_id, told.kind, told.place;

-- What a request came from or asks about: the policy of a consultation, an entry of a register (a
-- visit, a meeting, a problem), the liaison who brought it. Entries refer to tickets too: who loads
-- both lets the reference wait.
ALTER TABLE ticket ADD COLUMN policy_id INTEGER REFERENCES policy;
ALTER TABLE ticket ADD COLUMN entry_id INTEGER REFERENCES entry DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE ticket ADD COLUMN liaison_id INTEGER REFERENCES liaison;
CREATE INDEX ticket_policy ON ticket (policy_id) WHERE policy_id IS NOT NULL;
CREATE INDEX ticket_entry ON ticket (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX ticket_liaison ON ticket (liaison_id) WHERE liaison_id IS NOT NULL;

-- What a run sent to a firm as one message (policy-push --package) is one contact.
ALTER TABLE push ADD COLUMN package INTEGER NOT NULL DEFAULT 0 CHECK (package IN (0, 1));

-- A firm's requests are found by its code, or by its whole name; who answered in a month.
CREATE INDEX ticket_named ON ticket (enterprise) WHERE uscc IS NULL AND enterprise IS NOT NULL;
CREATE INDEX survey_answer_at ON survey_answer (at) WHERE enterprise_id IS NOT NULL;

-- What a policy belongs to besides its class; what it was reviewed for before it was issued; until when
-- who is concerned may adapt to it; when it is to be evaluated.
ALTER TABLE policy ADD COLUMN topics TEXT;
ALTER TABLE policy ADD COLUMN fair_review TEXT;
ALTER TABLE policy ADD COLUMN legal_review TEXT;
ALTER TABLE policy ADD COLUMN transition_to INTEGER;
ALTER TABLE policy ADD COLUMN evaluate INTEGER;

-- Firms apply for policies (申报), and are refused or granted money: the types are two more.
CREATE TABLE policy_event_9 (
    id            INTEGER PRIMARY KEY,
    policy_id     INTEGER NOT NULL REFERENCES policy,
    type          TEXT NOT NULL CHECK
                      (type IN ('viewed', 'feedback', 'applied', 'refused', 'granted')),
    at            INTEGER NOT NULL,
    enterprise_id INTEGER REFERENCES enterprise,
    count         INTEGER NOT NULL DEFAULT 1, -- views
    score         INTEGER CHECK (score BETWEEN 1 AND 5),
    amount        INTEGER,              -- applied for or granted, in millionths of a yuan
    text          TEXT
) STRICT;
INSERT INTO policy_event_9
SELECT id, policy_id, type, at, enterprise_id, count, score, amount, text FROM policy_event;
DROP TABLE policy_event;
ALTER TABLE policy_event_9 RENAME TO policy_event;
CREATE INDEX policy_event_policy ON policy_event (policy_id, at);
CREATE INDEX policy_event_at ON policy_event (type, at);

-- What became of answers that were rated well: an entry of the knowledge base, or none, and why.
CREATE TABLE kb_proposal (
    ticket_id INTEGER PRIMARY KEY REFERENCES ticket,
    entry_id  INTEGER REFERENCES kb_entry,
    reason    TEXT,
    at        INTEGER NOT NULL,
    CHECK ((entry_id IS NULL) <> (reason IS NULL))
) STRICT;
CREATE INDEX ticket_liked ON ticket (rated_at) WHERE rating >= 4 AND closed_as = 'satisfied';

-- A draft may be open to all enterprises and the public, to its last day; for less than is usual,
-- why. Enterprises may be asked by name, without a ticket.
ALTER TABLE consultation ADD COLUMN public_at INTEGER;
ALTER TABLE consultation ADD COLUMN urgent TEXT;
CREATE TABLE consulted_firm (
    consultation_id INTEGER NOT NULL REFERENCES consultation,
    enterprise_id   INTEGER NOT NULL REFERENCES enterprise,
    PRIMARY KEY (consultation_id, enterprise_id)
) STRICT, WITHOUT ROWID;

-- An opinion is an organisation's, an enterprise's, or the public's, which is neither.
CREATE TABLE opinion_9 (
    id              INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultation,
    org_id          INTEGER REFERENCES org,
    enterprise_id   INTEGER REFERENCES enterprise,
    at              INTEGER NOT NULL,
    text            TEXT NOT NULL CHECK (text <> ''),
    adopted         INTEGER CHECK (adopted IN (0, 1)), -- NULL: not decided yet
    reason          TEXT,
    decided_at      INTEGER,
    reported_at     INTEGER,            -- when its giver was told
    CHECK (org_id IS NULL OR enterprise_id IS NULL)
) STRICT;
INSERT INTO opinion_9
SELECT id, consultation_id, org_id, NULL, at, text, adopted, reason, decided_at, reported_at
  FROM opinion;
DROP TABLE opinion;
ALTER TABLE opinion_9 RENAME TO opinion;
CREATE INDEX opinion_giver ON opinion (consultation_id, org_id, enterprise_id);
-- Whose mailbox an address of an organisation is: replies from it are this member's acts.
ALTER TABLE address ADD COLUMN member TEXT;

-- Mails that came in (mail-in), each once: what became of it. What is written there is in the records
-- that it became; of one that waits for a person the file is kept beside the database.
CREATE TABLE mail (
    id         INTEGER PRIMARY KEY,
    digest     TEXT NOT NULL UNIQUE,    -- SM3 of its Message-ID, else of the whole mail
    became     TEXT NOT NULL,           -- mail/mail.c
    state      TEXT NOT NULL CHECK (state = 'done' OR state = 'waiting' OR state = 'settled'),
    ticket_id  INTEGER REFERENCES ticket,
    address_id INTEGER REFERENCES address, -- whose it is, where that is known
    at         INTEGER NOT NULL,
    why        TEXT                     -- why it waits, or how that ended
) STRICT;
CREATE INDEX mail_waiting ON mail (id) WHERE state = 'waiting';
