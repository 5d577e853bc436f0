/* Files for other programs: built when they are asked for, and not before. */
#include "tests/support/check.h"

#include "app/ui/files/file_mime.h"

#include <qt6c/qapplication.h>
#include <qt6c/value.h>

#include <stdlib.h>
#include <string.h>

static int asked, released;

static void path_of(void *user, size_t index, vt_str *path)
{
    const char *const *paths = user;
    asked++;
    vt_str_append_cstr(path, paths[index]);
}

static void many(void *user, size_t index, vt_str *path)
{
    (void)user;
    asked++;
    vt_str_appendf(path, "/pictures/%06zu.jpg", index);
}

static void release(void *user)
{
    (void)user;
    released++;
}

static char *read_format(QMimeData *mime, const char *format)
{
    QByteArray bytes = q_mimedata_data(mime, format);
    char *text = strndup(bytes.ptr ? bytes.ptr : "", (size_t)bytes.size);
    qt_bytearray_release(&bytes);
    return text;
}

static void files_are_named_as_each_program_wants_it(void **state)
{
    (void)state;
    static const char *const paths[] = {"/a b/c#1.jpg", "", "/\xc3\xa4/\xff.png"};
    asked = released = 0;
    QMimeData *mime = vt_file_mime_create(&(vt_mime_files){3, path_of, release, (void *)paths});
    assert_true(q_mimedata_has_format(mime, "text/uri-list"));
    assert_true(q_mimedata_has_urls(mime));
    assert_false(q_mimedata_has_format(mime, "text/html"));
    assert_int_equal(asked, 0);
    char *list = read_format(mime, "text/uri-list");
    assert_string_equal(list, "file:///a%20b/c%231.jpg\r\nfile:///%C3%A4/%FF.png\r\n");
    char *copied = read_format(mime, "x-special/gnome-copied-files");
    assert_string_equal(copied, "copy\nfile:///a%20b/c%231.jpg\nfile:///%C3%A4/%FF.png");
    free(list);
    free(copied);
    assert_int_equal(released, 0);
    q_mimedata_delete(mime);
    assert_int_equal(released, 1);
}

static void a_hundred_thousand_cost_nothing_before_they_are_dropped(void **state)
{
    (void)state;
    enum { COUNT = 100000 };
    asked = released = 0;
    QMimeData *mime = vt_file_mime_create(&(vt_mime_files){COUNT, many, release, NULL});
    QList formats = q_mimedata_formats(mime);
    assert_int_equal(formats.size, 2);
    qt_string_list_release(&formats);
    assert_int_equal(asked, 0);
    char *list = read_format(mime, "text/uri-list");
    assert_int_equal(asked, COUNT);
    assert_int_equal(strlen(list), (size_t)COUNT * strlen("file:///pictures/000000.jpg\r\n"));
    free(list);
    q_mimedata_delete(mime);
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_named_as_each_program_wants_it),
        cmocka_unit_test(a_hundred_thousand_cost_nothing_before_they_are_dropped),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    q_application_delete(application);
    return failed;
}
