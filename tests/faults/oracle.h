/*
 * The oracle: what is true of a catalog and its thumbnails, asked of SQLite itself behind the program's back.
 *
 * Sound means: integrity_check is ok in both files, foreign_key_check finds nothing, no item lacks the facts
 * of its file, and no thumbnail belongs to an item that is not there. A catalog that is not there is sound
 * and empty. May be used while a program writes: it sees the last commit.
 */
#ifndef VT_TESTS_FAULTS_ORACLE_H
#define VT_TESTS_FAULTS_ORACLE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct oracle {
    bool empty; /* there is no catalog yet, or one without tables */
    bool sound;
    char why[300]; /* what is not sound, one line */
    int64_t items, failures;
    int64_t unread; /* of the items: known by name and stat, their content is still to be read */
    int64_t thumbnails;
    uint64_t content; /* a hash of all that is known of all items but their numbers: order does not matter */
} oracle;

/* `thumbs` may be NULL: not looked at. */
oracle oracle_look(const char *catalog, const char *thumbs);

/* Only the rows of `item`, cheaply; 0 where there is no such table yet. */
int64_t oracle_items(const char *catalog);

#endif
