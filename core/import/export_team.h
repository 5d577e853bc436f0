/*
 * Works done by several threads at once and taken back in the order in which they were put, so that what
 * comes of them does not depend on how many threads there are.
 *
 * Threads: one puts and takes. Few works are under way: as many as there are threads, and as many again that
 * wait to be done or to be taken.
 */
#ifndef VT_IMPORT_EXPORT_TEAM_H
#define VT_IMPORT_EXPORT_TEAM_H

#include "core/base/error.h"

#include <stdbool.h>

#define VT_EXPORT_TEAM_MAX 64

typedef struct vt_export_team vt_export_team;

/* `work` is run on one of the threads for each `job` that is put. Fewer threads than asked for (1 to
   VT_EXPORT_TEAM_MAX) will do; NULL and `error` if there is none. */
vt_export_team *vt_export_team_create(unsigned threads, void (*work)(void *user, void *job), void *user,
                                      vt_error *error);

bool vt_export_team_is_empty(const vt_export_team *team);

/* True if one must be taken before the next can be put. */
bool vt_export_team_is_full(const vt_export_team *team);

void vt_export_team_put(vt_export_team *team, void *job);

/* The one that was put first of those still here, once it is done; NULL if there is none. */
void *vt_export_team_take(vt_export_team *team);

/* All must have been taken. NULL is allowed. */
void vt_export_team_free(vt_export_team *team);

#endif
