/* Texts in panes: read in the background, whatever they are; those that are none are refused in words. */
#include "tests/support/check.h"

#include "tests/app/ui/panes/pane_desk.h"
#include "tests/support/files.h"

#include "app/ui/panes/pane_text_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pane_desk *desk;
static char *folder;

static bool go_on(void *user, double share)
{
    (void)user;
    (void)share;
    return true;
}

static bool stop_at_once(void *user, double share)
{
    (void)user;
    (void)share;
    return false;
}

static vt_text_file read_bytes(const void *bytes, size_t count)
{
    vt_text_file file;
    vt_error error = VT_ERROR_INIT;
    const char *path = files_path(folder, "some.txt");
    files_write(path, bytes, count);
    assert_true(vt_text_file_read(&file, path, go_on, NULL, &error));
    return file;
}

static void check_line(const vt_text_file *file, size_t line, const char *expected)
{
    size_t length = 0;
    const char *text = vt_text_file_line(file, line, &length);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(text, expected, length);
}

static void lines_end_in_many_ways(void **state)
{
    (void)state;
    vt_text_file file = read_bytes("\xef\xbb\xbfone\r\ntwo\n\nfour", 17);
    assert_int_equal(file.count, 4);
    check_line(&file, 0, "one");
    check_line(&file, 2, "");
    check_line(&file, 3, "four");
    assert_false(file.is_latin1);
    vt_text_file_free(&file);
    file = read_bytes("", 0);
    assert_int_equal(file.count, 0);
    vt_text_file_free(&file);
    file = read_bytes("Gr\xfc\xdf"
                      "e\n",
                      6);
    assert_true(file.is_latin1);
    check_line(&file, 0, "Gr\u00fc\u00dfe");
    vt_text_file_free(&file);
}

static void long_lines_go_on_in_the_next(void **state)
{
    (void)state;
    enum { LONG = 100001 };
    char *text = malloc(LONG);
    memset(text, 'x', LONG);
    for (size_t i = 1; i + 1 < LONG; i += 2) { /* two bytes each: none may be cut in two */
        text[i] = '\xc3';
        text[i + 1] = '\xa4';
    }
    vt_text_file file = read_bytes(text, LONG);
    assert_in_range(file.count, 100, 104);
    for (size_t i = 0; i < file.count; i++) {
        size_t length = 0;
        const char *line = vt_text_file_line(&file, i, &length);
        assert_true(vt_utf8_valid(line, length));
    }
    vt_text_file_free(&file);
    free(text);
}

static void check_refused(const char *path, vt_error_code code, const char *words)
{
    vt_text_file file;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_text_file_read(&file, path, go_on, NULL, &error));
    assert_int_equal(error.code, code);
    if (!strstr(error.message, words)) {
        print_error("%s\n", error.message);
    }
    assert_non_null(strstr(error.message, words));
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    vt_text_file file;
    vt_error error = VT_ERROR_INIT;
    const char *path = files_path(folder, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    check_refused(path, VT_ERROR_NOT_REGULAR, "a pipe");
    check_refused("/dev/zero", VT_ERROR_NOT_REGULAR, "device");
    check_refused(folder, VT_ERROR_NOT_REGULAR, "folder");
    check_refused("/nowhere/at/all", VT_ERROR_NOT_FOUND, "/nowhere");
    files_write(path = files_path(folder, "binary"),
                "\x7f"
                "ELF\0\0\0",
                7);
    check_refused(path, VT_ERROR_UNSUPPORTED, "no text");
    files_write(path = files_path(folder, "huge"), "x", 1);
    assert_int_equal(truncate(path, (off_t)VT_TEXT_FILE_MAX + 1), 0);
    check_refused(path, VT_ERROR_LIMIT, "64 MB");
    files_write(path = files_path(folder, "plain"), "abc", 3);
    assert_false(vt_text_file_read(&file, path, stop_at_once, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
}

static vt_pane_content *show_file(const char *path)
{
    char provider[512];
    snprintf(provider, sizeof provider, "text:%s", path);
    return desk_show(desk, provider);
}

static void a_text_is_shown(void **state)
{
    (void)state;
    vt_str text = VT_STR_INIT;
    for (int i = 0; i < 60000; i++) {
        vt_str_appendf(&text, "%d\tThe quick brown fox jumps over the lazy dog.\n", i);
    }
    const char *path = files_path(folder, "many lines.txt");
    files_write(path, text.data, text.length);
    vt_str_free(&text);
    vt_pane_content *content = show_file(path);
    assert_int_equal(content->stage, VT_PANE_LOADING);
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_string_equal(desk_title(content), "many lines.txt");
    content->type->restore(content, "5000", 4);
    desk_rest(desk);
    desk_screenshot(desk, "pane-text");
    size_t length = 0;
    char *saved = content->type->save(content, &length);
    assert_int_equal(length, 4);
    assert_memory_equal(saved, "5000", 4);
    assert_true(content->type->bytes(content) > 2000000);
    content->type->show(content, path);
    content->type->restore(content, saved, length);
    content->type->restore(content, "nonsense that is far too long to be a number of any line", 56);
    desk_wait_stage(desk, content, VT_PANE_READY);
    free(saved);
    saved = content->type->save(content, &length);
    assert_memory_equal(saved, "5000", 4);
    free(saved);
    content->type->clear(content);
    assert_int_equal(content->stage, VT_PANE_EMPTY);
    desk_destroy(desk, content);
}

static void faults_are_told_in_the_pane(void **state)
{
    (void)state;
    vt_pane_content *content = show_file("/dev/null");
    desk_wait_stage(desk, content, VT_PANE_FAILED);
    assert_int_equal(content->error.code, VT_ERROR_NOT_REGULAR);
    content->type->show(content, "relative/path");
    assert_int_equal(content->stage, VT_PANE_FAILED);
    assert_int_equal(content->error.code, VT_ERROR_USAGE);
    files_write(files_path(folder, "latin"),
                "Stra\xdf"
                "e",
                6);
    content->type->show(content, files_path(folder, "latin"));
    desk_wait_stage(desk, content, VT_PANE_READY);
    desk_screenshot(desk, "pane-text-latin1");
    desk_destroy(desk, content);
    for (int i = 0; i < 20; i++) { /* ended amid it */
        content = show_file(files_path(folder, "many lines.txt"));
        for (int turn = 0; turn < i % 3; turn++) {
            desk_pump(desk);
        }
        if (i % 2) {
            content->type->cancel(content);
            assert_int_equal(content->error.code, VT_ERROR_CANCELLED);
        }
        desk_destroy(desk, content);
    }
    desk_rest(desk);
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_in_many_ways),      cmocka_unit_test(long_lines_go_on_in_the_next),
        cmocka_unit_test(what_is_no_text_is_refused),  cmocka_unit_test(a_text_is_shown),
        cmocka_unit_test(faults_are_told_in_the_pane),
    };
    folder = files_temporary_folder();
    desk = desk_create(2);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    desk_free(desk);
    files_remove(folder);
    q_application_delete(application);
    return failed;
}
