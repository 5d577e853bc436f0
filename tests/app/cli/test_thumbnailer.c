/*
 * The desktop's thumbnailer, installed and run as a file manager runs it: the Exec line of its entry, words
 * split, fields filled in, the program found in PATH.
 *
 * Source: what GNOME's and Xfce's thumbnail services do with *.thumbnailer files: %i path, %u URI, %o the
 * file to write, %s its size, %% a percent sign.
 */
#include "tests/support/check.h"

#include "core/base/str.h"
#include "core/base/uri.h"
#include "tests/support/files.h"
#include "tests/support/program.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORDS_MAX = 16 };

static struct {
    char *root, *home, *prefix, *entry;
    char path[PATH_MAX + 32];
} shared;

/* Installs the program, its helper and the desktop's files, and nothing that is not built here. */
static int set_up(void **state)
{
    (void)state;
    static const char *const parts[] = {"app", "assets/desktop"};
    char command[3 * PATH_MAX];
    shared.root = files_temporary_folder();
    shared.home = strdup(files_folder(shared.root, "home"));
    shared.prefix = strdup(files_folder(shared.root, "usr"));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        snprintf(command, sizeof command,
                 "cmake -DCMAKE_INSTALL_PREFIX='%s' -P '" VT_BUILD "/%s/cmake_install.cmake' >/dev/null",
                 shared.prefix, parts[i]);
        assert_int_equal(system(command), 0);
    }
    size_t count = 0;
    shared.entry = files_read(files_path(shared.prefix, "share/thumbnailers/vitrine.thumbnailer"), &count);
    shared.entry = realloc(shared.entry, count + 1);
    assert_non_null(shared.entry);
    shared.entry[count] = '\0';
    snprintf(shared.path, sizeof shared.path, "PATH=%s/bin:/usr/bin:/bin", shared.prefix);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    files_remove(shared.root);
    free(shared.home);
    free(shared.prefix);
    free(shared.entry);
    return 0;
}

/* The value of a key of the entry, in a static buffer. */
static const char *value_of(const char *key)
{
    static char value[512];
    char line[64];
    snprintf(line, sizeof line, "\n%s=", key);
    const char *at = strstr(shared.entry, line);
    assert_non_null(at);
    at += strlen(line);
    snprintf(value, sizeof value, "%.*s", (int)strcspn(at, "\n"), at);
    return value;
}

/* One word of the Exec line with its fields filled in; free(). */
static char *fill(const char *word, const char *input, const char *output, const char *size)
{
    vt_str filled = VT_STR_INIT;
    for (; *word; word++) {
        if (*word != '%') {
            vt_str_append_char(&filled, *word);
            continue;
        }
        switch (*++word) {
        case 'i':
            vt_str_append_cstr(&filled, input);
            break;
        case 'u':
            vt_uri_from_path(input, strlen(input), &filled);
            break;
        case 'o':
            vt_str_append_cstr(&filled, output);
            break;
        case 's':
            vt_str_append_cstr(&filled, size);
            break;
        case '%':
            vt_str_append_char(&filled, '%');
            break;
        default:
            fail_msg("the Exec line has a field that no file manager knows: %%%c", *word);
        }
    }
    return vt_str_take(&filled);
}

/* Runs words as they are, the first of them looked up in PATH. */
static program_result run(const char *const *words)
{
    const char *const wrapper[] = {"env", shared.path, "sh", "-c", "shift; exec \"$@\"", "sh", NULL};
    const program_options options = {.home = shared.home, .folder = "/", .wrapper = wrapper};
    return program_run(&options, words);
}

static program_result run_exec(const char *exec, const char *input, const char *output, const char *size)
{
    char line[512];
    char *words[WORDS_MAX + 1] = {NULL};
    char *rest = NULL;
    size_t count = 0;
    snprintf(line, sizeof line, "%s", exec);
    for (char *word = strtok_r(line, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        assert_true(count < WORDS_MAX);
        words[count++] = fill(word, input, output, size);
    }
    program_result result = run((const char *const *)words);
    for (size_t i = 0; i < count; i++) {
        free(words[i]);
    }
    return result;
}

static void expect_png(const char *path, unsigned width, unsigned height)
{
    size_t count = 0;
    unsigned char *bytes = (unsigned char *)files_read(path, &count);
    assert_true(count > 33);
    assert_memory_equal(bytes, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(bytes[18] << 8 | bytes[19], width);
    assert_int_equal(bytes[22] << 8 | bytes[23], height);
    free(bytes);
}

static int names_in(const char *folder)
{
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    int count = 0;
    while (readdir(entries)) {
        count++;
    }
    closedir(entries);
    return count - 2;
}

static void the_entry_makes_thumbnails(void **state)
{
    (void)state;
    static const char *const names[] = {"plain.tga", "with space.tga", "-s.tga",
                                        "100%s \"quoted\" $HOME;.tga", "\xff\xfe not UTF-8.tga"};
    static const struct {
        const char *size;
        unsigned width, height;
    } sizes[] = {{"128", 128, 96}, {"256", 256, 192}, {"512", 400, 300}, {"1024", 400, 300}};
    char *folder = strdup(files_folder(shared.root, "pictures"));
    char *outputs = strdup(files_folder(shared.root, "outputs"));
    char *output = strdup(files_path(outputs, "thumb.png"));
    char *exec = strdup(value_of("Exec"));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *input = strdup(files_path(folder, names[i]));
        files_write_picture(input, 400, 300, (unsigned)i);
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
            files_write(output, "", 0); /* file managers make it first */
            program_result result = run_exec(exec, input, output, sizes[s].size);
            if (result.status != 0 || result.length != 0) {
                fail_msg("status %d: %s%s", result.status, result.out, result.err);
            }
            expect_png(output, sizes[s].width, sizes[s].height);
            assert_int_equal(names_in(outputs), 1); /* nothing temporary is left */
            program_result_free(&result);
        }
        free(input);
    }
    free(exec);
    free(output);
    free(outputs);
    free(folder);
}

static void files_may_be_named_by_uris(void **state)
{
    (void)state;
    char *output = strdup(files_path(shared.root, "of-uri.png"));
    char *input = strdup(files_path(shared.root, "\xff a%20b;.tga"));
    files_write_picture(input, 40, 20, 1);
    program_result result = run_exec("vitrine thumbnail --size %s -o %o -- %u", input, output, "128");
    assert_int_equal(result.status, 0);
    expect_png(output, 40, 20);
    program_result_free(&result);
    assert_int_equal(unlink(output), 0);
    static const char *const others[] = {"file://elsewhere/a.tga", "file:///a%00b", "file:"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        result = run((const char *const[]){"vitrine", "thumbnail", "-o", output, others[i], NULL});
        assert_int_equal(result.status, 1);
        assert_non_null(strstr(result.err, others[i]));
        assert_int_equal(access(output, F_OK), -1);
        program_result_free(&result);
    }
    free(input);
    free(output);
}

/* A thumbnail service remembers a failure by the exit status, and shows no half of a picture. */
static void what_cannot_be_read_fails_and_writes_nothing(void **state)
{
    (void)state;
    char *output = strdup(files_path(shared.root, "none.png"));
    char *exec = strdup(value_of("Exec"));
    files_write(files_path(shared.root, "text.tga"), "no picture", 10);
    files_write(files_path(shared.root, "empty.tga"), "", 0);
    static const char *const inputs[] = {"text.tga", "empty.tga", "missing.tga", "home"};
    program_result before = run_exec(exec, files_sample("Formats/flower.tga"), output, "256");
    assert_int_equal(before.status, 0);
    program_result_free(&before);
    size_t size = 0;
    free(files_read(output, &size));
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        program_result result = run_exec(exec, files_path(shared.root, inputs[i]), output, "256");
        assert_int_equal(result.status, 1);
        assert_non_null(strstr(result.err, inputs[i]));
        size_t count = 0;
        char *bytes = files_read(output, &count);
        assert_int_equal(count, size);
        free(bytes);
        program_result_free(&result);
    }
    program_result result = run_exec(exec, files_path(shared.root, "text.tga"), output, "0");
    assert_int_equal(result.status, 2);
    program_result_free(&result);
    free(exec);
    free(output);
}

/* Every type the entry names is one the program reads, by a file of it; and what else it needs is there. */
static void the_entry_fits_the_program(void **state)
{
    (void)state;
    static const struct {
        const char *type, *name;
        const void *bytes;
        size_t size;
    } files[] = {
        {"image/x-tga", "a.tga", "\0\0\2\0\0\0\0\0\0\0\0\0\1\0\1\0\x18\x20\1\2\3", 21},
        {"image/vnd.radiance", "a.hdr", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n\x80\x80\x80\x80",
         49},
        {"model/stl", NULL, NULL, 0},
        {"image/webp", NULL, NULL, 0},
        {"image/vnd.adobe.photoshop", NULL, NULL, 0},
    };
    char *types = strdup(value_of("MimeType"));
    char *output = strdup(files_path(shared.root, "typed.png"));
    assert_string_equal(value_of("TryExec"), "vitrine");
    assert_int_equal(access(files_path(shared.prefix, "bin/vitrine"), X_OK), 0);
    assert_int_equal(access(files_path(shared.prefix, "libexec/vitrine/vitrine-decoder"), X_OK), 0);
    size_t named = 0;
    for (size_t i = 0; types[i]; i++) {
        named += types[i] == ';';
    }
    assert_int_equal(named, sizeof files / sizeof *files);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_non_null(strstr(types, files[i].type));
        if (files[i].name) {
            char *input = strdup(files_path(shared.root, files[i].name));
            files_write(input, files[i].bytes, files[i].size);
            program_result result = run_exec("vitrine thumbnail --size %s -o %o -- %i", input, output, "64");
            if (result.status != 0) {
                fail_msg("%s: %s", files[i].type, result.err);
            }
            program_result_free(&result);
            free(input);
        }
    }
    char *model = strdup(files_path(shared.root, "a.stl"));
    files_write_tetrahedron(model, 3);
    program_result result = run_exec(value_of("Exec"), model, output, "128");
    assert_int_equal(result.status, 0);
    expect_png(output, 128, 128);
    program_result_free(&result);
    free(model);
    free(output);
    free(types);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_entry_makes_thumbnails),
        cmocka_unit_test(files_may_be_named_by_uris),
        cmocka_unit_test(what_cannot_be_read_fails_and_writes_nothing),
        cmocka_unit_test(the_entry_fits_the_program),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
