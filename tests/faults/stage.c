#include "tests/faults/stage.h"

#include "tests/faults/figure.h"
#include "tests/support/json.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LIMIT_MS = 120000, MODEL_EVERY = 40 };

static void write_files(const stage *self)
{
    for (int i = 0; i < self->files; i++) {
        char name[40];
        if (i % MODEL_EVERY == MODEL_EVERY - 1) {
            snprintf(name, sizeof name, "model %05d.stl", i);
            files_write_tetrahedron(files_path(self->pictures, name), 1.0f + (float)i);
        } else {
            snprintf(name, sizeof name, "picture (%05d).ppm", i);
            files_write_picture(files_path(self->pictures, name), 40, 30, (unsigned)i);
        }
    }
}

stage *stage_create(int files)
{
    stage *self = calloc(1, sizeof *self);
    assert_non_null(self);
    /* Helpers that outlive a killed program become our children, and can be seen. */
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    self->root = files_temporary_folder();
    self->home = strdup(files_folder(self->root, "home"));
    self->pictures = strdup(files_folder(self->root, "pictures"));
    self->catalog_folder = strdup(files_folder(self->root, "catalog"));
    self->catalog = strdup(files_path(self->catalog_folder, "library.vitrine"));
    self->options.home = self->home;
    self->files = files;
    write_files(self);
    double begun = fault_clock();
    stage_report report = stage_import(self, NULL);
    self->clean_seconds = fault_clock() - begun;
    self->clean = oracle_look(self->catalog, stage_thumbs(self));
    if (report.status != 0 || !self->clean.sound || self->clean.items != files) {
        fprintf(stderr, "an undisturbed import does not work: status %d, %lld of %d items, %s %s\n",
                report.status, (long long)self->clean.items, files, self->clean.why, report.said);
        exit(3);
    }
    return self;
}

void stage_free(stage *self)
{
    files_remove(self->root);
    free(self->home);
    free(self->pictures);
    free(self->catalog_folder);
    free(self->catalog);
    free(self);
}

static void empty_folder(const char *folder)
{
    DIR *stream = opendir(folder);
    struct dirent *entry;
    while (stream && (entry = readdir(stream))) {
        unlinkat(dirfd(stream), entry->d_name, 0);
    }
    if (stream) {
        closedir(stream);
    }
}

void stage_forget(stage *self)
{
    empty_folder(self->catalog_folder);
    empty_folder(files_path(self->home, "cache/vitrine/thumbnails"));
}

const char *stage_thumbs(const stage *self)
{
    static char path[PATH_MAX];
    glob_t found;
    const char *first = NULL;
    if (glob(files_path(self->home, "cache/vitrine/thumbnails/*.thumbs"), 0, NULL, &found) == 0) {
        snprintf(path, sizeof path, "%s", found.gl_pathv[0]);
        first = path;
        globfree(&found);
    }
    return first;
}

program *stage_start_with(stage *self, const char *const *wrapper, const char *const *words)
{
    enum { WORDS_MAX = 12 };
    const char *all[WORDS_MAX] = {"import", "--json", "--catalog", self->catalog};
    program_options options = self->options;
    options.wrapper = wrapper;
    for (size_t i = 4; *words && i < WORDS_MAX - 1; i++) {
        all[i] = *words++;
    }
    return program_start(&options, all);
}

program *stage_start(stage *self, const char *const *wrapper)
{
    return stage_start_with(self, wrapper,
                            (const char *const[]){"--no-wait", "--sequences", "off", self->pictures, NULL});
}

stage_report stage_wait(program *running)
{
    program_result run = program_wait(running, LIMIT_MS);
    json_value said = json_parse(run.out, run.length);
    stage_report report = {
        .status = run.status,
        .imported = json_number(json_member(said, "imported")),
        .unchanged = json_number(json_member(said, "unchanged")),
        .decoded = json_number(json_member(said, "decoded")),
        .failed = json_number(json_member(said, "failed")),
    };
    snprintf(report.said, sizeof report.said, "%s", run.err);
    program_result_free(&run);
    return report;
}

stage_report stage_import(stage *self, const char *const *wrapper)
{
    return stage_wait(stage_start(self, wrapper));
}

void stage_blame(stage_tally *tally, stage_fault fault, int64_t amount, const char *format, ...)
{
    tally->count[fault] += amount;
    if (!tally->first[fault][0]) {
        char *first = tally->first[fault];
        size_t size = sizeof tally->first[fault];
        int used = snprintf(first, size, "(run %d: ", tally->runs);
        va_list values;
        va_start(values, format);
        vsnprintf(first + used, size - (size_t)used, format, values);
        va_end(values);
        first[strcspn(first, "\n")] = '\0';
    }
}

/* Helpers notice that their program is gone by the end of their socket; they may take a moment. */
static bool children_are_gone(void)
{
    enum { ROUNDS = 200 };
    for (int i = 0; i < ROUNDS; i++) {
        pid_t ended;
        while ((ended = waitpid(-1, NULL, WNOHANG)) > 0) {
        }
        if (ended < 0 && errno == ECHILD) {
            return true;
        }
        fault_sleep(0.005);
    }
    return false;
}

/* The name of a file that should not be there between two starts, or NULL. */
static const char *find_litter(const char *folder, const char *const *expected)
{
    static char name[NAME_MAX + 1];
    DIR *stream = opendir(folder);
    struct dirent *entry;
    const char *found = NULL;
    while (stream && !found && (entry = readdir(stream))) {
        const char *dot = strchr(entry->d_name, '.');
        bool known = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        for (size_t i = 0; dot && expected[i]; i++) {
            size_t length = strlen(expected[i]);
            bool begins = expected[i][length - 1] == '-'; /* "snapshot-", and the time */
            known =
                known || strcmp(dot, expected[i]) == 0 || (begins && strncmp(dot, expected[i], length) == 0);
        }
        if (!known) {
            snprintf(name, sizeof name, "%s", entry->d_name);
            found = name;
        }
    }
    if (stream) {
        closedir(stream);
    }
    return found;
}

static void look_for_litter(stage *self, stage_tally *tally)
{
    static const char *const beside_catalog[] = {".vitrine", ".vitrine.lock", ".vitrine.snapshot-", NULL};
    static const char *const beside_thumbs[] = {".thumbs", ".thumbs.lock", NULL};
    const char *file = find_litter(self->catalog_folder, beside_catalog);
    if (!file) {
        file = find_litter(files_path(self->home, "cache/vitrine/thumbnails"), beside_thumbs);
    }
    if (file) {
        stage_blame(tally, STAGE_LITTER, 1, "%s was left behind", file);
    }
}

/* What the program itself says of the catalog, then what SQLite does. */
static oracle check_twice(stage *self, const char *when, stage_tally *tally)
{
    program_result run =
        program_run(&self->options, (const char *const[]){"check", "--catalog", self->catalog, NULL});
    oracle found = oracle_look(self->catalog, stage_thumbs(self));
    /* Of a catalog that was only begun the program says just that. */
    if (run.status != 0 && !found.empty) {
        stage_blame(tally, STAGE_UNSOUND, 1, "%s, check says %d %.150s", when, run.status, run.err);
    }
    if (!found.sound) {
        stage_blame(tally, STAGE_UNSOUND, 1, "%s, %.200s", when, found.why);
    }
    program_result_free(&run);
    return found;
}

/* How many imports the program itself knows to be unfinished, and how long it took to say so; 0 where there
   is no catalog to ask. */
static size_t count_unfinished(stage *self, stage_tally *tally)
{
    double begun = fault_clock();
    program_result run = program_run(&self->options, (const char *const[]){"list", "--json", "--limit", "0",
                                                                           "--catalog", self->catalog, NULL});
    double seconds = fault_clock() - begun;
    tally->slowest_start = seconds > tally->slowest_start ? seconds : tally->slowest_start;
    size_t count = json_count(json_member(json_parse(run.out, run.length), "unfinished_imports"));
    program_result_free(&run);
    return count;
}

/* What was begun is noted before anything of it is committed, and not longer than there is something to do.
 */
static bool judge_note(const stage *self, const oracle *kept, size_t noted, stage_tally *tally)
{
    bool begun = kept->items > 0 || kept->failures > 0;
    bool done = kept->items + kept->failures >= self->files && kept->unread == 0;
    if (begun && !done && noted != 1 && !self->disk_fails) {
        stage_blame(tally, STAGE_UNNOTED, 1, "%lld of %d items, and %zu imports noted",
                    (long long)kept->items, self->files, noted);
    }
    return noted > 0;
}

void stage_settle(stage *self, int64_t committed, stage_tally *tally)
{
    tally->runs++;
    if (!children_are_gone()) {
        stage_blame(tally, STAGE_LITTER, 1, "a helper outlives its program");
    }
    oracle kept = check_twice(self, "after the fault", tally);
    if (kept.items < committed) {
        stage_blame(tally, STAGE_LOST, committed - kept.items, "%lld of %lld committed rows are there",
                    (long long)kept.items, (long long)committed);
    }
    bool noted = judge_note(self, &kept, count_unfinished(self, tally), tally);
    bool resume = self->resumes && noted && tally->runs % 2 == 1;
    tally->resumed += resume;
    double begun = fault_clock();
    stage_report report =
        resume
            ? stage_wait(stage_start_with(self, NULL, (const char *const[]){"--no-wait", "--resume", NULL}))
            : stage_import(self, NULL);
    double seconds = fault_clock() - begun;
    tally->slowest = seconds > tally->slowest ? seconds : tally->slowest;
    look_for_litter(self, tally); /* before anything reads the catalog: readers share memory in a file */
    if (count_unfinished(self, tally) != 0) {
        stage_blame(tally, STAGE_UNNOTED, 1, "the next import is over and stays noted");
    }
    oracle after = check_twice(self, "after the next import", tally);
    if (report.status != 0 || after.items != self->files || after.content != self->clean.content ||
        after.failures != 0) {
        stage_blame(tally, STAGE_DIFFERENT, 1,
                    "the next import: status %d, %lld items, %lld failures: %.150s", report.status,
                    (long long)after.items, (long long)after.failures, report.said);
    }
    int64_t redone =
        report.status == 0 ? (int64_t)report.decoded - (self->files - kept.items + kept.unread) : 0;
    if (redone > 0) {
        stage_blame(tally, STAGE_REDONE, redone, "%lld committed rows were decoded again", (long long)redone);
    }
}

void stage_tell(const char *name, const stage_tally *tally)
{
    static const struct {
        const char *what, *unit;
    } lines[STAGE_MUTE] = {
        [STAGE_UNSOUND] = {"unsound", "runs"}, [STAGE_LOST] = {"lost", "rows"},
        [STAGE_REDONE] = {"redone", "rows"},   [STAGE_DIFFERENT] = {"different", "runs"},
        [STAGE_UNNOTED] = {"unnoted", "runs"}, [STAGE_LITTER] = {"litter", "runs"},
    };
    for (size_t i = 0; i < STAGE_MUTE; i++) {
        char full[80];
        snprintf(full, sizeof full, "%s_%s", name, lines[i].what);
        figure(full, (double)tally->count[i], lines[i].unit, "<=0", "of %d runs %s", tally->runs,
               tally->first[i]);
    }
}
