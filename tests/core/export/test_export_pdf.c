/* A PDF of pictures: what stands where is told right, and a disk that is full is told. */
#include "tests/support/check.h"

#include "core/export/export_pdf.h"

#include <stdlib.h>
#include <string.h>

static void each_object_is_where_the_table_says(void **state)
{
    (void)state;
    char *bytes = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&bytes, &size);
    vt_pdf *pdf = vt_pdf_create(stream);
    assert_true(vt_pdf_add_page(pdf, "JPEG-ONE", 8, 100, 200, 595.28, 841.89, NULL));
    assert_true(vt_pdf_add_page(pdf, "JPEG-TWO!", 9, 100, 200, 595.28, 841.89, NULL));
    assert_true(vt_pdf_finish(pdf, NULL));
    vt_pdf_free(pdf);
    fclose(stream);
    assert_memory_equal(bytes, "%PDF-1.4\n", 9);
    long table = atol(strstr(bytes + size - 40, "startxref\n") + 10);
    assert_memory_equal(bytes + table, "xref\n0 9\n", 9);
    const char *line = bytes + table + 9;
    for (int object = 1; object < 9; object++) {
        char head[16];
        snprintf(head, sizeof head, "%d 0 obj\n", object);
        assert_memory_equal(bytes + atol(line + object * 20), head, strlen(head));
    }
    assert_non_null(memmem(bytes, size, "/Length 9 >>\nstream\nJPEG-TWO!\nendstream", 39));
    assert_non_null(memmem(bytes, size, "/MediaBox [0 0 595.28 841.89]", 29));
    assert_non_null(memmem(bytes, size, "/Kids [ 3 0 R 6 0 R ] /Count 2", 30));
    free(bytes);
}

static void a_pdf_needs_a_page(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    FILE *stream = tmpfile();
    vt_pdf *pdf = vt_pdf_create(stream);
    assert_false(vt_pdf_finish(pdf, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_pdf_free(pdf);
    fclose(stream);
}

static void a_full_disk_is_told(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    FILE *stream = fopen("/dev/full", "w");
    assert_non_null(stream);
    char *jpeg = calloc(1, 100000);
    vt_pdf *pdf = vt_pdf_create(stream);
    assert_true(vt_pdf_add_page(pdf, jpeg, 100000, 1, 1, 10, 10, NULL));
    assert_false(vt_pdf_finish(pdf, &error));
    assert_int_equal(error.code, VT_ERROR_NO_SPACE);
    vt_pdf_free(pdf);
    fclose(stream);
    free(jpeg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_object_is_where_the_table_says),
        cmocka_unit_test(a_pdf_needs_a_page),
        cmocka_unit_test(a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
