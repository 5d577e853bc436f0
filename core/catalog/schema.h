/*
 * Private to core/catalog: the tables, and the steps from each version to the next.
 *
 * A step runs in one transaction together with the new version number, so that a program that dies in it
 * leaves the old version or the new one, never something between.
 */
#ifndef VT_CATALOG_SCHEMA_H
#define VT_CATALOG_SCHEMA_H

#include "core/base/error.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

/* PRAGMA application_id: "Vitr" for catalogs, "VitT" for thumbnails. */
#define VT_CATALOG_APPLICATION_ID 0x56697472
#define VT_THUMBS_APPLICATION_ID  0x56697454

typedef struct vt_migration {
    int version;      /* after this step; steps are in ascending order without gaps from 1 */
    const char *note; /* for the migration table */
    const char *sql;
} vt_migration;

typedef struct vt_schema {
    int application_id;
    const char *name; /* for messages: "catalog" */
    const vt_migration *steps;
    size_t step_count;
} vt_schema;

extern const vt_schema vt_catalog_schema;
extern const vt_schema vt_thumbs_schema;

/* The version the last step gives. */
int vt_schema_newest(const vt_schema *schema);

/* Reads the version of the file behind `db`: 0 for an empty one. Errors: VT_ERROR_UNSUPPORTED if it belongs
   to another program, VT_ERROR_VERSION if it is newer than `schema`, VT_ERROR_CORRUPT if it is no database.
   Writes nothing. */
bool vt_schema_version(const vt_schema *schema, sqlite3 *db, int *version, vt_error *error);

/* Brings the file to the newest version, step by step. On failure it is at the version of the last step that
   worked. May be called with nothing to do. */
bool vt_schema_migrate(const vt_schema *schema, sqlite3 *db, vt_error *error);

/* The same up to the version `wanted`, for a copy of a file that is to stay at its version. */
bool vt_schema_migrate_to(const vt_schema *schema, sqlite3 *db, int wanted, vt_error *error);

#endif
