-- Departments, users, roles; how people sign in.

CREATE TABLE department (
    id $ID,
    version $BIG NOT NULL DEFAULT 1,
    created_at $BIG NOT NULL,
    updated_at $BIG NOT NULL,
    deleted_at $BIG,
    name TEXT NOT NULL,
    parent_id $BIG REFERENCES department (id),
    position $BIG,
    note TEXT
) $STRICT;
CREATE INDEX department_parent ON department (parent_id);
--search department_search

CREATE TABLE app_user (
    id $ID,
    version $BIG NOT NULL DEFAULT 1,
    created_at $BIG NOT NULL,
    updated_at $BIG NOT NULL,
    deleted_at $BIG,
    username TEXT NOT NULL, -- in lower case
    name TEXT NOT NULL,
    email $BLOB, -- sealed
    email_blind $BLOB,
    phone $BLOB, -- sealed
    phone_blind $BLOB,
    phone_tail $BLOB,
    department_id $BIG REFERENCES department (id),
    lang $BIG,
    disabled $BIG NOT NULL DEFAULT 0,
    must_change_password $BIG NOT NULL DEFAULT 0,
    totp $BIG NOT NULL DEFAULT 0, -- has a confirmed second factor
    last_login_at $BIG,
    note TEXT
) $STRICT;
-- The name of somebody in the bin stays taken, so that history never means two people.
CREATE UNIQUE INDEX app_user_username ON app_user (username);
CREATE INDEX app_user_department ON app_user (department_id);
--search app_user_search

-- What never leaves the program; a row once a password was set.
CREATE TABLE user_login (
    user_id $BIG PRIMARY KEY REFERENCES app_user (id),
    password TEXT NOT NULL, -- argon2id, PHC string
    password_at $BIG NOT NULL,
    totp_secret $BLOB, -- sealed
    totp_confirmed $BIG NOT NULL DEFAULT 0,
    totp_step $BIG NOT NULL DEFAULT 0 -- the last one used: a step counts once
) $STRICT;

CREATE TABLE user_preference (
    user_id $BIG PRIMARY KEY REFERENCES app_user (id),
    document TEXT NOT NULL
) $STRICT;

CREATE TABLE role (
    id $ID,
    version $BIG NOT NULL DEFAULT 1,
    created_at $BIG NOT NULL,
    updated_at $BIG NOT NULL,
    deleted_at $BIG,
    name TEXT NOT NULL,
    name_en TEXT,
    description TEXT,
    parent_id $BIG REFERENCES role (id),
    builtin TEXT -- key of the template it came from
) $STRICT;
CREATE UNIQUE INDEX role_name ON role (name) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX role_builtin ON role (builtin) WHERE builtin IS NOT NULL;
CREATE INDEX role_parent ON role (parent_id);
--search role_search

-- What a role says itself: {"functions":{name:bool},"scopes":{entity:{view,operate}},
-- "fields":{"entity.field":level}}.
CREATE TABLE role_rights (
    role_id $BIG PRIMARY KEY REFERENCES role (id),
    document TEXT NOT NULL
) $STRICT;

CREATE TABLE user_role (
    user_id $BIG NOT NULL REFERENCES app_user (id),
    role_id $BIG NOT NULL REFERENCES role (id),
    PRIMARY KEY (user_id, role_id)
) $STRICT_WITHOUT_ROWID;
CREATE INDEX user_role_role ON user_role (role_id);

-- Raised by every change of users, departments and roles: what the cached rights are keyed by.
CREATE TABLE rights_version (
    id $BIG PRIMARY KEY,
    version $BIG NOT NULL
) $STRICT;
INSERT INTO rights_version (id, version) VALUES (1, 1);

CREATE TABLE user_session (
    id $ID,
    user_id $BIG NOT NULL REFERENCES app_user (id),
    token_hash $BLOB NOT NULL UNIQUE, -- SHA-256
    created_at $BIG NOT NULL,
    seen_at $BIG NOT NULL, -- written at most once a minute
    stepped_up_at $BIG NOT NULL,
    mfa_pending $BIG NOT NULL DEFAULT 0,
    preview_id $BIG, -- "see as this user"
    address TEXT NOT NULL,
    agent TEXT NOT NULL
) $STRICT;
CREATE INDEX user_session_user ON user_session (user_id);

CREATE TABLE recovery_code (
    user_id $BIG NOT NULL REFERENCES app_user (id),
    code_hash $BLOB NOT NULL, -- SHA-256 of 80 random bits
    used_at $BIG,
    PRIMARY KEY (user_id, code_hash)
) $STRICT_WITHOUT_ROWID;

CREATE TABLE recovery (
    id $ID,
    user_id $BIG REFERENCES app_user (id), -- NULL: nobody of that name, kept so that both look alike
    ticket_hash $BLOB NOT NULL UNIQUE,
    code_hash $BLOB NOT NULL,
    link_hash $BLOB NOT NULL UNIQUE,
    token_hash $BLOB UNIQUE, -- after the code was right
    tries $BIG NOT NULL DEFAULT 0,
    created_at $BIG NOT NULL,
    expires_at $BIG NOT NULL
) $STRICT;
CREATE INDEX recovery_user ON recovery (user_id);

CREATE TABLE api_token (
    id $ID,
    user_id $BIG NOT NULL REFERENCES app_user (id),
    name TEXT NOT NULL,
    prefix TEXT NOT NULL UNIQUE,
    secret_hash $BLOB NOT NULL,
    scopes TEXT NOT NULL,
    created_at $BIG NOT NULL,
    expires_at $BIG NOT NULL,
    used_at $BIG,
    revoked_at $BIG
) $STRICT;
CREATE INDEX api_token_user ON api_token (user_id);

-- A browser that signed in before is not locked out by a stranger's failures.
CREATE TABLE known_device (
    user_id $BIG NOT NULL REFERENCES app_user (id),
    device_hash $BLOB NOT NULL,
    seen_at $BIG NOT NULL,
    PRIMARY KEY (user_id, device_hash)
) $STRICT_WITHOUT_ROWID;

-- Failures by account and network, by network, by second factor; keys are digests.
CREATE TABLE login_failure (
    key_hash $BLOB PRIMARY KEY,
    failures $BIG NOT NULL,
    locks $BIG NOT NULL,
    locked_until $BIG NOT NULL,
    last_at $BIG NOT NULL
) $STRICT;
CREATE INDEX login_failure_last ON login_failure (last_at);

-- What counts once: solved captchas.
CREATE TABLE used_once (
    key_hash $BLOB PRIMARY KEY,
    expires_at $BIG NOT NULL
) $STRICT;
CREATE INDEX used_once_expires ON used_once (expires_at);
