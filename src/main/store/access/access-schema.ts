import type { Role } from '@shared/actor'
import type { LinkId, PersonId, SessionId } from '@shared/ids'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Migration } from '@main/store/migrations/migration'

/** Who may come in. `project`: the uid of the one project they may come into; null for owners, who open any. */
export const persons = sqliteTable('person', {
  id: text('id').$type<PersonId>().primaryKey(),
  name: text('name').notNull(),
  role: text('role').$type<Role>().notNull(),
  project: text('project'),
  addedAt: integer('added_at').notNull(),
  revokedAt: integer('revoked_at'),
})

/** A way in that works once. Only a hash of the secret is kept. */
export const links = sqliteTable('link', {
  id: text('id').$type<LinkId>().primaryKey(),
  person: text('person').$type<PersonId>().notNull(),
  hash: text('hash').notNull().unique(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
})

/** A browser that came in by a link, or the token of a script. Only a hash of the secret is kept. */
export const sessions = sqliteTable('session', {
  id: text('id').$type<SessionId>().primaryKey(),
  person: text('person').$type<PersonId>().notNull(),
  kind: text('kind').$type<'browser' | 'token'>().notNull(),
  hash: text('hash').notNull().unique(),
  /** What the browser calls itself, or what the script is for. */
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
  seenAt: integer('seen_at').notNull(),
})

const initial: Migration = {
  version: 1,
  up: (db) =>
    db.exec(`
      create table person (
        id text primary key,
        name text not null,
        role text not null check (role in ('owner', 'reviewer', 'annotator')),
        project text,
        added_at integer not null,
        revoked_at integer
      ) strict;
      create table link (
        id text primary key,
        person text not null references person (id) on delete cascade,
        hash text not null unique,
        created_at integer not null,
        expires_at integer not null,
        used_at integer
      ) strict;
      create table session (
        id text primary key,
        person text not null references person (id) on delete cascade,
        kind text not null check (kind in ('browser', 'token')),
        hash text not null unique,
        name text not null,
        created_at integer not null,
        seen_at integer not null
      ) strict;
      insert into person (id, name, role, project, added_at) values ('owner', 'Owner', 'owner', null, 0);
    `),
}

/** Steps of access.db, in order. */
export const accessMigrations: readonly Migration[] = [initial]
