/* core/export/csv: fields as RFC 4180 has them, and faults of whoever takes them. */
#include "tests/support/check.h"

#include "core/base/str.h"
#include "core/export/csv.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

typedef struct sheet {
    vt_str text;
    vt_csv csv;
} sheet;

static sheet *begin(sheet *of)
{
    of->text = (vt_str)VT_STR_INIT;
    vt_csv_begin(&of->csv, vt_json_to_str, &of->text);
    return of;
}

static void check(sheet *of, const char *expected)
{
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_csv_end(&of->csv, &error));
    assert_string_equal(of->text.data, expected);
    vt_str_free(&of->text);
}

static void rows_are_fields_between_commas(void **state)
{
    (void)state;
    sheet of;
    begin(&of);
    vt_csv_text(&of.csv, "name");
    vt_csv_text(&of.csv, "size");
    vt_csv_end_row(&of.csv);
    vt_csv_text(&of.csv, "caf\xc3\xa9.jpg");
    vt_csv_int(&of.csv, 4120000);
    vt_csv_end_row(&of.csv);
    check(&of, "name,size\r\ncaf\xc3\xa9.jpg,4120000\r\n");
}

static void what_would_break_a_row_is_quoted(void **state)
{
    (void)state;
    sheet of;
    begin(&of);
    const char *const fields[] = {"a,b",    "say \"hi\"", "two\nlines", "cr\r",
                                  " space", "space ",     "in side",    "\""};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        vt_csv_text(&of.csv, fields[i]);
    }
    vt_csv_end_row(&of.csv);
    check(&of,
          "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"cr\r\",\" space\",\"space \",in side,\"\"\"\"\r\n");
}

static void a_row_of_one_empty_field_is_no_empty_line(void **state)
{
    (void)state;
    sheet of;
    begin(&of);
    vt_csv_empty(&of.csv);
    vt_csv_end_row(&of.csv);
    vt_csv_empty(&of.csv);
    vt_csv_text(&of.csv, "");
    vt_csv_end_row(&of.csv);
    vt_csv_text(&of.csv, "");
    vt_csv_text(&of.csv, "b");
    vt_csv_end_row(&of.csv);
    check(&of, "\"\"\r\n,\r\n,b\r\n");
}

static void bytes_that_are_no_text_are_marked(void **state)
{
    (void)state;
    sheet of;
    begin(&of);
    vt_csv_bytes(&of.csv, "caf\xe9\"\xff", 6);
    vt_csv_end_row(&of.csv);
    check(&of, "\"caf\xef\xbf\xbd\"\"\xef\xbf\xbd\"\r\n");
}

/* It is documented so: a program that reads the table must find the name. */
static void what_looks_like_a_formula_stays(void **state)
{
    (void)state;
    sheet of;
    begin(&of);
    vt_csv_text(&of.csv, "=1+1.png");
    vt_csv_text(&of.csv, "@x");
    vt_csv_end_row(&of.csv);
    check(&of, "=1+1.png,@x\r\n");
}

static void numbers_know_no_locale(void **state)
{
    (void)state;
    setlocale(LC_ALL, "de_DE.UTF-8"); /* where it is installed, with a comma */
    sheet of;
    begin(&of);
    vt_csv_decimal(&of.csv, 12.345, 2);
    vt_csv_decimal(&of.csv, -0.05, 1);
    vt_csv_decimal(&of.csv, 12, 0);
    vt_csv_decimal(&of.csv, 0.001, 3);
    vt_csv_decimal(&of.csv, NAN, 1);
    vt_csv_decimal(&of.csv, 1e300, 1);
    vt_csv_int(&of.csv, INT64_MIN);
    vt_csv_end_row(&of.csv);
    check(&of, "12.35,-0.1,12,0.001,,,-9223372036854775808\r\n");
    setlocale(LC_ALL, "C");
}

static void dates_are_iso_8601(void **state)
{
    (void)state;
    sheet of;
    begin(&of);
    vt_csv_time(&of.csv, INT64_C(1700000000000000000));
    vt_csv_clock(&of.csv, INT64_C(1700000000999999999));
    vt_csv_time(&of.csv, -1); /* a moment before 1970 */
    vt_csv_time(&of.csv, INT64_MIN);
    vt_csv_end_row(&of.csv);
    check(&of, "2023-11-14T22:13:20Z,2023-11-14T22:13:20,1969-12-31T23:59:59Z,1677-09-21T00:12:43Z\r\n");
}

typedef struct full_disk {
    size_t room;
    int reason;
    int calls_after;
} full_disk;

static bool fill_up(void *user, const char *bytes, size_t count)
{
    (void)bytes;
    full_disk *disk = user;
    if (count > disk->room) {
        disk->room = 0;
        disk->calls_after++;
        errno = disk->reason;
        return false;
    }
    disk->room -= count;
    return true;
}

static void a_fault_is_told_once_and_ends_all(void **state)
{
    (void)state;
    static const struct {
        int reason;
        vt_error_code code;
        const char *says;
    } faults[] = {{ENOSPC, VT_ERROR_NO_SPACE, "no space left"},
                  {EDQUOT, VT_ERROR_NO_SPACE, "Make room"},
                  {ENOMEM, VT_ERROR_MEMORY, "out of memory"},
                  {EIO, VT_ERROR_IO, "could not be written"},
                  {0, VT_ERROR_IO, "could not be written"}};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        full_disk disk = {.room = 7, .reason = faults[i].reason};
        vt_csv csv;
        vt_csv_begin(&csv, fill_up, &disk);
        for (int row = 0; row < 10; row++) {
            vt_csv_text(&csv, "abc");
            vt_csv_end_row(&csv);
        }
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_csv_end(&csv, &error));
        assert_int_equal(error.code, faults[i].code);
        assert_non_null(strstr(error.message, faults[i].says));
        assert_int_equal(disk.calls_after, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_fields_between_commas),
        cmocka_unit_test(what_would_break_a_row_is_quoted),
        cmocka_unit_test(a_row_of_one_empty_field_is_no_empty_line),
        cmocka_unit_test(bytes_that_are_no_text_are_marked),
        cmocka_unit_test(what_looks_like_a_formula_stays),
        cmocka_unit_test(numbers_know_no_locale),
        cmocka_unit_test(dates_are_iso_8601),
        cmocka_unit_test(a_fault_is_told_once_and_ends_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
