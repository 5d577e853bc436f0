/* Strings, variants and lists on their way to Qt and back. */
#include "tests/support/check.h"

#include "tests/bindings/application.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void round_trip(const char *text, size_t length, size_t units)
{
    QString string = qt_string_from_utf8_bytes(text, length);
    assert_int_equal(string.size, units);
    size_t back = 0;
    char *utf8 = qt_string_to_utf8_bytes(&string, &back);
    assert_int_equal(back, length);
    assert_memory_equal(utf8, text, length);
    assert_int_equal(utf8[length], 0);
    free(utf8);
    qt_string_release(&string);
    assert_null(string.d);
    assert_int_equal(string.size, 0);
}

static void text_survives(void **state)
{
    (void)state;
    round_trip("plain", 5, 5);
    round_trip("", 0, 0);
    round_trip("Gr\xc3\xbc\xc3\x9f"
               "e",
               7, 5);
    round_trip("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80", 11, 5); /* two astral letters and a joiner */
    round_trip("a\0b\0", 4, 4);
}

static void null_and_empty_differ(void **state)
{
    (void)state;
    QString null = qt_string_from_utf8(NULL);
    assert_null(null.ptr);
    QString empty = qt_string_from_utf8("");
    assert_int_equal(empty.size, 0);
    assert_non_null(empty.ptr);
    char *text = qt_string_to_utf8(&null);
    assert_string_equal(text, "");
    free(text);
    qt_string_release(&null);
    qt_string_release(&empty);
}

static void invalid_utf8_is_replaced(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
    } cases[] = {{"a\xff"
                  "b",
                  3},
                 {"a\xc3", 2}, /* cut short */
                 {"a\xed\xa0\x80"
                  "b",
                  5},                      /* a lone surrogate */
                 {"\xc0\x80", 2},          /* an overlong NUL */
                 {"\xf4\x90\x80\x80", 4}}; /* beyond U+10FFFF */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        QString string = qt_string_from_utf8_bytes(cases[i].bytes, cases[i].length);
        char *text = qt_string_take_utf8(&string);
        assert_non_null(strstr(text, "\xef\xbf\xbd"));
        free(text);
    }
}

static void a_megabyte_survives(void **state)
{
    (void)state;
    size_t length = 1 << 20;
    char *text = malloc(length);
    for (size_t i = 0; i < length; i++) {
        text[i] = (char)('a' + i % 26);
    }
    round_trip(text, length, length);
    free(text);
}

static void a_shared_string_outlives_its_twin(void **state)
{
    (void)state;
    QString first = qt_string_from_utf8("shared text that has storage");
    QString second = qt_string_share(&first);
    assert_ptr_equal(first.ptr, second.ptr);
    qt_string_release(&first);
    char *text = qt_string_take_utf8(&second);
    assert_string_equal(text, "shared text that has storage");
    free(text);
}

static void qt_keeps_and_returns_text(void **state)
{
    (void)state;
    QLabel *label = q_label_new("caption", NULL);
    char *text = q_label_text(label);
    assert_string_equal(text, "caption");
    free(text);
    QString with_nul = qt_string_from_utf8_bytes("x\0y", 3);
    q_label_set_text_qs(label, &with_nul);
    qt_string_release(&with_nul);
    QString back = q_label_text_qs(label);
    assert_int_equal(back.size, 3);
    assert_int_equal(back.ptr[1], 0);
    qt_string_release(&back);
    q_label_set_text(label, NULL);
    text = q_label_text(label);
    assert_string_equal(text, "");
    free(text);
    q_label_delete(label);
}

static void byte_arrays_keep_their_bytes(void **state)
{
    (void)state;
    QByteArray bytes = qt_bytearray_from_bytes("\0\1\xff", 3);
    assert_int_equal(bytes.size, 3);
    assert_memory_equal(bytes.ptr, "\0\1\xff", 4);
    QVariant variant = qt_variant_of(QT_TYPE_BYTES, &bytes);
    assert_int_equal(*(int *)bytes.d, 2); /* the variant holds the same bytes */
    q_variant_fini(&variant);
    assert_int_equal(*(int *)bytes.d, 1);
    qt_bytearray_release(&bytes);
    QByteArray empty = qt_bytearray_from_bytes(NULL, 0);
    assert_int_equal(empty.size, 0);
    qt_bytearray_release(&empty);
}

static void variants_hold_numbers(void **state)
{
    (void)state;
    QVariant v = qt_variant_int(-7);
    assert_string_equal(q_variant_type_name(&v), "int");
    assert_int_equal(q_variant_to_int(&v), -7);
    q_variant_fini(&v);
    v = qt_variant_bool(true);
    assert_true(q_variant_to_bool(&v));
    q_variant_fini(&v);
    v = qt_variant_int64(INT64_MIN);
    assert_true(q_variant_to_long_long(&v) == INT64_MIN);
    q_variant_fini(&v);
    v = qt_variant_double(0.1);
    assert_true(q_variant_to_double(&v) == 0.1);
    q_variant_fini(&v);
    v = qt_variant_null();
    assert_true(q_variant_is_null(&v));
    assert_int_equal(q_variant_to_int(&v), 0);
    q_variant_fini(&v);
}

static void variants_hold_values(void **state)
{
    (void)state;
    QVariant v = qt_variant_string("\xe2\x82\xac");
    assert_string_equal(q_variant_type_name(&v), "QString");
    char *text = q_variant_to_string(&v);
    assert_string_equal(text, "\xe2\x82\xac");
    free(text);
    q_variant_fini(&v);

    QRect rect = q_rect_make(1, 2, 30, 40);
    v = qt_variant_of(QT_TYPE_RECT, &rect);
    QRect back = q_variant_to_rect(&v);
    assert_memory_equal(&back, &rect, sizeof rect);
    q_variant_fini(&v);

    QColor color = q_color_from_rgb(0xff102030);
    v = qt_variant_of(QT_TYPE_COLOR, &color);
    assert_string_equal(q_variant_type_name(&v), "QColor");
    text = q_variant_to_string(&v); /* QtGui converts, so it is really a color */
    assert_string_equal(text, "#102030");
    free(text);
    q_variant_fini(&v);
}

static void string_lists_travel(void **state)
{
    (void)state;
    static const char *const texts[] = {"one", "", "\xf0\x9f\x98\x80", "four"};
    QList list = qt_string_list_from(texts, 4);
    assert_int_equal(list.size, 4);
    QVariant v;
    q_variant_init_list(&v, &list);
    qt_string_list_release(&list);
    assert_null(list.d);
    QList back = q_variant_to_string_list(&v);
    q_variant_fini(&v);
    assert_int_equal(back.size, 4);
    for (size_t i = 0; i < 4; i++) {
        char *text = qt_string_to_utf8(&((QString *)back.ptr)[i]);
        assert_string_equal(text, texts[i]);
        free(text);
    }
    qt_string_list_release(&back);
    QList empty = qt_string_list_from(NULL, 0);
    assert_int_equal(empty.size, 0);
    qt_string_list_release(&empty);
}

static void lists_of_numbers_travel(void **state)
{
    (void)state;
    static const double dashes[] = {1.5, 2, 3, 4};
    QList list = qt_list_from(dashes, 4, sizeof *dashes);
    QPen pen;
    q_pen_init(&pen);
    q_pen_set_dash_pattern(&pen, &list);
    qt_list_release(&list, sizeof *dashes);
    QList back = q_pen_dash_pattern(&pen);
    assert_int_equal(back.size, 4);
    assert_memory_equal(back.ptr, dashes, sizeof dashes);
    qt_list_release(&back, sizeof *dashes);
    q_pen_fini(&pen);
}

/* ---- no memory ---- */

static void copy_endless_bytes(void)
{
    qt_bytearray_from_bytes("x", PTRDIFF_MAX - 64);
}

static void copy_more_bytes_than_a_size_can_say(void)
{
    qt_bytearray_from_bytes("x", SIZE_MAX);
}

static void list_endless_elements(void)
{
    qt_list_from("x", PTRDIFF_MAX / 8, 32); /* the product overflows */
}

static void list_endless_texts(void)
{
    qt_string_list_from((const char *const[]){"x"}, PTRDIFF_MAX / 16);
}

/* The message of a child in which `act` ends the program, as it must. */
static void expect_end(void (*act)(void), char *message, size_t size)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        signal(SIGABRT, SIG_DFL); /* cmocka's own handler writes too */
        dup2(ends[1], STDERR_FILENO);
        act();
        _exit(0);
    }
    close(ends[1]);
    ssize_t length = read(ends[0], message, size - 1);
    message[length > 0 ? length : 0] = '\0';
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void want_of_memory_ends_with_a_message(void **state)
{
    (void)state;
    static void (*const acts[])(void) = {copy_endless_bytes, copy_more_bytes_than_a_size_can_say,
                                         list_endless_elements, list_endless_texts};
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        char message[256];
        expect_end(acts[i], message, sizeof message);
        assert_non_null(strstr(message, "qt6c: out of memory: "));
    }
}

int main(void)

{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_survives),
        cmocka_unit_test(null_and_empty_differ),
        cmocka_unit_test(invalid_utf8_is_replaced),
        cmocka_unit_test(a_megabyte_survives),
        cmocka_unit_test(a_shared_string_outlives_its_twin),
        cmocka_unit_test(qt_keeps_and_returns_text),
        cmocka_unit_test(byte_arrays_keep_their_bytes),
        cmocka_unit_test(variants_hold_numbers),
        cmocka_unit_test(variants_hold_values),
        cmocka_unit_test(string_lists_travel),
        cmocka_unit_test(lists_of_numbers_travel),
        cmocka_unit_test(want_of_memory_ends_with_a_message),
    };
    return cmocka_run_group_tests(tests, start_application, NULL);
}
