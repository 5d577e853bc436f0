#include "app/ui/files/show_in_manager.h"

#include "core/base/path.h"
#include "core/base/str.h"
#include "core/base/uri.h"

#include <qt6c/invoke.h>
#include <qt6c/qdesktopservices.h>
#include <qt6c/qurl.h>
#include <qt6c/string.h>

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct showing {
    QObject *receiver;
    void (*failed)(void *user);
    void *user;
    vt_log log;
    char *uri, *folder; /* owned; URIs */
    bool shown;
} showing;

/* dbus-send takes a comma for the end of an element. */
static char *uri_of(const char *path, size_t length)
{
    vt_str plain = VT_STR_INIT;
    vt_str uri = VT_STR_INIT;
    vt_uri_from_path(path, length, &plain);
    for (size_t i = 0; i < plain.length; i++) {
        if (plain.data[i] == ',') {
            vt_str_append_cstr(&uri, "%2C");
        } else {
            vt_str_append_char(&uri, plain.data[i]);
        }
    }
    uri.failed = uri.failed || plain.failed;
    vt_str_free(&plain);
    return vt_str_take(&uri);
}

/* True if it ends with 0. Its words go nowhere. */
static bool run_program(char *const *words)
{
    pid_t child = 0;
    int status = 0;
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return false;
    }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    int failed = posix_spawnp(&child, words[0], &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    while (!failed && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return !failed && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool run(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    (void)error;
    showing *of = user;
    vt_str items = VT_STR_INIT;
    vt_str_appendf(&items, "array:string:%s", of->uri);
    char *const words[] = {"dbus-send",
                           "--session",
                           "--print-reply",
                           "--reply-timeout=5000",
                           "--dest=org.freedesktop.FileManager1",
                           "/org/freedesktop/FileManager1",
                           "org.freedesktop.FileManager1.ShowItems",
                           items.data,
                           "string:",
                           NULL};
    of->shown = !items.failed && run_program(words);
    vt_str_free(&items);
    return true;
}

static void release(void *user)
{
    showing *of = user;
    free(of->uri);
    free(of->folder);
    free(of);
}

static void take(void *user)
{
    const showing *of = user;
    vt_log_write(&of->log, VT_LOG_INFO, "files: file manager shown=%d", of->shown);
    if (!of->shown) {
        QByteArray encoded = qt_bytearray_from_bytes(of->folder, strlen(of->folder));
        QUrl url = q_url_from_encoded(&encoded);
        if (!q_desktopservices_open_url(&url)) {
            of->failed(of->user);
        }
        q_url_fini(&url);
        qt_bytearray_release(&encoded);
    }
}

/* The answer outlives the task, and goes with the receiver if that is gone. */
static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)error;
    if (state == VT_TASK_DONE) {
        qt_post(((showing *)user)->receiver, take, user, release);
    } else {
        release(user);
    }
}

static const vt_task_ops show_ops = {"show in manager", run, finished, NULL};

bool vt_show_in_manager(QObjectRef receiver, vt_executor *executor, const char *path,
                        void (*failed)(void *user), void *user, vt_log log)
{
    showing *of = calloc(1, sizeof *of);
    if (!of) {
        return false;
    }
    *of = (showing){.receiver = receiver.QObject_, .failed = failed, .user = user, .log = log};
    of->uri = uri_of(path, strlen(path));
    of->folder = uri_of(path, (size_t)(vt_path_name(path) - path));
    vt_task *task = of->uri && of->folder ? vt_task_create(&show_ops, of, NULL) : NULL;
    bool started = task && vt_executor_submit(executor, task, VT_PRIORITY_CRITICAL, NULL);
    vt_task_unref(task);
    if (!started) {
        release(of);
    }
    return started;
}
