/* Texts in panes: read in the background, whatever they are; those that are none are refused in words. */
#include "tests/support/check.h"

#include "tests/app/ui/panes/pane_desk.h"
#include "tests/support/files.h"

#include "app/ui/panes/pane_text_file.h"

#include <qt6c/qclipboard.h>
#include <qt6c/qtableview.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
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

/* Each line is looked for where it may end only: else this would take minutes. */
static void a_file_of_one_line_is_read_in_a_moment(void **state)
{
    (void)state;
    enum { LENGTH = 48 << 20, SECONDS = 15 };
    char *text = malloc(LENGTH);
    memset(text, 'x', LENGTH);
    clock_t begun = clock();
    vt_text_file file = read_bytes(text, LENGTH);
    assert_in_range((clock() - begun) / CLOCKS_PER_SEC, 0, SECONDS);
    assert_int_equal(file.count, (LENGTH + VT_TEXT_LINE_MAX - 1) / VT_TEXT_LINE_MAX);
    assert_int_equal(file.longest, VT_TEXT_LINE_MAX);
    assert_false(file.is_cut);
    vt_text_file_free(&file);
    free(text);
}

static void of_a_very_long_file_the_beginning_is_read(void **state)
{
    (void)state;
    enum { LINE = 100, MORE = 1 << 20 };
    char *text = malloc(VT_TEXT_FILE_MAX + MORE);
    for (size_t i = 0; i < VT_TEXT_FILE_MAX + MORE; i++) {
        text[i] = i % LINE == LINE - 1 ? '\n' : 'x';
    }
    text[VT_TEXT_FILE_MAX - 2] = '\xe2'; /* a character across the limit */
    text[VT_TEXT_FILE_MAX - 1] = '\x82';
    text[VT_TEXT_FILE_MAX] = '\xac';
    vt_text_file file = read_bytes(text, VT_TEXT_FILE_MAX + MORE);
    assert_true(file.is_cut);
    assert_false(file.is_latin1);
    assert_int_equal(file.length, VT_TEXT_FILE_MAX - 2);
    assert_int_equal(file.count, (VT_TEXT_FILE_MAX - 2 + LINE - 1) / LINE);
    vt_text_file_free(&file);
    memset(text, '\n', VT_TEXT_LINES_MAX + 1);
    file = read_bytes(text, VT_TEXT_LINES_MAX + 1);
    assert_true(file.is_cut);
    assert_int_equal(file.count, VT_TEXT_LINES_MAX);
    check_line(&file, VT_TEXT_LINES_MAX - 1, "");
    vt_text_file_free(&file);
    file = read_bytes(text, VT_TEXT_LINES_MAX);
    assert_false(file.is_cut);
    vt_text_file_free(&file);
    free(text);
}

/* As a machine that loses its power leaves a log. */
static void zero_bytes_far_behind_the_beginning_are_passed_over(void **state)
{
    (void)state;
    enum { LENGTH = 200000, ZEROS = 100000 };
    char *text = malloc(LENGTH);
    memset(text, 'x', LENGTH);
    memset(text + ZEROS, '\0', LENGTH - ZEROS);
    vt_text_file file = read_bytes(text, LENGTH);
    assert_int_equal(file.count, LENGTH / VT_TEXT_LINE_MAX);
    assert_int_equal(file.length, LENGTH);
    assert_null(memchr(file.text, '\0', LENGTH));
    vt_text_file_free(&file);
    free(text);
}

static void utf16_is_read_in_both_orders(void **state)
{
    (void)state;
    /* A, umlaut, euro, a pair, half a pair, zero, line end, B, and a byte too many. */
    static const char little[] = "\xff\xfe"
                                 "A\0"
                                 "\xe4\0"
                                 "\xac\x20"
                                 "\x3d\xd8\x00\xde"
                                 "\x3d\xd8"
                                 "\0\0"
                                 "\n\0"
                                 "B\0"
                                 "x";
    static const char big[] = "\xfe\xff"
                              "\0A"
                              "\0\xe4"
                              "\x20\xac"
                              "\xd8\x3d\xde\x00"
                              "\xd8\x3d"
                              "\0\0"
                              "\0\n"
                              "\0B";
    for (int i = 0; i < 2; i++) {
        vt_text_file file = i ? read_bytes(big, sizeof big - 1) : read_bytes(little, sizeof little - 1);
        assert_int_equal(file.count, 2);
        assert_false(file.is_latin1);
        check_line(&file, 0, "A\u00e4\u20ac\U0001f600\ufffd\x1a");
        check_line(&file, 1, "B");
        vt_text_file_free(&file);
    }
    vt_text_file file = read_bytes("\xff\xfe", 2);
    assert_int_equal(file.count, 0);
    vt_text_file_free(&file);
}

static bool stop_once_it_is_read(void *user, double share)
{
    (void)user;
    return share < 1;
}

static void looking_for_lines_is_cancelled(void **state)
{
    (void)state;
    enum { LINES = 100000 };
    vt_text_file file;
    vt_error error = VT_ERROR_INIT;
    char *text = malloc(LINES);
    memset(text, '\n', LINES);
    const char *path = files_path(folder, "lines.txt");
    files_write(path, text, LINES);
    assert_false(vt_text_file_read(&file, path, stop_once_it_is_read, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    assert_null(file.text);
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

static QTableView *table_of(vt_pane_content *content)
{
    const QList *children = q_object_children(content->widget);
    QTableView *found = NULL;
    for (ptrdiff_t i = 0; i < children->size; i++) {
        QObject *object = ((QObject **)children->ptr)[i];
        found = q_object_inherits(object, "QTableView") ? (QTableView *)object : found;
    }
    return found;
}

static char *copied(vt_pane_content *content)
{
    desk_key(table_of(content), Qt_Key_C, Qt_ControlModifier);
    return q_clipboard_text(q_guiapplication_clipboard());
}

/* The time of copying is that of what is selected; more than the clipboard is to hold is said to be. */
static void lines_are_copied(void **state)
{
    (void)state;
    enum { LINES = 150000, COPIED = 100000 };
    char *lines = malloc((size_t)LINES * 2);
    for (size_t i = 0; i < LINES; i++) {
        lines[2 * i] = (char)('a' + i % 26);
        lines[2 * i + 1] = '\n';
    }
    const char *path = files_path(folder, "letters.txt");
    files_write(path, lines, (size_t)LINES * 2);
    vt_pane_content *content = show_file(path);
    desk_wait_stage(desk, content, VT_PANE_READY);
    q_tableview_select_row(table_of(content), 2);
    desk->said[0] = '\0';
    char *text = copied(content);
    assert_string_equal(text, "c\n");
    assert_string_equal(desk->said, "");
    free(text);
    q_abstractitemview_select_all(table_of(content));
    text = copied(content);
    assert_int_equal(strlen(text), 2 * COPIED);
    assert_memory_equal(text, lines, strlen(text));
    assert_non_null(strstr(desk->said, "100"));
    free(text);
    memset(lines, 'x', LINES); /* one line, which is shown as many */
    lines[LINES] = '\n';
    files_write(path, lines, LINES + 1);
    content->type->show(content, path);
    desk_wait_stage(desk, content, VT_PANE_READY);
    text = copied(content);
    assert_int_equal(strlen(text), LINES + 1);
    assert_memory_equal(text, lines, LINES + 1);
    free(text);
    desk_destroy(desk, content);
    free(lines);
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
        cmocka_unit_test(lines_end_in_many_ways),
        cmocka_unit_test(long_lines_go_on_in_the_next),
        cmocka_unit_test(a_file_of_one_line_is_read_in_a_moment),
        cmocka_unit_test(of_a_very_long_file_the_beginning_is_read),
        cmocka_unit_test(zero_bytes_far_behind_the_beginning_are_passed_over),
        cmocka_unit_test(utf16_is_read_in_both_orders),
        cmocka_unit_test(looking_for_lines_is_cancelled),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(a_text_is_shown),
        cmocka_unit_test(lines_are_copied),
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
