/* Side-cars in real helpers: read, changed and made there, and what they can do to nobody but themselves. */
#include "support/check.h"

#include "core/base/clock.h"
#include "core/sidecar/sidecar_helper.h"
#include "core/sidecar/sidecar_read.h"
#include "tests/core/sidecar/samples.h"

#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

typedef struct session {
    vt_helper_pool *pool;
    vt_sidecar_helper helper;
    vt_sidecar_asking asking;
} session;

static session open_session(const char *program, int64_t wall_ns)
{
    vt_helper_pool_options options = {
        .program = program, .workers = 1, .limits = vt_limits_default, .log = vt_log_none};
    vt_error error = VT_ERROR_INIT;
    if (wall_ns) {
        options.limits.wall_ns = wall_ns;
        options.limits.wall_ns_per_mib = 0;
    }
    vt_helper_pool *pool = vt_helper_pool_create(&options, &error);
    if (!pool) {
        fail_msg("%s", error.message);
    }
    return (session){.pool = pool, .helper = {pool, -1}};
}

static const vt_sidecar_asking *whom(session *s)
{
    s->asking = vt_sidecar_asking_helper(&s->helper);
    return &s->asking;
}

static const vt_sidecar_change five = {.fields = VT_SIDECAR_RATING, .rating = 5};

static vt_str text_of(const char *bytes, size_t count)
{
    vt_str text = VT_STR_INIT;
    vt_str_append(&text, bytes, count);
    return text;
}

static void expect_read(session *s)
{
    vt_sidecar_said said;
    vt_error error = VT_ERROR_INIT;
    vt_str text = text_of(digikam, strlen(digikam));
    if (!vt_sidecar_ask_what(whom(s), &text, &said, &error)) {
        fail_msg("%s", error.message);
    }
    assert_string_equal(said.single[VT_SIDECAR_SINGLE_TITLE], "On the Spree");
    assert_int_equal(said.metadata.rating, 3);
    assert_true(vt_sidecar_tags_has(&said.paths, "Places/Germany/Berlin"));
    assert_int_equal(said.kept, 3);
    vt_sidecar_said_free(&said);
    vt_str_free(&text);
}

static void expect_written(session *s, const char *text)
{
    vt_str before = text_of(text ? text : "", text ? strlen(text) : 0), after = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    if (!vt_sidecar_ask_changed(whom(s), text ? &before : NULL, &five, &after, &error)) {
        fail_msg("%s", error.message);
    }
    assert_non_null(strstr(after.data, text ? "\"5\"" : "<xmp:Rating>5</xmp:Rating>"));
    vt_str_free(&before);
    vt_str_free(&after);
}

static void expect_fault(session *s, bool edit, const char *bytes, size_t count, vt_error_code code,
                         const char *says)
{
    vt_sidecar_said said;
    vt_str text = text_of(bytes, count), after = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    assert_false(edit ? vt_sidecar_ask_changed(whom(s), &text, &five, &after, &error)
                      : vt_sidecar_ask_what(whom(s), &text, &said, &error));
    if (error.code != code || !strstr(error.message, says)) {
        fail_msg("%.60s: %s (%s)", bytes, vt_error_code_name(error.code), error.message);
    }
    vt_str_free(&text);
    vt_str_free(&after);
}

static void they_are_read_changed_and_made(void **state)
{
    (void)state;
    session s = open_session(VT_DECODER, 0);
    for (int i = 0; i < 3; i++) {
        expect_read(&s);
        expect_written(&s, digikam);
        expect_written(&s, NULL);
    }
    vt_helper_pool_figures figures = vt_helper_pool_read(s.pool);
    assert_int_equal(figures.decoded, 9);
    assert_int_equal(figures.crashes, 0);
    vt_helper_pool_free(s.pool);
}

static void broken_ones_are_told(void **state)
{
    (void)state;
    static const char laughs[] = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><x>&b;</x>";
    static const char outside[] = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>";
    enum { DEEP = 100000, LARGE = VT_SIDECAR_BYTES_MAX + 1 };
    session s = open_session(VT_DECODER, 0);
    for (int edit = 0; edit < 2; edit++) {
        expect_fault(&s, edit, "", 0, VT_ERROR_EMPTY, "is empty");
        expect_fault(&s, edit, "\0\0\0", 3, VT_ERROR_EMPTY, "is empty");
        expect_fault(&s, edit, "no XML", 6, VT_ERROR_CORRUPT, "is no valid XML");
        expect_fault(&s, edit, "<html/>", 7, VT_ERROR_CORRUPT, "no rdf:RDF");
        expect_fault(&s, edit, digikam, strlen(digikam) / 2, VT_ERROR_CORRUPT, "is no valid XML");
        expect_fault(&s, edit, laughs, strlen(laughs), VT_ERROR_CORRUPT, "DOCTYPE");
        expect_fault(&s, edit, outside, strlen(outside), VT_ERROR_CORRUPT, "DOCTYPE");
        expect_fault(&s, edit, "<x>\xff</x>", 8, VT_ERROR_CORRUPT, "is no valid XML");
        vt_str text = VT_STR_INIT;
        for (int i = 0; i < DEEP; i++) {
            vt_str_append_cstr(&text, "<a>");
        }
        expect_fault(&s, edit, text.data, text.length, VT_ERROR_LIMIT, "nested");
        vt_str_clear(&text);
        vt_str_append_cstr(&text, digikam);
        while (text.length < LARGE) {
            vt_str_append_char(&text, ' ');
        }
        expect_fault(&s, edit, text.data, text.length, VT_ERROR_LIMIT, "1048576");
        vt_str_free(&text);
    }
    expect_read(&s); /* by the same process: none of these has cost one but for those to be changed */
    assert_int_equal(vt_helper_pool_read(s.pool).crashes, 0);
    vt_helper_pool_free(s.pool);
}

/* What takes the largest allowed text to say. */
static void large_ones_fit(void **state)
{
    (void)state;
    session s = open_session(VT_DECODER, 0);
    vt_str text = VT_STR_INIT;
    vt_str_append_cstr(&text, "<r:RDF xmlns:r='" RDF_NAMESPACE "' xmlns:d='http://purl.org/dc/elements/1.1/'>"
                              "<r:Description><d:description>");
    size_t head = text.length;
    while (text.length < VT_SIDECAR_BYTES_MAX - 100) {
        vt_str_append_cstr(&text, "words and \xc3\xbcmlauts ");
    }
    vt_str_append_cstr(&text, "end</d:description></r:Description></r:RDF>");
    vt_sidecar_said said;
    vt_error error = VT_ERROR_INIT;
    if (!vt_sidecar_ask_what(whom(&s), &text, &said, &error)) {
        fail_msg("%s", error.message);
    }
    assert_true(strlen(said.single[VT_SIDECAR_SINGLE_NOTES]) > text.length - head - 100);
    vt_sidecar_said_free(&said);
    vt_str_clear(&text);
    vt_str_append(&text, "x", 1);
    char *huge = calloc(1, VT_PROTOCOL_TEXT_BYTES + 1);
    assert_non_null(huge);
    memset(huge, 'x', VT_PROTOCOL_TEXT_BYTES);
    const vt_sidecar_change change = {.fields = VT_SIDECAR_NOTES, .notes = huge};
    vt_str after = VT_STR_INIT;
    assert_false(vt_sidecar_ask_changed(whom(&s), &text, &change, &after, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    free(huge);
    vt_str_free(&after);
    vt_str_free(&text);
    vt_helper_pool_free(s.pool);
}

static void poison_is_contained(void **state)
{
    (void)state;
    static const struct {
        const char *word, *says;
    } poisons[] = {
#ifdef VITRINE_SANITIZED
        {"stack", "twice"},
        {"forbidden", "exit status 4"},
#else
        {"stack", "Segmentation fault"},
        {"forbidden", "what its confinement forbids"},
#endif
        {"segv", "Segmentation fault"},
        {"bus", "Bus error"},
        {"abort", "Abort"},
        {"exit", "exit status 3"},
        {"hog", "Abort"},
        {"lie", "nonsense"},
        {"flood", "nonsense"}};
    session s = open_session(VT_DECODER_POISON, 0);
    size_t count = sizeof poisons / sizeof *poisons;
    for (size_t i = 0; i < count; i++) {
        char text[64];
        snprintf(text, sizeof text, "poison:%s", poisons[i].word);
        expect_fault(&s, false, text, strlen(text), VT_ERROR_CRASHED, poisons[i].says);
        expect_fault(&s, false, text, strlen(text), VT_ERROR_CRASHED, "cannot be read: ");
        snprintf(text, sizeof text, "<x>edit-poison:%s</x>", poisons[i].word);
        expect_fault(&s, true, text, strlen(text), VT_ERROR_CRASHED, "cannot be changed: ");
        expect_read(&s);
        expect_written(&s, digikam);
    }
    assert_int_equal(vt_helper_pool_read(s.pool).crashes, 6 * count); /* each was tried twice */
    vt_helper_pool_free(s.pool);
}

static void forged_answers_are_not_believed(void **state)
{
    (void)state;
    static const char *const lies[] = {"forge:",
                                       "forge:x",
                                       "forge:SA\1",
                                       "forge:SA\2\1\1\1",
                                       "forge:SA\1\1\xff\xff\xff\xff",
                                       "forge:<x:xmpmeta/>"};
    session s = open_session(VT_DECODER_POISON, 0);
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        expect_fault(&s, false, lies[i], strlen(lies[i]), VT_ERROR_CRASHED, "nonsense");
    }
    expect_fault(&s, true, "edit-forge:", 11, VT_ERROR_CRASHED, "nonsense");
    expect_fault(&s, true, "edit-forge:\xff", 12, VT_ERROR_CRASHED, "nonsense");
    expect_fault(&s, true, "edit-forge:a\0b", 14, VT_ERROR_CRASHED, "nonsense");
    expect_read(&s);
    vt_helper_pool_free(s.pool);
}

static void a_watch_is_kept_on_time(void **state)
{
    (void)state;
    session s = open_session(VT_DECODER_POISON, 300 * VT_NS_PER_MS);
    expect_fault(&s, false, "poison:loop", 11, VT_ERROR_TIMEOUT, "0.3 s");
    expect_fault(&s, true, "edit-poison:stop", 16, VT_ERROR_TIMEOUT, "0.3 s");
    expect_read(&s);
    assert_int_equal(vt_helper_pool_read(s.pool).timeouts, 2);
    vt_helper_pool_free(s.pool);
}

static void who_does_not_want_to_know_need_not_wait(void **state)
{
    (void)state;
    session s = open_session(VT_DECODER_POISON, 0);
    s.helper.cancel_fd = eventfd(1, EFD_CLOEXEC); /* readable from the start */
    expect_fault(&s, false, "poison:loop", 11, VT_ERROR_CANCELLED, "was not read");
    vt_helper *taken = vt_helper_pool_acquire(s.pool, VT_HELPER_SIDECARS);
    expect_fault(&s, false, "<x/>", 4, VT_ERROR_CANCELLED, "was not read");
    vt_helper_pool_release(s.pool, taken);
    close(s.helper.cancel_fd);
    s.helper.cancel_fd = -1;
    expect_read(&s);
    vt_helper_pool_free(s.pool);
}

static pid_t process_now(session *s)
{
    vt_helper *helper = vt_helper_pool_acquire(s->pool, VT_HELPER_SIDECARS);
    pid_t pid = vt_helper_pid(helper);
    vt_helper_pool_release(s->pool, helper);
    return pid;
}

/* What one has made of a process comes into no other file. */
static void what_is_written_comes_from_a_process_without_another_file(void **state)
{
    (void)state;
    session s = open_session(VT_DECODER, 0);
    expect_written(&s, NULL);
    pid_t first = process_now(&s);
    assert_true(first > 0);
    expect_written(&s, NULL); /* nothing of a stranger's came to it */
    assert_int_equal(process_now(&s), first);
    expect_written(&s, digikam); /* still untouched, and then of no use any more */
    assert_int_equal(vt_helper_pool_read(s.pool).recycles, 1);
    assert_int_equal(process_now(&s), 0);
    expect_read(&s);
    expect_read(&s);
    pid_t second = process_now(&s);
    assert_int_not_equal(second, first);
    expect_written(&s, digikam); /* it has had that one only */
    assert_int_equal(vt_helper_pool_read(s.pool).recycles, 2);
    expect_read(&s);
    expect_fault(&s, false, "<x/>", 4, VT_ERROR_CORRUPT, "no rdf:RDF");
    expect_read(&s); /* reading may share a process */
    pid_t third = process_now(&s);
    assert_true(third > 0 && third != second);
    expect_written(&s, digikam); /* now it has had two: another one, which goes then, too */
    assert_int_equal(vt_helper_pool_read(s.pool).recycles, 4);
    expect_read(&s);
    expect_written(&s, NULL); /* a new one is of no other, either */
    assert_int_equal(vt_helper_pool_read(s.pool).recycles, 5);
    pid_t fourth = process_now(&s);
    assert_true(fourth > 0);
    expect_written(&s, NULL);
    assert_int_equal(process_now(&s), fourth);
    assert_int_equal(vt_helper_pool_read(s.pool).crashes, 0);
    vt_helper_pool_free(s.pool);
}

/* Pictures that occupy all helpers do not hold up side-cars, and never share a process with them. */
static void side_cars_have_a_helper_of_their_own(void **state)
{
    (void)state;
    session s = open_session(VT_DECODER, 0);
    vt_helper *background = vt_helper_pool_acquire(s.pool, VT_HELPER_BACKGROUND);
    vt_helper *visible = vt_helper_pool_acquire(s.pool, VT_HELPER_VISIBLE);
    vt_helper *viewer = vt_helper_pool_acquire(s.pool, VT_HELPER_INTERACTIVE);
    expect_read(&s);
    vt_helper *own = vt_helper_pool_acquire(s.pool, VT_HELPER_SIDECARS);
    assert_true(own != background && own != visible && own != viewer);
    vt_helper_pool_release(s.pool, own);
    vt_helper_pool_release(s.pool, viewer);
    vt_helper_pool_release(s.pool, visible);
    vt_helper_pool_release(s.pool, background);
    vt_helper_pool_free(s.pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_are_read_changed_and_made),
        cmocka_unit_test(broken_ones_are_told),
        cmocka_unit_test(large_ones_fit),
        cmocka_unit_test(poison_is_contained),
        cmocka_unit_test(forged_answers_are_not_believed),
        cmocka_unit_test(a_watch_is_kept_on_time),
        cmocka_unit_test(who_does_not_want_to_know_need_not_wait),
        cmocka_unit_test(what_is_written_comes_from_a_process_without_another_file),
        cmocka_unit_test(side_cars_have_a_helper_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
