-- SPDX-License-Identifier: GPL-3.0-or-later
-- A journal as version 2 of its tables left it: one key was being switched without a network.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (  name TEXT PRIMARY KEY,  value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES('account','987654321');
CREATE TABLE invitee (  id INTEGER PRIMARY KEY,  name TEXT NOT NULL,  email TEXT NOT NULL,  language TEXT,  user_id INTEGER NOT NULL);
CREATE TABLE change (  id INTEGER PRIMARY KEY,  kind INTEGER NOT NULL,  state INTEGER NOT NULL,  asked INTEGER NOT NULL,  ended INTEGER NOT NULL DEFAULT 0,  name TEXT,  lock_id INTEGER NOT NULL,  key_id TEXT,  user_id INTEGER NOT NULL,  fields INTEGER NOT NULL,  new_name TEXT,  email TEXT,  language TEXT,  favorite INTEGER NOT NULL,  undoable INTEGER NOT NULL,  error_domain TEXT,  error_code INTEGER NOT NULL,  error_text TEXT,  invitee_id INTEGER REFERENCES invitee (id),  after_id INTEGER,  whole_id INTEGER,  wait INTEGER NOT NULL,  due INTEGER NOT NULL,  n_tries INTEGER NOT NULL,  n_busy INTEGER NOT NULL,  busy_since INTEGER NOT NULL,  n_looks INTEGER NOT NULL,  n_read_backs INTEGER NOT NULL,  accepted INTEGER NOT NULL,  posted INTEGER NOT NULL,  unclear INTEGER NOT NULL,  queued INTEGER NOT NULL,  base_updated INTEGER,  looked INTEGER NOT NULL);
INSERT INTO change VALUES(1772445600000000,2,0,1772445600000000,0,'Anna',17618910285,'647cfac64dd15972f2122e01',101,4,NULL,NULL,NULL,0,0,NULL,0,NULL,NULL,NULL,NULL,4,1772445601997184,1,0,0,0,0,0,0,0,0,NULL,0);
CREATE TABLE spec (  change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,  role INTEGER NOT NULL,  type INTEGER NOT NULL,  name TEXT NOT NULL,  user_id INTEGER NOT NULL,  code INTEGER NOT NULL,  enabled INTEGER NOT NULL,  remote_allowed INTEGER NOT NULL,  smart_actions INTEGER NOT NULL,  valid_from INTEGER,  valid_until INTEGER,  weekdays INTEGER NOT NULL,  window_start INTEGER,  window_end INTEGER,  PRIMARY KEY (change_id, role)) WITHOUT ROWID;
INSERT INTO spec VALUES(1772445600000000,0,0,'Anna',101,0,0,0,0,NULL,NULL,64,540,720);
CREATE TABLE known_key (  change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,  key_id TEXT NOT NULL,  PRIMARY KEY (change_id, key_id)) WITHOUT ROWID;
CREATE TABLE event (  id INTEGER PRIMARY KEY,  change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,  time INTEGER NOT NULL,  step TEXT NOT NULL,  text TEXT);
INSERT INTO event VALUES(1,1772445600000000,1772445600000000,'asked',NULL);
INSERT INTO event VALUES(2,1772445600000000,1772445600000000,'sending',NULL);
INSERT INTO event VALUES(3,1772445600000000,1772445600000000,'waiting',NULL);
CREATE TABLE base_details (  change_id INTEGER PRIMARY KEY REFERENCES change (id) ON DELETE CASCADE,  name TEXT NOT NULL,  email TEXT,  language TEXT,  favorite INTEGER NOT NULL);
CREATE INDEX change_ended ON change (ended);
CREATE INDEX change_whole ON change (whole_id);
CREATE INDEX change_after ON change (after_id);
CREATE INDEX event_change ON event (change_id);
PRAGMA user_version=2;
COMMIT;
