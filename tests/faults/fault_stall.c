/*
 * A disk that does not answer: one file of an imported folder hangs at stat, open or read, or the folder at
 * listing. Row 20 of the table in README.md. What hangs must hold up nobody else, and nobody who wants to
 * leave.
 */
#include "tests/faults/figure.h"
#include "tests/faults/stage.h"

#include <mntent.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES = 400, TO_MOUNT = 5, TO_IMPORT = 20 };
#define STALLED "picture (00003).ppm"

/* Asks the list of mounts, never the mount. */
static bool is_mounted(const char *folder)
{
    FILE *mounts = setmntent("/proc/self/mounts", "r");
    bool found = false;
    for (struct mntent *one; mounts && (one = getmntent(mounts));) {
        found = found || (strcmp(one->mnt_dir, folder) == 0 && strncmp(one->mnt_type, "fuse", 4) == 0);
    }
    if (mounts) {
        endmntent(mounts);
    }
    return found;
}

/* The mounted file system, or 0; `reason` says why. */
static pid_t mount_stalled(const stage *self, const char *kind, char *reason, size_t size)
{
    pid_t pid = 0;
    char *words[] = {VT_STALLED_FS, self->pictures, (char *)kind, STALLED, NULL};
    int failed = posix_spawn(&pid, VT_STALLED_FS, NULL, NULL, words, environ);
    if (failed != 0) {
        snprintf(reason, size, "a file system of our own cannot be started: %s", strerror(failed));
        return 0;
    }
    for (double until = fault_clock() + TO_MOUNT; fault_clock() < until; fault_sleep(0.01)) {
        if (is_mounted(self->pictures)) {
            return pid;
        }
        if (waitpid(pid, NULL, WNOHANG) == pid) {
            break;
        }
    }
    snprintf(reason, size, "a file system of our own cannot be mounted (FUSE)");
    return 0;
}

static void unmount(const stage *self, pid_t pid)
{
    kill(pid, SIGKILL); /* what waits for it gets an error */
    waitpid(pid, NULL, 0);
    umount2(self->pictures, MNT_DETACH | MNT_FORCE);
}

/* Waits until `wanted` items have been read, or the time is over. */
static int64_t wait_for_items(const stage *self, int64_t wanted, double seconds)
{
    int64_t read = 0;
    for (double until = fault_clock() + seconds; fault_clock() < until && read < wanted; fault_sleep(0.05)) {
        oracle now = oracle_look(self->catalog, NULL);
        read = now.items - now.unread;
    }
    return read;
}

static void import_beside(stage *self, const char *kind, int64_t wanted)
{
    char name[80];
    char reason[200];
    stage_tally tally = {0};
    stage_forget(self);
    pid_t disk = mount_stalled(self, kind, reason, sizeof reason);
    snprintf(name, sizeof name, "stall_%s", kind);
    if (!disk) {
        figure_skipped(name, reason);
        return;
    }
    program *running = stage_start(self, NULL);
    int64_t others = wait_for_items(self, wanted, TO_IMPORT);
    fault_sleep(wanted > 0 ? 0 : 1); /* until the scan hangs */
    double begun = fault_clock();
    program_interrupt(running);
    stage_report report = stage_wait(running);
    double to_end = fault_clock() - begun;
    unmount(self, disk);
    if (wanted > 0) {
        char bar[32];
        snprintf(name, sizeof name, "stall_%s_others", kind);
        snprintf(bar, sizeof bar, ">=%lld", (long long)wanted);
        figure(name, (double)others, "files", bar, "of %d read while one hangs", FILES);
    }
    snprintf(name, sizeof name, "stall_%s_to_end", kind);
    figure(name, to_end, "s", "<=2", "after Ctrl+C, status %d", report.status);
    stage_settle(self, others, &tally);
    snprintf(name, sizeof name, "stall_%s", kind);
    stage_tell(name, &tally);
}

static void run_import(bool quick)
{
    stage *self = stage_create(FILES);
    import_beside(self, "open", FILES - 1);
    import_beside(self, "stat", 0);
    if (!quick) {
        import_beside(self, "read", FILES - 1);
        import_beside(self, "list", 0);
    }
    stage_free(self);
}

/* The longest stall that the window's log tells of, in milliseconds; 0 if none was above half a frame. */
static double longest_stall(const char *log)
{
    static const char word[] = "stall: late_us=";
    double longest = 0;
    while ((log = strstr(log, word))) {
        log += strlen(word);
        double late = strtod(log, NULL);
        longest = late > longest ? late : longest;
    }
    return longest / 1000;
}

/* The window imports beside the file that hangs, for some seconds, and is then closed. */
static void run_window(bool quick)
{
    stage *self = stage_create(FILES);
    char reason[200];
    stage_tally tally = {0};
    stage_forget(self);
    pid_t disk = mount_stalled(self, "read", reason, sizeof reason);
    if (!disk) {
        figure_skipped("stall_window", reason);
        stage_free(self);
        return;
    }
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    setenv("VITRINE_LOG", "debug", 1);
    program *window = program_start(&self->options,
                                    (const char *const[]){"--catalog", self->catalog, self->pictures, NULL});
    int64_t others = wait_for_items(self, FILES - 1, TO_IMPORT);
    fault_sleep(quick ? 0.5 : 3);
    double begun = fault_clock();
    program_interrupt(window);
    program_result run = program_wait(window, 20000);
    double to_end = fault_clock() - begun;
    unsetenv("VITRINE_LOG");
    unmount(self, disk);
    figure("stall_window_others", (double)others, "files", ">=399", "read while one hangs");
    figure("stall_window_longest", longest_stall(run.err), "ms", quick ? "-" : "<=100",
           "0: none above half a frame");
    figure("stall_window_to_end", to_end, "s", "<=2", "status %d", run.status);
    program_result_free(&run);
    stage_settle(self, others, &tally);
    stage_tell("stall_window", &tally);
    stage_free(self);
}

int main(int argc, char **argv)
{
    static const fault_case cases[] = {{"import", run_import}, {"window", run_window}, {0}};
    return fault_main(argc, argv, cases);
}
