/* Asking about side-cars: which answers are believed, what is the side-car's fault, and what is nobody's. */
#include "tests/support/check.h"

#include "core/sidecar/sidecar_parse.h"
#include "core/sidecar/sidecar_read.h"
#include "core/sidecar/sidecar_write.h"
#include "tests/core/sidecar/asking.h"
#include "tests/core/sidecar/samples.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Somebody who answers as a test says. */
typedef struct oracle {
    bool fine, answered;
    vt_error_code code;
    const char *answer;
    size_t count;
    vt_sidecar_question asked;
    int times;
} oracle;

static bool ask_oracle(void *user, vt_sidecar_question question, const vt_str *bytes, size_t text_begin,
                       vt_str *answer, bool *answered, vt_error *error)
{
    oracle *of = user;
    (void)bytes;
    (void)text_begin;
    of->asked = question;
    of->times++;
    *answered = of->answered;
    vt_str_append(answer, of->answer ? of->answer : "", of->count);
    return of->fine || vt_error_set(error, of->code, "is as the oracle says");
}

static vt_sidecar_asking asking(oracle *of)
{
    return (vt_sidecar_asking){.ask = ask_oracle, .user = of};
}

static const vt_sidecar_change five = {.fields = VT_SIDECAR_RATING, .rating = 5};

static vt_str text_of(const char *bytes, size_t count)
{
    vt_str text = VT_STR_INIT;
    vt_str_append(&text, bytes, count);
    return text;
}

static void faults_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        bool answered;
        vt_error_code code, told;
        bool unasked;
    } faults[] = {
        {true, VT_ERROR_CORRUPT, VT_ERROR_CORRUPT, false},
        {true, VT_ERROR_EMPTY, VT_ERROR_EMPTY, false},
        {true, VT_ERROR_LIMIT, VT_ERROR_LIMIT, false},
        {true, VT_ERROR_UNSUPPORTED, VT_ERROR_UNSUPPORTED, false},
        {true, VT_ERROR_INTERNAL, VT_ERROR_UNSUPPORTED, false},
        /* A helper that is taken over does not get the program to try for ever, or to give up. */
        {true, VT_ERROR_BUSY, VT_ERROR_CRASHED, false},
        {true, VT_ERROR_CANCELLED, VT_ERROR_CRASHED, false},
        {true, VT_ERROR_CHANGED, VT_ERROR_CRASHED, false},
        {true, VT_ERROR_NO_SPACE, VT_ERROR_CRASHED, false},
        {true, VT_ERROR_READ_ONLY, VT_ERROR_CRASHED, false},
        {false, VT_ERROR_CRASHED, VT_ERROR_CRASHED, false},
        {false, VT_ERROR_TIMEOUT, VT_ERROR_TIMEOUT, false},
        {false, VT_ERROR_INTERNAL, VT_ERROR_INTERNAL, true},
        {false, VT_ERROR_BUSY, VT_ERROR_BUSY, true},
        {false, VT_ERROR_IO, VT_ERROR_BUSY, true},
        {false, VT_ERROR_CANCELLED, VT_ERROR_CANCELLED, true},
    };
    vt_str text = text_of(digikam, strlen(digikam));
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        for (int change = 0; change < 2; change++) {
            oracle of = {.answered = faults[i].answered, .code = faults[i].code};
            const vt_sidecar_asking who = asking(&of);
            vt_sidecar_said said;
            vt_str result = VT_STR_INIT;
            vt_error error = VT_ERROR_INIT;
            assert_false(change ? vt_sidecar_ask_changed(&who, &text, &five, &result, &error)
                                : vt_sidecar_ask_what(&who, &text, &said, &error));
            assert_string_equal(vt_error_code_name(error.code), vt_error_code_name(faults[i].told));
            assert_int_equal(vt_sidecar_is_unasked(&error), faults[i].unasked);
            vt_str_free(&result);
        }
    }
    vt_str_free(&text);
    const vt_error busy_file = {.code = VT_ERROR_BUSY, .system = 16};
    assert_false(vt_sidecar_is_unasked(&busy_file));
}

static void what_cannot_be_a_side_car_is_not_written(void **state)
{
    (void)state;
    char *large = malloc(VT_SIDECAR_BYTES_MAX + 1);
    assert_non_null(large);
    memset(large, 'x', VT_SIDECAR_BYTES_MAX + 1);
    const struct {
        const char *bytes;
        size_t count;
        bool fine;
    } answers[] = {{"", 0, false},
                   {"<a>\0</a>", 8, false},
                   {"<a>\xff</a>", 8, false},
                   {large, VT_SIDECAR_BYTES_MAX + 1, false},
                   {large, VT_SIDECAR_BYTES_MAX, true}};
    char *folder = files_temporary_folder();
    char *path = strdup(files_path(folder, "a.jpg.xmp"));
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        oracle of = {.fine = true, .answered = true, .answer = answers[i].bytes, .count = answers[i].count};
        const vt_sidecar_asking who = asking(&of);
        vt_sidecar before;
        vt_error error = VT_ERROR_INIT;
        files_write(path, digikam, strlen(digikam));
        assert_true(vt_sidecar_read(files_path(folder, "a.jpg"), false, here(), &before, NULL));
        bool done = vt_sidecar_write(path, &before.part[0].stamp, &five, &who, NULL, &error);
        assert_int_equal(done, answers[i].fine);
        assert_int_equal(of.asked, VT_SIDECAR_CHANGED);
        assert_int_equal(error.code, done ? VT_ERROR_NONE : VT_ERROR_CRASHED);
        assert_true(done || strstr(error.message, "a.jpg.xmp cannot be changed"));
        size_t count;
        char *now = files_read(path, &count);
        assert_int_equal(count, done ? answers[i].count : strlen(digikam));
        assert_memory_equal(now, done ? answers[i].bytes : digikam, count);
        free(now);
        vt_sidecar_free(&before);
    }
    files_remove(folder);
    free(path);
    free(large);
}

/* Where there is none, nothing of a stranger's is handed over. */
static void new_ones_are_asked_for_as_such(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    const vt_sidecar_stamp nothing = {.there = false};
    static const char made[] = "<made/>";
    oracle of = {.fine = true, .answered = true, .answer = made, .count = strlen(made)};
    const vt_sidecar_asking who = asking(&of);
    assert_true(vt_sidecar_write(files_path(folder, "a.jpg.xmp"), &nothing, &five, &who, NULL, NULL));
    assert_int_equal(of.asked, VT_SIDECAR_MADE);
    files_remove(folder);
}

/* Then nothing is known, and that is told as such. */
static void with_nobody_to_ask_reading_fails_as_a_whole(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    files_write(files_path(folder, "a.jpg.xmp"), digikam, strlen(digikam));
    files_write(files_path(folder, "a.xmp"), digikam, strlen(digikam));
    oracle of = {.code = VT_ERROR_INTERNAL};
    const vt_sidecar_asking who = asking(&of);
    vt_sidecar s;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_sidecar_read(files_path(folder, "a.jpg"), true, &who, &s, &error));
    assert_true(vt_sidecar_is_unasked(&error));
    assert_non_null(strstr(error.message, "a.jpg.xmp cannot be read now: is as the oracle says"));
    assert_int_equal(of.times, 1);
    vt_sidecar_free(&s);
    /* What is no file or too large nobody need be asked about. */
    files_write(files_path(folder, "b.jpg.xmp"), "", 0);
    assert_int_equal(truncate(files_path(folder, "b.jpg.xmp"), VT_SIDECAR_BYTES_MAX + 1), 0);
    assert_true(vt_sidecar_read(files_path(folder, "b.jpg"), false, &who, &s, &error));
    assert_int_equal(s.part[0].error.code, VT_ERROR_LIMIT);
    assert_int_equal(of.times, 1);
    vt_sidecar_free(&s);
    files_remove(folder);
}

/* The other half: what the helper is given. */
static void changes_come_through_and_broken_ones_do_not(void **state)
{
    (void)state;
    static const char *const tags[] = {"Boats", "Places/Norway/Oslo"};
    const vt_sidecar_change change = {
        .fields = 31, .rating = -1, .title = "T", .notes = "N\nN", .tags = tags, .tag_count = 2};
    vt_str form = VT_STR_INIT;
    vt_sidecar_change_pack(&change, "<text/>", 7, &form);
    vt_sidecar_change read;
    const char **list, *text;
    size_t count;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_sidecar_change_unpack(form.data, form.length, &read, &list, &text, &count, &error));
    assert_int_equal(read.fields, 31);
    assert_int_equal(read.rating, -1);
    assert_string_equal(read.label, "");
    assert_string_equal(read.title, "T");
    assert_string_equal(read.notes, "N\nN");
    assert_int_equal(read.tag_count, 2);
    assert_string_equal(read.tags[1], tags[1]);
    assert_int_equal(count, 7);
    assert_memory_equal(text, "<text/>", 7);
    free(list);
    for (size_t cut = 0; cut + 7 < form.length; cut++) {
        assert_false(vt_sidecar_change_unpack(form.data, cut, &read, &list, &text, &count, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
        vt_str answer = VT_STR_INIT;
        assert_false(vt_sidecar_serve(VT_SIDECAR_CHANGED, form.data, cut, &answer, &error));
        vt_str_free(&answer);
    }
    vt_str_free(&form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_told_apart),
        cmocka_unit_test(what_cannot_be_a_side_car_is_not_written),
        cmocka_unit_test(new_ones_are_asked_for_as_such),
        cmocka_unit_test(with_nobody_to_ask_reading_fails_as_a_whole),
        cmocka_unit_test(changes_come_through_and_broken_ones_do_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
