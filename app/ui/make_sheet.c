/* A contact sheet without a window: for the command line. */
#include "app/ui/files/export_sheet.h"
#include "app/ui/ui.h"
#include "core/base/path.h"
#include "core/import/export_pictures.h"
#include "core/import/file_list.h"

#include <qt6c/qapplication.h>

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

/* What cannot be read keeps its cell, and is told. Of a sequence it is the frame in the middle. */
static bool add_item(sheet_run *run, const vt_file_list *list, const vt_file_item *item, int cancel_fd,
                     vt_error *error)
{
    vt_error fault = VT_ERROR_INIT;
    vt_decode_result result = {0};
    const vt_ui_sheet *options = run->options;
    size_t at = item->first + (item->kind == VT_KIND_SEQUENCE ? item->count / 2 : 0);
    const char *path = item->count ? list->entries[at].path : item->path;
    vt_sheet_cell *cell = &run->cells[run->count];
    *cell = (vt_sheet_cell){.caption = caption_of(options, item)};
    run->count++;
    if (vt_export_read(options->helpers, path, item->kind == VT_KIND_MODEL,
                       (uint32_t)vt_sheet_picture_side(run->sheet), cancel_fd, &result, &fault)) {
        cell->pixels = result.pixels.data;
        cell->width = result.pixels.width;
        cell->height = result.pixels.height;
        result.pixels.data = NULL; /* the cell's now; its rows have no gaps: it is a view */
    } else if (fault.code != VT_ERROR_CANCELLED) {
        options->failed(options->user, path, &fault);
    }
    vt_decode_result_clear(&result);
    return run->count < vt_sheet_cells_per_page(run->sheet) || flush(run, error);
}

static bool add_all(sheet_run *run, const vt_file_list *list, vt_error *error)
{
    vt_cancel *cancel = run->options->cancel;
    int cancel_fd = vt_cancel_fd(cancel, NULL);
    bool done = true;
    for (size_t i = 0; done && i < list->item_count; i++) {
        done = vt_cancel_check(cancel, error) && add_item(run, list, &list->items[i], cancel_fd, error);
    }
    return done && vt_cancel_check(cancel, error) && flush(run, error);
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
        run.cells = run.sheet ? calloc(vt_sheet_cells_per_page(run.sheet), sizeof *run.cells) : NULL;
        done = run.sheet && (run.cells || no_memory(error));
        done = done && add_all(&run, &list, error) && vt_sheet_finish(run.sheet, made, error);
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
