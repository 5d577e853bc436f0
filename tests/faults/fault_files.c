/*
 * Files that vanish, change or grow short while they are imported, that are no files, or have names that
 * nobody expects: rows 15, 16, 19 and 21 of the table in README.md.
 */
#include "tests/faults/figure.h"
#include "tests/faults/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { FILES = 1000 };

typedef struct meddler {
    stage *stage;
    void (*meddle)(const char *path, int number);
    int every; /* of the files */
    atomic_bool stop;
} meddler;

/* From the end, since the import begins at the start: files that were listed and not yet read. */
static void *meddle_with_all(void *user)
{
    meddler *self = user;
    for (int i = self->stage->files - 1; i >= 0 && !atomic_load(&self->stop); i -= self->every) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/picture (%05d).ppm", self->stage->pictures, i);
        if (access(path, F_OK) == 0) {
            self->meddle(path, i);
        }
        fault_sleep(0.0005);
    }
    return NULL;
}

static void delete_file(const char *path, int number)
{
    (void)number;
    unlink(path);
}

/* In place: the same inode, written over, cut short, and made whole again later or not. */
static void rewrite(const char *path, int number)
{
    if (number % 2) {
        files_write_picture(path, 60, 50, (unsigned)number + 5000);
    } else if (truncate(path, 700) != 0) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
    }
}

/* Imports while somebody meddles, then once more without; then the catalog must know what is there, and no
   more. */
static void meddle(const char *name, void (*how)(const char *path, int number), int every, bool gone)
{
    stage *self = stage_create(FILES);
    meddler other = {.stage = self, .meddle = how, .every = every};
    pthread_t thread;
    char label[80];
    stage_forget(self);
    program *running = stage_start(self, NULL);
    fault_sleep(self->clean_seconds / 4);
    assert_int_equal(pthread_create(&thread, NULL, meddle_with_all, &other), 0);
    stage_report during = stage_wait(running);
    atomic_store(&other.stop, true);
    pthread_join(thread, NULL);
    snprintf(label, sizeof label, "%s_crashed", name);
    figure(label, during.status != 0 && during.status != 4, "runs", "<=0", "status %d, %g failed: %.150s",
           during.status, during.failed < 0 ? 0 : during.failed, during.status == 1 ? during.said : "");
    stage_import(self, NULL);
    /* What an import knows that saw the files only as they are now. */
    oracle after = oracle_look(self->catalog, stage_thumbs(self));
    stage_report again = stage_import(self, NULL);
    stage_forget(self);
    stage_import(self, NULL);
    oracle fresh = oracle_look(self->catalog, NULL);
    snprintf(label, sizeof label, "%s_unsound", name);
    figure(label, !after.sound, "runs", "<=0", "%s", after.why);
    snprintf(label, sizeof label, "%s_different", name);
    /* Items whose files are gone stay in the catalog, marked missing; others are as in a fresh one. */
    bool different = gone ? after.items < fresh.items : after.items != fresh.items;
    different = different || (!gone && (after.content != fresh.content || after.failures != fresh.failures));
    figure(label, different, "runs", "<=0", "%lld items and %lld failures, a fresh catalog %lld and %lld",
           (long long)after.items, (long long)after.failures, (long long)fresh.items,
           (long long)fresh.failures);
    snprintf(label, sizeof label, "%s_redone", name);
    figure(label, again.decoded, "files", "<=0", "decoded by a third import");
    stage_free(self);
}

static void run_vanish(bool quick)
{
    (void)quick;
    meddle("vanish", delete_file, 2, true);
}

static void run_change(bool quick)
{
    (void)quick;
    meddle("change", rewrite, 3, false);
}

static void make_special(const char *folder)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    assert_int_equal(mkfifo(files_path(folder, "fifo.jpg"), 0644), 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", files_path(folder, "socket.png"));
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    close(listener);
    assert_int_equal(symlink("/dev/zero", files_path(folder, "zero.png")), 0);
    int sparse = open(files_path(folder, "sparse.ppm"), O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
    static const char header[] = "P6\n40 30\n255\n";
    assert_int_equal(write(sparse, header, sizeof header - 1), sizeof header - 1);
    if (ftruncate(sparse, (off_t)1 << 40) != 0 && ftruncate(sparse, (off_t)1 << 33) != 0) {
        fprintf(stderr, "no large sparse file here: %s\n", strerror(errno));
    }
    close(sparse);
}

static void run_special(bool quick)
{
    enum { SPECIAL = 4 };
    (void)quick;
    stage *self = stage_create(FILES / 10);
    stage_forget(self);
    make_special(self->pictures);
    double begun = fault_clock();
    stage_report report = stage_import(self, NULL);
    double seconds = fault_clock() - begun;
    oracle found = oracle_look(self->catalog, stage_thumbs(self));
    figure("special_hung_or_crashed", report.status != 0 && report.status != 4, "runs", "<=0",
           "status %d: %.150s", report.status, report.status == 1 ? report.said : "");
    figure("special_items", (double)(found.items - self->files), "items", "<=1",
           "beyond the %d files: the sparse picture has all its pixels", self->files);
    figure("special_others_lost", self->files - report.imported, "files", "<=0", "not imported beside them");
    figure("special_unsound", !found.sound, "runs", "<=0", "%s", found.why);
    figure("special_time", seconds - self->clean_seconds, "s", "-", "beyond the import without them");
    stage_free(self);
}

/* Names as bytes: the list gives them back, each opens, and the next import knows them. */
static void run_names(bool quick)
{
    static const char *const names[] = {
        "invalid \xff\xfe\x80 utf-8.ppm",
        "new\nline.ppm",
        "quote\"and'quote.ppm",
        "back\\slash.ppm",
        "-rf.ppm",
        /* NOLINTNEXTLINE(misc-misleading-bidirectional): that it misleads is what is tested */
        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\xae right to left.ppm",
        "percent %s%n %20.ppm",
        "tab\tbell\a.ppm",
        "caf\xc3\xa9.ppm",
        "cafe\xcc\x81.ppm",
        "CASE.ppm",
        "case.ppm",
        " space .ppm",
        "*?[a].ppm",
        "$(reboot).ppm",
        "\xed\xa0\x80 surrogate.ppm",
        "overlong \xc0\xaf slash.ppm",
        NULL,
    };
    enum { LONG = 255 };
    (void)quick;
    stage *self = stage_create(1);
    int made = 1, listed = 0, opened = 0;
    char long_name[LONG + 1];
    memset(long_name, 'x', LONG);
    memcpy(long_name + LONG - 4, ".ppm", 5);
    for (const char *const *name = names; *name; name++) {
        files_write_picture(files_path(self->pictures, *name), 40, 30, (unsigned)made++);
    }
    files_write_picture(files_path(self->pictures, long_name), 40, 30, (unsigned)made++);
    stage_report report = stage_import(self, NULL);
    program_result list = program_run(
        &self->options, (const char *const[]){"list", "--paths0", "--catalog", self->catalog, NULL});
    for (size_t at = 0; at < list.length; at += strlen(list.out + at) + 1) {
        listed += access(list.out + at, F_OK) == 0;
        program_result thumbnail = program_run(
            &self->options, (const char *const[]){"thumbnail", "-o", files_path(self->root, "out.png"), "--",
                                                  list.out + at, NULL});
        opened += thumbnail.status == 0;
        program_result_free(&thumbnail);
    }
    program_result_free(&list);
    oracle found = oracle_look(self->catalog, stage_thumbs(self));
    stage_report again = stage_import(self, NULL);
    figure("names_lost", made - 1 - report.imported, "names", "<=0", "of %d not imported: %.150s", made - 1,
           report.status ? report.said : "");
    figure("names_changed", made - listed, "names", "<=0", "of %d not given back byte by byte", made);
    figure("names_unopened", made - opened, "names", "<=0", "of %d without a thumbnail", made);
    figure("names_redone", again.decoded, "files", "<=0", "decoded by the next import");
    figure("names_unsound", !found.sound, "runs", "<=0", "%s", found.why);
    stage_free(self);
}

int main(int argc, char **argv)
{
    static const fault_case cases[] = {
        {"vanish", run_vanish}, {"change", run_change}, {"special", run_special}, {"names", run_names}, {0}};
    return fault_main(argc, argv, cases);
}
