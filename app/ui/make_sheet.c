/* A contact sheet without a window: for the command line. */
#include "app/ui/files/export_sheet.h"
#include "app/ui/ui.h"
#include "core/base/path.h"
#include "core/import/export_pictures.h"
#include "core/import/export_team.h"
#include "core/import/file_list.h"

#include <qt6c/qapplication.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { COLUMNS = 4 };

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a contact sheet");
    return false;
}

typedef struct painting {
    QApplication *application;
    int argc;
    char *argv[2];
} painting;

void *vt_ui_begin_painting(const char *program)
{
    painting *of = calloc(1, sizeof *of);
    if (of) {
        setenv("QT_QPA_PLATFORM", "offscreen", 1);
        of->argc = 1;
        of->argv[0] = (char *)program;
        of->application = q_application_new(&of->argc, of->argv);
    }
    return of;
}

void vt_ui_end_painting(void *begun)
{
    painting *of = begun;
    if (of) {
        q_application_delete(of->application);
        free(of);
    }
}

typedef struct sheet_run {
    const vt_ui_sheet *options;
    vt_sheet *sheet;
    vt_export_team *team;
    uint32_t side;
    int cancel_fd;
    atomic_bool stopped;  /* what is not begun is not begun any more */
    vt_sheet_cell *cells; /* of the page */
    size_t count;
} sheet_run;

static bool flush(sheet_run *run, vt_error *error)
{
    bool done = run->count == 0 || vt_sheet_add_page(run->sheet, run->cells, run->count, error);
    for (size_t i = 0; i < run->count; i++) {
        free(run->cells[i].pixels);
        free(run->cells[i].caption);
    }
    run->count = 0;
    return done;
}

static char *caption_of(const vt_ui_sheet *options, const vt_file_item *item)
{
    vt_item_brief brief;
    uint32_t row = vt_snapshot_find(options->snapshot, item->id);
    if (row == VT_INDEX_NO_ROW) {
        return NULL;
    }
    vt_snapshot_item(options->snapshot, row, &brief);
    return vt_sheet_caption(options->captions, &brief);
}

/* ---- one picture: on a thread of the team ---- */

typedef struct cell_job {
    const vt_file_item *item; /* lent, as the next one */
    const char *path;
    vt_decode_result result;
    vt_error fault;
} cell_job;

static void read_picture(void *user, void *given)
{
    sheet_run *run = user;
    cell_job *job = given;
    if (!atomic_load(&run->stopped)) {
        vt_export_read(run->options->helpers, job->path, job->item->kind == VT_KIND_MODEL, run->side,
                       run->cancel_fd, &job->result, &job->fault);
    }
}

static void free_job(cell_job *job)
{
    vt_decode_result_clear(&job->result);
    free(job);
}

/* ---- all of them, in their order ---- */

/* Of a sequence it is the frame in the middle. */
static bool put(sheet_run *run, const vt_file_list *list, const vt_file_item *item, vt_error *error)
{
    size_t at = item->first + (item->kind == VT_KIND_SEQUENCE ? item->count / 2 : 0);
    cell_job *job = calloc(1, sizeof *job);
    if (!job) {
        return no_memory(error);
    }
    job->item = item;
    job->path = item->count ? list->entries[at].path : item->path;
    vt_export_team_put(run->team, job);
    return true;
}

/* The oldest picture gets its cell; what cannot be read has one, too, and is told. */
static bool take_oldest(sheet_run *run, vt_error *error)
{
    cell_job *job = vt_export_team_take(run->team);
    const vt_ui_sheet *options = run->options;
    vt_pixels *pixels = &job->result.pixels;
    vt_sheet_cell *cell = &run->cells[run->count++];
    *cell = (vt_sheet_cell){.caption = caption_of(options, job->item)};
    if (pixels->data) {
        *cell = (vt_sheet_cell){pixels->data, pixels->width, pixels->height, cell->caption};
        pixels->data = NULL; /* the cell's now; its rows have no gaps: it is a view */
    } else if (job->fault.code != VT_ERROR_CANCELLED) {
        options->failed(options->user, job->path, &job->fault);
    }
    free_job(job);
    return run->count < vt_sheet_cells_per_page(run->sheet) || flush(run, error);
}

static bool add_all(sheet_run *run, const vt_file_list *list, vt_error *error)
{
    vt_cancel *cancel = run->options->cancel;
    bool done = true;
    for (size_t i = 0; done && i < list->item_count; i++) {
        done = vt_cancel_check(cancel, error) &&
               (!vt_export_team_is_full(run->team) || take_oldest(run, error)) &&
               put(run, list, &list->items[i], error);
    }
    while (done && !vt_export_team_is_empty(run->team)) {
        done = vt_cancel_check(cancel, error) && take_oldest(run, error);
    }
    atomic_store(&run->stopped, true);
    while (!vt_export_team_is_empty(run->team)) {
        free_job(vt_export_team_take(run->team));
    }
    return done && vt_cancel_check(cancel, error) && flush(run, error);
}

static bool make(sheet_run *run, const vt_file_list *list, vt_str *made, vt_error *error)
{
    run->side = (uint32_t)vt_sheet_picture_side(run->sheet);
    run->cancel_fd = vt_cancel_fd(run->options->cancel, NULL);
    run->cells = calloc(vt_sheet_cells_per_page(run->sheet), sizeof *run->cells);
    if (!run->cells) {
        return no_memory(error);
    }
    run->team = vt_export_team_create(run->options->jobs ? run->options->jobs : 1, read_picture, run, error);
    bool done = run->team && add_all(run, list, error) && vt_sheet_finish(run->sheet, made, error);
    vt_export_team_free(run->team);
    return done;
}

bool vt_ui_make_sheet(const vt_ui_sheet *options, vt_str *made, vt_error *error)
{
    vt_file_list list;
    const char *file = vt_path_name(options->path);
    const char *extension = vt_path_extension(file);
    char *name = strndup(file, strlen(file) - strlen(extension) - 1);
    sheet_run run = {.options = options};
    bool done = vt_file_list_make(&list, options->catalog, options->items, options->cancel, error);
    if (done && name) {
        const vt_sheet_options how = {.folder = options->folder,
                                      .name = name,
                                      .pdf = strcasecmp(extension, "pdf") == 0,
                                      .paper = VT_SHEET_A4,
                                      .columns = COLUMNS,
                                      .captions = options->captions,
                                      .items = list.item_count};
        run.sheet = vt_sheet_create(&how, error);
        done = run.sheet && make(&run, &list, made, error);
    } else if (done) {
        done = no_memory(error);
    }
    for (size_t i = 0; i < run.count; i++) {
        free(run.cells[i].pixels);
        free(run.cells[i].caption);
    }
    vt_sheet_free(run.sheet);
    free(run.cells);
    vt_file_list_clear(&list);
    free(name);
    return done;
}
