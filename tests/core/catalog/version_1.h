/* A catalog of version 1 as the program of that time wrote it: its tables, and rows of every kind. It must
 * never follow core/catalog/schema.c: it is what lies on the disks of users. */
#ifndef VT_TESTS_CATALOG_VERSION_1_H
#define VT_TESTS_CATALOG_VERSION_1_H

#include "core/catalog/fixture.h"

#define FIXTURE_VERSION_1_TABLES                                                                             \
    "CREATE TABLE migration ("                                                                               \
    "  version INTEGER PRIMARY KEY, note TEXT NOT NULL, program TEXT NOT NULL, applied_ns INTEGER NOT NULL"  \
    ") STRICT;"                                                                                              \
    "CREATE TABLE property (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"              \
    "CREATE TABLE folder (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE) STRICT;"                        \
    "CREATE TABLE item ("                                                                                    \
    "  id INTEGER PRIMARY KEY,"                                                                              \
    "  folder_id INTEGER NOT NULL REFERENCES folder (id),"                                                   \
    "  name BLOB NOT NULL,"                                                                                  \
    "  kind INTEGER NOT NULL, format INTEGER NOT NULL, state INTEGER NOT NULL,"                              \
    "  size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,"                                                    \
    "  rating INTEGER NOT NULL DEFAULT 0,"                                                                   \
    "  width INTEGER, height INTEGER, triangles INTEGER, watertight INTEGER,"                                \
    "  ctime_ns INTEGER NOT NULL, dev INTEGER NOT NULL, ino INTEGER NOT NULL,"                               \
    "  orientation INTEGER, has_alpha INTEGER, channels INTEGER, bit_depth INTEGER, ascii INTEGER,"          \
    "  vertices INTEGER, dropped_triangles INTEGER,"                                                         \
    "  min_x REAL, min_y REAL, min_z REAL, max_x REAL, max_y REAL, max_z REAL, area REAL, volume REAL,"      \
    "  UNIQUE (folder_id, name)"                                                                             \
    ") STRICT;"                                                                                              \
    "CREATE TABLE failure ("                                                                                 \
    "  folder_id INTEGER NOT NULL REFERENCES folder (id),"                                                   \
    "  name BLOB NOT NULL,"                                                                                  \
    "  code TEXT NOT NULL, message TEXT NOT NULL,"                                                           \
    "  size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, ino INTEGER NOT NULL,"   \
    "  failed_ns INTEGER NOT NULL,"                                                                          \
    "  PRIMARY KEY (folder_id, name)"                                                                        \
    ") STRICT, WITHOUT ROWID;"

#define FIXTURE_VERSION_1_ITEMS 500

static inline void fixture_make_version_1(const char *path)
{
    fixture_sql(
        path,
        "PRAGMA journal_mode=WAL; BEGIN;" FIXTURE_VERSION_1_TABLES
        "INSERT INTO property VALUES ('identity', '00112233445566778899aabbccddeeff');"
        "INSERT INTO migration VALUES (1, 'first catalog', '1.0.0', 1700000000000000000);"
        "INSERT INTO folder VALUES (1, CAST('/photos' AS BLOB)), (2, x'2fff2e');"
        "INSERT INTO item (id, folder_id, name, kind, format, state, size, mtime_ns, rating, width, height,"
        "                  ctime_ns, dev, ino, orientation, channels, bit_depth) "
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 499) "
        "SELECT i, 1, CAST('picture ' || i || '.jpg' AS BLOB), 1, 1, 0, 1000 + i, i, i % 6, 4000, 3000,"
        "       i, 64769, 500000 + i, 1, 3, 8 FROM n;"
        "INSERT INTO item (id, folder_id, name, kind, format, state, size, mtime_ns, triangles, watertight,"
        "                  ctime_ns, dev, ino, vertices, volume) "
        "VALUES (500, 2, x'fe2e73746c', 2, 7, 3, 684, 5, 12, 2, 6, 64769, 9, 8, 1.5);"
        "INSERT INTO failure VALUES (2, x'fe2e73746c', 'truncated', 'it ends early', 684, 5, 6, 9, 7);"
        "PRAGMA application_id=1449751666; PRAGMA user_version=1; COMMIT");
}

#endif
