/*
 * An export under way: what is chosen leaves the library as copies, as pictures of another size, as a contact
 * sheet, or as a list.
 *
 * Copies, pictures and lists are made on a thread of the job's. Pictures of contact sheets come from the
 * engine, behind all that is visible, some at a time, and are painted on a page on the executor. UI
 * thread only.
 */
#ifndef VT_UI_FILES_EXPORT_JOB_H
#define VT_UI_FILES_EXPORT_JOB_H

#include "app/ui/files/chosen.h"
#include "app/ui/files/export_sheet.h"
#include "core/base/error.h"
#include "core/import/export_pictures.h"
#include "core/task/executor.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum vt_export_kind {
    VT_EXPORT_COPY,
    VT_EXPORT_JPEG,
    VT_EXPORT_PNG,
    VT_EXPORT_WEBP,
    VT_EXPORT_SHEET_PDF,
    VT_EXPORT_SHEET_PNG,
    VT_EXPORT_CSV,
    VT_EXPORT_JSON,
    VT_EXPORT_KIND_COUNT
} vt_export_kind;

typedef struct vt_export_wish {
    vt_export_kind kind;
    char *folder;         /* absolute; copied by the job */
    int side;             /* of pictures: pixels of the longer side, never enlarged; 0: as they are */
    int quality;          /* of JPEG and WebP: 1 to 100 */
    bool frames;          /* of pictures: all frames of sequences */
    bool describe;        /* of pictures: date, camera, title, stars and tags go along */
    vt_sheet_paper paper; /* of contact sheets, as the next ones */
    bool landscape;
    int columns;
    unsigned captions; /* sheet_caption.h */
} vt_export_wish;

#define VT_EXPORT_FAILURES_MAX 1000

typedef struct vt_export_failure {
    char *path;
    vt_error error;
} vt_export_failure;

/* What a wish for pictures means to the engine; false for other kinds. */
bool vt_export_picture_wish(const vt_export_wish *wish, vt_picture_wish *pictures);
/* The same for contact sheets of `items`. */
bool vt_export_sheet_wish(const vt_export_wish *wish, size_t items, vt_sheet_options *sheet);

typedef struct vt_export_job vt_export_job;

typedef struct vt_export_ops {
    void (*progress)(void *user, int64_t done, int64_t total);
    /* Exactly once, unless the job is freed before. `error` NULL: it went through, though items may have
     * failed.
     */
    void (*finished)(void *user, const vt_error *error);
    void *user;
} vt_export_ops;

/* Takes over `chosen`. NULL and `error`. */
vt_export_job *vt_export_start(vt_engine *engine, vt_executor *executor, vt_chosen *chosen,
                               const vt_export_wish *wish, const vt_export_ops *ops, vt_error *error);
void vt_export_cancel(vt_export_job *job);
/* Stops it, waits for what is under way, and frees. NULL is allowed. */
void vt_export_free(vt_export_job *job);

int64_t vt_export_done(const vt_export_job *job);
int64_t vt_export_failed(const vt_export_job *job);
/* The failures that are kept, valid as long as the job; complete once it has finished. */
const vt_export_failure *vt_export_failures(const vt_export_job *job, size_t *count);

#endif
