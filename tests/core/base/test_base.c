/* core/base: errors, strings, arena, paths. */
#include "tests/support/check.h"

#include "core/base/arena.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/base/thread.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void error_names_round_trip(void **state)
{
    (void)state;
    for (int code = 0; code < VT_ERROR_COUNT; code++) {
        const char *name = vt_error_code_name((vt_error_code)code);
        assert_non_null(name);
        assert_int_equal(vt_error_code_from_name(name), code);
    }
    assert_int_equal(vt_error_code_from_name("no such name"), VT_ERROR_INTERNAL);
}

static void error_from_errno_says_what_and_why(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_error_set_errno(&error, ENOENT, "cannot open %s", "/x"));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_int_equal(error.system, ENOENT);
    assert_string_equal(error.message, "cannot open /x: No such file or directory");
    assert_false(vt_error_set_errno(NULL, EIO, "ignored"));
    vt_error_set_errno(&error, ENOSPC, "write");
    assert_int_equal(error.code, VT_ERROR_NO_SPACE);
}

static void long_error_is_cut_at_a_character(void **state)
{
    (void)state;
    char text[1200] = "";
    for (int i = 0; i < 300; i++) {
        /* a-umlaut, x: the cut falls inside a character for some offset */
        memcpy(text + 3 * i, "\xc3\xa4x", 4);
    }
    for (int pad = 0; pad < 3; pad++) {
        vt_error error;
        vt_error_set(&error, VT_ERROR_IO, "%.*s%s", pad, "abc", text);
        assert_true(vt_utf8_valid(error.message, strlen(error.message)));
        assert_true(strlen(error.message) >= sizeof error.message - 4);
    }
}

static void str_keeps_bytes(void **state)
{
    (void)state;
    vt_str str = VT_STR_INIT;
    assert_string_equal(str.data, "");
    vt_str_append(&str, "a\0b", 3);
    vt_str_appendf(&str, "%d", 42);
    assert_int_equal(str.length, 5);
    assert_memory_equal(str.data, "a\0b42", 6);
    char *taken = vt_str_take(&str);
    assert_memory_equal(taken, "a\0b42", 6);
    free(taken);
    assert_int_equal(str.length, 0);
    taken = vt_str_take(&str);
    assert_string_equal(taken, "");
    free(taken);
}

static void display_replaces_what_is_not_text(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *shown;
    } cases[] = {
        {"plain", "plain"},
        {"gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f"},
        {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
        {"bad\xff.jpg", "bad\xef\xbf\xbd.jpg"},
        {"line\nbreak", "line\xef\xbf\xbd"
                        "break"},
        /* NOLINTNEXTLINE(misc-misleading-bidirectional): that it misleads is what is tested */
        {"\xe2\x80\xaegpj.exe", "\xef\xbf\xbdgpj.exe"},
        {"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},                 /* overlong slash */
        {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* surrogate */
        {"\xe2\x82", "\xef\xbf\xbd\xef\xbf\xbd"},                 /* cut short */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_str str = VT_STR_INIT;
        vt_str_append_display(&str, cases[i].bytes, strlen(cases[i].bytes));
        assert_string_equal(str.data, cases[i].shown);
        vt_str_free(&str);
    }
}

static void arena_gives_aligned_separate_memory(void **state)
{
    (void)state;
    vt_arena *arena = vt_arena_create(256);
    char *pieces[200];
    for (size_t i = 0; i < 200; i++) {
        pieces[i] = vt_arena_alloc(arena, i + 1);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % 16, 0);
        memset(pieces[i], (int)i, i + 1);
    }
    for (size_t i = 0; i < 200; i++) {
        for (size_t j = 0; j <= i; j++) {
            assert_int_equal((unsigned char)pieces[i][j], i);
        }
    }
    assert_string_equal(vt_arena_copy(arena, "name", 4), "name");
    size_t held = vt_arena_bytes(arena);
    vt_arena_reset(arena);
    assert_true(vt_arena_bytes(arena) < held);
    vt_arena_free(arena);
    vt_arena_free(NULL);
}

static void path_parts(void **state)
{
    (void)state;
    assert_string_equal(vt_path_name("/a/b.c"), "b.c");
    assert_string_equal(vt_path_name("b"), "b");
    assert_string_equal(vt_path_extension("/a.d/b"), "");
    assert_string_equal(vt_path_extension("/a/b.tar.GZ"), "GZ");
    assert_string_equal(vt_path_extension("/a/.hidden"), "");
    char *joined = vt_path_join("/a/", "b");
    assert_string_equal(joined, "/a/b");
    free(joined);
    assert_true(vt_path_is_below("/a/b", "/a"));
    assert_true(vt_path_is_below("/a", "/a"));
    assert_true(vt_path_is_below("/a", "/"));
    assert_false(vt_path_is_below("/ab", "/a"));
}

static void xdg_folder_ignores_relative_values(void **state)
{
    (void)state;
    setenv("HOME", "/home/someone", 1);
    setenv("XDG_DATA_HOME", "relative", 1);
    char *folder = vt_path_xdg(VT_XDG_DATA, NULL);
    assert_string_equal(folder, "/home/someone/.local/share/vitrine");
    free(folder);
    setenv("XDG_DATA_HOME", "/data", 1);
    folder = vt_path_xdg(VT_XDG_DATA, NULL);
    assert_string_equal(folder, "/data/vitrine");
    free(folder);
    unsetenv("HOME");
    unsetenv("XDG_CACHE_HOME");
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_path_xdg(VT_XDG_CACHE, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
}

static void make_folders_reports_the_file_in_the_way(void **state)
{
    (void)state;
    char root[] = "/tmp/vt-base-XXXXXX";
    assert_non_null(mkdtemp(root));
    char *deep = vt_path_join(root, "a/b/c");
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_path_make_folders(deep, &error));
    assert_true(vt_path_make_folders(deep, &error)); /* again is fine */
    char *file = vt_path_join(root, "a/b/c/file");
    fclose(fopen(file, "w"));
    char *below = vt_path_join(file, "d");
    assert_false(vt_path_make_folders(below, &error));
    assert_non_null(strstr(error.message, file));
    unlink(file);
    for (const char *const *part = (const char *const[]){"a/b/c", "a/b", "a", NULL}; *part; part++) {
        char *folder = vt_path_join(root, *part);
        assert_int_equal(rmdir(folder), 0);
        free(folder);
    }
    rmdir(root);
    free(below);
    free(file);
    free(deep);
}

static void remember_line(void *user, vt_log_level level, const char *component, const char *line)
{
    snprintf(user, 256, "%s/%s/%s", vt_log_level_name(level), component, line);
}

static void log_reaches_the_sink_with_its_component(void **state)
{
    (void)state;
    char seen[256] = "";
    vt_log root = {remember_line, seen, "root", VT_LOG_INFO};
    vt_log log = vt_log_for(&root, "scan");
    vt_log_write(&log, VT_LOG_WARN, "%d files", 3);
    assert_string_equal(seen, "warning/scan/3 files");
    vt_log_write(&log, VT_LOG_DEBUG, "not wanted");
    assert_string_equal(seen, "warning/scan/3 files");
    vt_log_write(NULL, VT_LOG_ERROR, "nowhere");
    vt_log_write(&vt_log_none, VT_LOG_ERROR, "nowhere");
}

static void clock_is_monotonic(void **state)
{
    (void)state;
    int64_t before = vt_clock_now();
    assert_true(vt_clock_now() >= before);
    assert_true(vt_clock_wall() > INT64_C(1700000000) * VT_NS_PER_S);
    assert_true(vt_clock_thread_cpu() > 0);
}

static void assert_joined(const char *folder, const char *name, size_t name_length, const char *expected,
                          size_t name_at)
{
    char path[32] = "";
    assert_int_equal(vt_path_joined_length(folder, strlen(folder), name_length), strlen(expected));
    assert_int_equal(vt_path_join_to(path, folder, strlen(folder), name, name_length), name_at);
    assert_string_equal(path, expected);
}

static void bytes_of_paths_are_joined_with_one_slash(void **state)
{
    (void)state;
    assert_joined("/a/b", "c.png", 5, "/a/b/c.png", 5);
    assert_joined("/", "c", 1, "/c", 1);
    assert_joined("/a/", "cut", 1, "/a/c", 3);
    assert_joined("", "c", 1, "c", 0);
    assert_joined("/a", "", 0, "/a/", 3); /* a folder to be named with its slash */
}

static void *read_blocked(void *user)
{
    pthread_sigmask(SIG_SETMASK, NULL, user);
    return NULL;
}

static void threads_leave_signals_to_their_maker(void **state)
{
    (void)state;
    sigset_t before, after, inside;
    pthread_t thread;
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    assert_int_equal(vt_thread_start(&thread, "test", read_blocked, &inside), 0);
    pthread_join(thread, NULL);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        assert_int_equal(sigismember(&inside, signals[i]), 1);
        assert_int_equal(sigismember(&after, signals[i]), sigismember(&before, signals[i]));
    }
}

static void all_arenas_are_weighed_together(void **state)
{
    (void)state;
    size_t before = vt_arena_total();
    vt_arena *one = vt_arena_create(1000);
    vt_arena *other = vt_arena_create(0);
    vt_arena *apart = vt_arena_create(0);
    vt_arena_leave_total(apart);
    assert_non_null(vt_arena_alloc(one, 600)); /* a block of its own */
    assert_non_null(vt_arena_alloc(one, 100));
    assert_non_null(vt_arena_alloc(other, 100));
    assert_non_null(vt_arena_alloc(apart, 100));
    assert_true(vt_arena_bytes(apart) > 100);
    assert_int_equal(vt_arena_total() - before, vt_arena_bytes(one) + vt_arena_bytes(other));
    vt_arena_reset(one);
    assert_int_equal(vt_arena_total() - before, vt_arena_bytes(one) + vt_arena_bytes(other));
    vt_arena_free(one);
    vt_arena_free(apart);
    assert_int_equal(vt_arena_total() - before, vt_arena_bytes(other));
    vt_arena_free(other);
    assert_int_equal(vt_arena_total(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(error_names_round_trip),
        cmocka_unit_test(bytes_of_paths_are_joined_with_one_slash),
        cmocka_unit_test(threads_leave_signals_to_their_maker),
        cmocka_unit_test(error_from_errno_says_what_and_why),
        cmocka_unit_test(long_error_is_cut_at_a_character),
        cmocka_unit_test(str_keeps_bytes),
        cmocka_unit_test(display_replaces_what_is_not_text),
        cmocka_unit_test(arena_gives_aligned_separate_memory),
        cmocka_unit_test(path_parts),
        cmocka_unit_test(xdg_folder_ignores_relative_values),
        cmocka_unit_test(make_folders_reports_the_file_in_the_way),
        cmocka_unit_test(log_reaches_the_sink_with_its_component),
        cmocka_unit_test(clock_is_monotonic),
        cmocka_unit_test(all_arenas_are_weighed_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
