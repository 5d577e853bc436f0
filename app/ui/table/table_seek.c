/* What is typed in the table finds a name: keys that follow each other soon are one beginning, and the same
 * letter again goes to the next one. The rows are looked through elsewhere; the last wish counts. */
#include "app/ui/table/name_search.h"
#include "app/ui/table/table_private.h"

#include "core/base/clock.h"

#include <qt6c/qkeyevent.h>

#include <stdlib.h>
#include <string.h>

enum { PAUSE_MS = 1000 };

typedef struct vt_table_seek {
    vt_table *table;
    char typed[VT_NAME_SEARCH_MAX + 1];
    int64_t typed_at;
    vt_task *task; /* NULL: none */
    bool again;    /* something was typed since the task began */
    /* The task's own, while there is one. */
    const vt_view *view;
    char wanted[VT_NAME_SEARCH_MAX + 1];
    int64_t from, found;
    atomic_bool cancelled;
} vt_table_seek;

static void start(vt_table_seek *seek);

static bool run(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    (void)error;
    vt_table_seek *seek = user;
    seek->found = vt_name_search(seek->view, seek->wanted, seek->from, &seek->cancelled);
    return true;
}

static void take(void *user)
{
    vt_table_seek *seek = user;
    vt_table *table = seek->table;
    vt_task_unref(seek->task);
    seek->task = NULL;
    if (seek->again) {
        start(seek);
    } else if (seek->found >= 0 && vt_library_view(table->library) == seek->view) {
        vt_library_choose(table->library, seek->found, false, false);
        vt_log_write(&table->context.log, VT_LOG_DEBUG, "table: found row=%lld", (long long)seek->found);
    }
    if (!seek->task) {
        vt_view_release(seek->view);
        seek->view = NULL;
    }
}

static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    vt_table_seek *seek = user;
    qt_post((QObject *)&seek->table->tall.view, take, seek, NULL);
}

static const vt_task_ops seek_ops = {.name = "find name", .run = run, .finished = finished};

/* From the current row if more of its name may have been typed, else from the next one. */
static void start(vt_table_seek *seek)
{
    vt_table *table = seek->table;
    const vt_view *view = vt_library_view(table->library);
    int64_t current = vt_library_selection(table->library)->current;
    seek->again = false;
    if (!view || vt_view_count(view) == 0) {
        return;
    }
    vt_view_retain(view);
    vt_view_release(seek->view);
    seek->view = view;
    size_t length = strlen(seek->typed);
    bool is_one_letter = length > 0 && strspn(seek->typed, (char[]){seek->typed[0], '\0'}) == length;
    memcpy(seek->wanted, seek->typed, sizeof seek->wanted);
    if (is_one_letter) {
        seek->wanted[1] = '\0';
    }
    seek->from = current < 0 ? 0 : is_one_letter ? current + 1 : current;
    atomic_store(&seek->cancelled, false);
    seek->task = vt_task_create(&seek_ops, seek, NULL);
    if (seek->task && !vt_executor_submit(table->context.executor, seek->task, VT_PRIORITY_CRITICAL, NULL)) {
        vt_task_unref(seek->task);
        seek->task = NULL;
    }
}

void vt_table_keyboard_search(QTableView *self, const QString *typed)
{
    vt_table_seek *seek = ((vt_table *)self)->seek;
    char *text = seek ? qt_string_to_utf8(typed) : NULL;
    if (!text || (unsigned char)*text < ' ') {
        free(text);
        return;
    }
    int64_t now = vt_clock_now();
    if (now - seek->typed_at > PAUSE_MS * VT_NS_PER_MS) {
        seek->typed[0] = '\0';
    }
    seek->typed_at = now;
    size_t before = strlen(seek->typed);
    size_t length = strlen(text);
    if (before + length < sizeof seek->typed && (before > 0 || *text != ' ')) {
        memcpy(seek->typed + before, text, length + 1);
        if (seek->task) {
            atomic_store(&seek->cancelled, true);
            seek->again = true;
        } else {
            start(seek);
        }
    }
    free(text);
}

/* In the middle of a name a digit is one, and no rating. */
bool vt_table_seek_takes(const vt_table *table, const QKeyEvent *event)
{
    const vt_table_seek *seek = table->seek;
    int held = q_inputevent_modifiers((const QInputEvent *)event);
    if (!seek || !*seek->typed || vt_clock_now() - seek->typed_at > PAUSE_MS * VT_NS_PER_MS ||
        (held & (Qt_ControlModifier | Qt_AltModifier | Qt_MetaModifier))) {
        return false;
    }
    char *text = q_keyevent_text(event);
    bool takes = text && (unsigned char)*text > ' ';
    free(text);
    return takes;
}

void vt_table_make_seek(vt_table *table)
{
    table->seek = calloc(1, sizeof *table->seek);
    if (table->seek) {
        table->seek->table = table;
    }
}

void vt_table_seek_stop(vt_table *table)
{
    vt_table_seek *seek = table->seek;
    table->seek = NULL;
    if (!seek) {
        return;
    }
    if (seek->task) {
        atomic_store(&seek->cancelled, true);
        vt_task_wait(seek->task, VT_FOREVER); /* its post may still come: it finds no table any more */
        vt_task_unref(seek->task);
    }
    vt_view_release(seek->view);
    free(seek);
}
