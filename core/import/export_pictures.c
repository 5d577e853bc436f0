#include "core/import/export_pictures.h"

#include "core/base/path.h"
#include "core/catalog/sequences.h"
#include "core/export/export_copy.h"
#include "core/import/engine_private.h"
#include "core/import/export_private.h"
#include "core/import/export_team.h"
#include "core/import/export_xmp.h"
#include "core/import/reading.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the pictures that are decoded at the same time may take together. */
#define VT_EXPORT_MEMORY ((uint64_t)1 << 30)

typedef struct exporting {
    vt_helper_pool *helpers;
    vt_catalog_reader *reader;
    const char *folder;
    const vt_picture_wish *wish;
    vt_cancel *cancel;
    int cancel_fd;
    atomic_bool stopped; /* what is not begun is not begun any more */
    vt_export_team *team;
    const vt_export_listener *listener;
    vt_export_progress progress;
    vt_error *error;
} exporting;

bool vt_export_range(vt_catalog_reader *reader, const vt_file_list *list, const vt_file_item *item,
                     bool frames, size_t *first, size_t *end, vt_error *error)
{
    *first = item->first;
    *end = item->first + item->count;
    if (item->kind != VT_KIND_SEQUENCE || frames) {
        return true;
    }
    vt_sequence_row row;
    vt_arena *arena = vt_arena_create(0);
    bool done = arena || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an export");
    done = done && vt_catalog_reader_sequence(reader, item->id, arena, &row, error);
    for (size_t i = item->first; done && i < *end; i++) {
        const vt_file_entry *entry = &list->entries[i];
        if (entry->role == VT_FILE_FRAME && (entry->frame == row.poster || i == item->first)) {
            *first = i;
        }
    }
    *end = *end > *first ? *first + 1 : *first;
    vt_arena_free(arena);
    return done;
}

void vt_export_picture_name(const char *path, vt_picture_format format, vt_str *name)
{
    const char *file = vt_path_name(path);
    const char *extension = vt_path_extension(file);
    vt_str_clear(name);
    vt_str_append(name, file, strlen(file) - (*extension ? strlen(extension) + 1 : 0));
    vt_str_append_cstr(name, vt_picture_format_extension(format));
}

bool vt_export_read(vt_helper_pool *helpers, const char *path, bool model, uint32_t side, int cancel_fd,
                    vt_decode_result *result, vt_error *error)
{
    uint32_t box = side ? side : model ? VT_EXPORT_MODEL_SIDE : VT_EXPORT_SIDE_MAX;
    box = box < VT_EXPORT_SIDE_MAX ? box : VT_EXPORT_SIDE_MAX;
    const vt_decode_request request = {.what = VT_WHAT_VIEW, .box_width = box, .box_height = box};
    vt_reading reading;
    bool done = vt_reading_run(helpers, VT_HELPER_BACKGROUND, path, strlen(path), &request, cancel_fd,
                               &reading, error);
    *result = reading.result;
    return done;
}

/* ---- one picture: on a thread of the team ---- */

typedef struct picture_job {
    const vt_file_entry *entry; /* lent */
    bool model;
    vt_str xmp, temporary; /* a file that is whole, if it was `written` */
    bool written;
    int64_t bytes;
    vt_error fault;        /* of this picture */
    vt_error folder_fault; /* all would fare alike */
} picture_job;

static void free_job(picture_job *job)
{
    vt_str_free(&job->xmp);
    vt_str_free(&job->temporary);
    free(job);
}

static bool encode(exporting *of, picture_job *job, const vt_pixels *pixels, FILE *stream)
{
    bool done = vt_export_picture(pixels, of->wish->format, of->wish->quality, job->xmp.data, job->xmp.length,
                                  stream, &job->fault);
    job->bytes = ftell(stream) > 0 ? ftell(stream) : 0;
    if (fclose(stream) != 0 && done) {
        done = vt_error_set_errno(&job->fault, errno, "cannot write the picture");
    }
    return done;
}

static void write_picture(exporting *of, picture_job *job, const vt_pixels *pixels)
{
    int file = vt_export_begin(of->folder, &job->temporary, &job->folder_fault);
    FILE *stream = file >= 0 ? fdopen(file, "wb") : NULL;
    if (stream) {
        job->written = encode(of, job, pixels, stream);
    } else if (file >= 0) {
        close(file);
        vt_error_set(&job->folder_fault, VT_ERROR_MEMORY, "out of memory for a picture");
    }
    if (file >= 0 && !job->written) {
        unlink(job->temporary.data);
    }
    if (job->fault.code == VT_ERROR_NO_SPACE) { /* the next would fare no better */
        vt_error_set(&job->folder_fault, VT_ERROR_NO_SPACE,
                     "cannot write to %s: the disk is full; make room on it, or choose another folder",
                     of->folder);
    }
}

static void make_picture(void *user, void *given)
{
    exporting *of = user;
    picture_job *job = given;
    vt_decode_result result = {0};
    if (atomic_load(&of->stopped)) {
        return;
    }
    if (vt_export_read(of->helpers, job->entry->path, job->model, of->wish->side, of->cancel_fd, &result,
                       &job->fault)) {
        write_picture(of, job, &result.pixels);
    }
    vt_decode_result_clear(&result);
}

/* ---- all of them, in their order ---- */

/* Gives the oldest picture its name, and tells of it; false if that ends the export. */
static bool take_oldest(exporting *of)
{
    vt_str name = VT_STR_INIT;
    picture_job *job = vt_export_team_take(of->team);
    bool kept = false;
    if (job->folder_fault.code != VT_ERROR_NONE) {
        *of->error = job->folder_fault;
    } else if (job->fault.code == VT_ERROR_CANCELLED) {
        *of->error = job->fault;
    } else if (job->written) {
        vt_export_picture_name(job->entry->path, of->wish->format, &name);
        kept = vt_export_finish(job->temporary.data, of->folder, name.data, NULL, of->error);
        of->progress.done += kept;
        of->progress.copied += job->bytes;
    } else {
        of->progress.failed++;
        of->listener->failed(of->listener->user, job->entry->path, &job->fault);
    }
    if (job->written && !kept) {
        unlink(job->temporary.data);
    }
    if (of->listener->progress) {
        of->listener->progress(of->listener->user, &of->progress);
    }
    vt_str_free(&name);
    free_job(job);
    return of->error->code == VT_ERROR_NONE;
}

static bool is_cancelled(exporting *of)
{
    return of->cancel && !vt_cancel_check(of->cancel, of->error);
}

/* What is done gets its name; if the export has ended, nothing more does. */
static bool take_all(exporting *of, bool done)
{
    while (done && !vt_export_team_is_empty(of->team)) {
        done = !is_cancelled(of) && take_oldest(of);
    }
    atomic_store(&of->stopped, true);
    while (!vt_export_team_is_empty(of->team)) {
        picture_job *job = vt_export_team_take(of->team);
        if (job->written) {
            unlink(job->temporary.data);
        }
        free_job(job);
    }
    return done;
}

static bool put(exporting *of, const vt_file_item *item, const vt_file_entry *entry, const vt_str *xmp)
{
    picture_job *job = calloc(1, sizeof *job);
    if (job) {
        *job = (picture_job){.entry = entry,
                             .model = item->kind == VT_KIND_MODEL,
                             .xmp = VT_STR_INIT,
                             .temporary = VT_STR_INIT};
        vt_str_append(&job->xmp, xmp->data, xmp->length);
    }
    if (!job || job->xmp.failed) {
        if (job) {
            free_job(job);
        }
        return vt_error_set(of->error, VT_ERROR_MEMORY, "out of memory for an export");
    }
    vt_export_team_put(of->team, job);
    return true;
}

static bool export_item(exporting *of, const vt_file_list *list, const vt_file_item *item)
{
    size_t first = 0;
    size_t end = 0;
    vt_str xmp = VT_STR_INIT;
    bool done = vt_export_range(of->reader, list, item, of->wish->frames, &first, &end, of->error) &&
                (!of->wish->describe || vt_export_xmp(of->reader, item->id, &xmp, of->error));
    for (size_t i = first; done && i < end; i++) {
        if (vt_export_is_file(&list->entries[i])) {
            done = !is_cancelled(of) && (!vt_export_team_is_full(of->team) || take_oldest(of)) &&
                   !is_cancelled(of) && put(of, item, &list->entries[i], &xmp);
        }
    }
    vt_str_free(&xmp);
    return done;
}

static bool count_files(exporting *of, const vt_file_list *list)
{
    bool done = true;
    for (size_t i = 0; done && i < list->item_count; i++) {
        size_t first = 0;
        size_t end = 0;
        done = vt_export_range(of->reader, list, &list->items[i], of->wish->frames, &first, &end, of->error);
        for (size_t at = first; done && at < end; at++) {
            of->progress.files += vt_export_is_file(&list->entries[at]);
        }
    }
    return done;
}

/* As many as may hold a picture each at the same time. Little is known of them before they are read, so that
   each counts as the largest there may be. */
static unsigned team_size(const vt_picture_wish *wish, unsigned jobs)
{
    uint64_t side = wish->side && wish->side < VT_EXPORT_SIDE_MAX ? wish->side : VT_EXPORT_SIDE_MAX;
    uint64_t copies = wish->format == VT_PICTURE_WEBP ? 3 : 1; /* its library works on copies of its own */
    uint64_t most = VT_EXPORT_MEMORY / (side * side * 4 * copies);
    most = most < VT_EXPORT_TEAM_MAX ? most : VT_EXPORT_TEAM_MAX;
    return jobs < most ? (jobs ? jobs : 1) : (unsigned)(most ? most : 1);
}

bool vt_export_pictures(const vt_catalog *catalog, vt_helper_pool *helpers, const vt_file_items *items,
                        const char *folder, const vt_picture_wish *wish, unsigned jobs, vt_cancel *cancel,
                        const vt_export_listener *listener, vt_error *error)
{
    vt_file_list list;
    vt_error fault = VT_ERROR_INIT; /* where nobody asks, too: it says whether to go on */
    exporting of = {.helpers = helpers,
                    .folder = folder,
                    .wish = wish,
                    .cancel = cancel,
                    .cancel_fd = cancel ? vt_cancel_fd(cancel, NULL) : -1,
                    .listener = listener,
                    .error = &fault};
    bool done = vt_file_list_make(&list, catalog, items, cancel, &fault);
    of.reader = done ? vt_catalog_reader_open(catalog, &fault) : NULL;
    of.team = of.reader ? vt_export_team_create(team_size(wish, jobs), make_picture, &of, &fault) : NULL;
    done = of.team && count_files(&of, &list);
    for (size_t i = 0; done && i < list.item_count; i++) {
        done = export_item(&of, &list, &list.items[i]);
    }
    if (of.team) {
        done = take_all(&of, done);
    }
    vt_export_team_free(of.team);
    vt_catalog_reader_free(of.reader);
    vt_file_list_clear(&list);
    if (!done && error) {
        *error = fault;
    }
    return done;
}

bool vt_engine_export_pictures(vt_engine *engine, const vt_file_items *items, const char *folder,
                               const vt_picture_wish *wish, vt_cancel *cancel,
                               const vt_export_listener *listener, vt_error *error)
{
    return vt_export_pictures(engine->catalog, engine->helpers, items, folder, wish,
                              vt_helper_pool_read(engine->helpers).workers, cancel, listener, error);
}
