/* The real window, rendered off screen into a PNG file: for the documentation, for tests, and for a look from
 * afar. */
#include "app/ui/application.h"

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/temporary.h"
#include "core/decode/thumb_origin.h"
#include "core/layout/layout_json.h"
#include "core/queue/interrupt.h"

#include <qt6c/qimage.h>
#include <qt6c/qpixmap.h>
#include <qt6c/qtimer.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LOOK_MS = 25,
    CALM_LOOKS = 6,
    PATIENCE_S = 300,
    SIGNALLED = 128, /* and the number of the signal: what shells call it */
    PATH_SIZE = 4096,
    WIDTH_FIRST = 1280,
    HEIGHT_FIRST = 800
};

typedef struct snapshot {
    vt_application *application;
    const vt_ui_snapshot_options *options;
    int calm; /* looks in a row at which nothing moved */
    int64_t begun;
    int64_t measuring; /* since when the Performance centre or the workspace is shown; 0: neither */
    bool viewer_asked, workspace_asked, is_late, refused;
    int status;
} snapshot;

static void save(snapshot *self)
{
    QWidget *seen = self->measuring && !self->workspace_asked
                        ? vt_window_performance(self->application->window)
                        : vt_window_widget(self->application->window);
    QPixmap pixmap = q_widget_grab(seen, &(QRect){0, 0, -2, -2});
    self->status = self->is_late || self->refused || vt_window_has_failed(self->application->window)
                       ? EXIT_FAILURE
                       : EXIT_SUCCESS;
    QImage picture = q_pixmap_to_image(&pixmap);
    q_image_set_text(&picture, VT_THUMB_SOFTWARE_KEY, VT_THUMB_SOFTWARE);
    if (!q_image_save_full(&picture, self->options->output, "PNG", -1)) {
        fprintf(stderr, "vitrine: cannot write %s: does its folder exist, and may you write there?\n",
                self->options->output);
        self->status = EXIT_FAILURE;
    }
    q_image_fini(&picture);
    q_pixmap_fini(&pixmap);
    q_coreapplication_quit();
}

static bool read_layout(const char *path, vt_str *text, vt_error *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool read = file >= 0 && vt_file_read_all(file, VT_LAYOUT_JSON_BYTES_MAX, text);
    if (!read) {
        vt_error_set_errno(error, errno, "cannot read the layout %s", path);
    }
    if (file >= 0) {
        close(file);
    }
    return read;
}

/* What cannot be opened is said, and the picture shows what there is instead. */
static void open_workspace(snapshot *self)
{
    vt_error error = VT_ERROR_INIT;
    vt_str text = VT_STR_INIT;
    const char *layout = self->options->layout;
    if ((layout && !read_layout(layout, &text, &error)) ||
        !vt_window_open_workspace(self->application->window, layout ? text.data : NULL, text.length,
                                  &error)) {
        fprintf(stderr, "vitrine: %s\n", error.message);
        self->refused = true;
    }
    vt_str_free(&text);
}

/* From the beginning, so that it has the import in it. */
static void open_performance(snapshot *self)
{
    self->measuring = vt_clock_now();
    vt_window_show_performance(self->application->window);
    if (self->options->width) {
        q_widget_resize(vt_window_performance(self->application->window), (int)self->options->width,
                        (int)self->options->height);
    }
}

static void look(void *user)
{
    snapshot *self = user;
    if (vt_interrupt_requested()) {
        self->status = SIGNALLED + vt_interrupt_signal();
        q_coreapplication_quit();
        return;
    }
    int64_t patience = PATIENCE_S + self->options->seconds;
    bool late = vt_clock_now() - self->begun > patience * VT_NS_PER_S;
    self->calm = vt_window_is_settled(self->application->window) ? self->calm + 1 : 0;
    if (late) {
        self->is_late = true;
        fprintf(stderr, "vitrine: after %d s the window still had work; the picture shows it as it is\n",
                (int)patience);
    } else if (self->calm < CALM_LOOKS) {
        return;
    } else if (!self->viewer_asked && strcmp(self->options->view, "viewer") == 0) {
        self->viewer_asked = true;
        self->calm = 0;
        if (vt_window_open_first(self->application->window)) {
            return;
        }
        fprintf(stderr, "vitrine: there is no item that the viewer could show\n");
    }
    if (!self->workspace_asked && strcmp(self->options->view, "workspace") == 0) {
        self->workspace_asked = true;
        self->measuring = vt_clock_now();
        open_workspace(self);
    }
    if (self->measuring && !late && vt_clock_now() - self->measuring < self->options->seconds * VT_NS_PER_S) {
        return;
    }
    save(self);
}

/* `folder`: what to remove if the program has to end here; NULL: nothing. */
static int render(const vt_ui_snapshot_options *options, const char *catalog, const char *thumbs,
                  const char *folder)
{
    vt_error error = VT_ERROR_INIT;
    vt_application application = {0};
    const vt_application_options how = {
        .window = &options->window, .catalog_path = catalog, .thumbs_path = thumbs, .off_screen = true};
    if (!vt_application_begin(&application, &how, &error)) {
        fprintf(stderr, "vitrine: %s\n", error.message);
        return EXIT_FAILURE;
    }
    snapshot self = {
        .application = &application, .options = options, .begun = vt_clock_now(), .status = EXIT_FAILURE};
    QWidget *window = vt_window_widget(application.window);
    q_widget_resize(window, options->width ? (int)options->width : WIDTH_FIRST,
                    options->height ? (int)options->height : HEIGHT_FIRST);
    if (strcmp(options->view, "table") == 0) {
        vt_window_set_view(application.window, VT_WINDOW_TABLE);
    }
    q_widget_show(window);
    if (strcmp(options->view, "performance") == 0) {
        open_performance(&self);
    }
    if (options->window.path_count) {
        vt_window_import(application.window, options->window.paths, options->window.path_count);
    }
    QTimer *timer = q_timer_new(window);
    q_timer_on_timeout(timer, timer, look, &self);
    q_timer_start_interval(timer, LOOK_MS);
    q_application_exec();
    if (!vt_application_end(&application)) {
        fflush(NULL);
        if (folder) {
            (void)vt_temporary_remove(folder);
        }
        _exit(self.status);
    }
    return self.status;
}

/* Without --catalog, paths to show go into a catalog of their own, which is deleted afterwards. */
static int render_paths(const vt_ui_snapshot_options *options)
{
    vt_error error = VT_ERROR_INIT;
    char folder[PATH_SIZE];
    char catalog[PATH_SIZE + 16];
    char thumbs[PATH_SIZE + 16];
    if (!vt_temporary_make("vitrine-snapshot", folder, sizeof folder, &error)) {
        fprintf(stderr, "vitrine: %s\n", error.message);
        return EXIT_FAILURE;
    }
    snprintf(catalog, sizeof catalog, "%s/s.vitrine", folder);
    snprintf(thumbs, sizeof thumbs, "%s/s.thumbs", folder);
    int status = render(options, catalog, thumbs, folder);
    (void)vt_temporary_remove(folder);
    return status;
}

int vt_ui_run_snapshot(const vt_ui_snapshot_options *options)
{
    vt_interrupt interrupt;
    vt_interrupt_begin(&interrupt, NULL);
    int status = options->window.catalog_path || options->window.path_count == 0
                     ? render(options, options->window.catalog_path, NULL, NULL)
                     : render_paths(options);
    vt_interrupt_end(&interrupt);
    return status;
}
