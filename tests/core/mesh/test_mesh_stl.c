#include "support/check.h"

#include "core/mesh/stl.h"
#include "tests/core/mesh/shapes.h"

#include <fcntl.h>
#include <unistd.h>

/* Reads from memory with the default limits; the error goes to `error`. */
static vt_mesh *read_bytes(const void *bytes, size_t size, vt_stl_report *report, vt_error *error)
{
    /* A copy of the exact size, so that the address sanitizer sees a read beyond its end. */
    void *copy = malloc(size > 0 ? size : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    vt_mesh *mesh = vt_stl_read_memory(copy, size, &vt_mesh_limits_default, report, error);
    free(copy);
    return mesh;
}

static vt_mesh *read_text(const char *text, vt_stl_report *report, vt_error *error)
{
    return read_bytes(text, strlen(text), report, error);
}

static void expect_failure(const void *bytes, size_t size, vt_error_code code, const char *words)
{
    vt_error error = VT_ERROR_INIT;
    vt_mesh *mesh = read_bytes(bytes, size, NULL, &error);
    assert_null(mesh);
    if (error.code != code || !strstr(error.message, words)) {
        fail_msg("%s (%s) instead of %s with \"%s\"", vt_error_code_name(error.code), error.message,
                 vt_error_code_name(code), words);
    }
}

static void test_binary(void **state)
{
    (void)state;
    shape box = shape_box(1, 2, 3);
    size_t size;
    uint8_t *bytes = shape_to_binary(&box, 12, &size);
    vt_stl_report report;
    vt_mesh *mesh = read_bytes(bytes, size, &report, NULL);
    assert_non_null(mesh);
    assert_false(report.ascii || report.truncated);
    assert_int_equal(report.solids, 1);
    assert_int_equal(report.declared, 12);
    assert_int_equal(report.triangles, 12);
    assert_int_equal(report.dropped, 0);
    assert_int_equal(vt_mesh_vertex_count(mesh), 8);
    vt_mesh_free(mesh);
    free(bytes);
    shape_free(&box);
}

static void test_binary_that_says_solid(void **state)
{
    (void)state;
    shape box = shape_box(1, 2, 3);
    size_t size;
    uint8_t *bytes = shape_to_binary(&box, 12, &size);
    static const uint8_t title[] = {'s', 'o', 'l', 'i', 'd', ' ', 'c', 'u', 'b', 'e'};
    memset(bytes, ' ', 80);
    memcpy(bytes, title, sizeof title);
    vt_stl_report report;
    vt_mesh *mesh = read_bytes(bytes, size, &report, NULL);
    assert_non_null(mesh);
    assert_false(report.ascii);
    vt_mesh_free(mesh);

    /* The count is wrong as well: the content tells. */
    bytes[80] = 200;
    mesh = read_bytes(bytes, size, &report, NULL);
    assert_non_null(mesh);
    assert_false(report.ascii);
    assert_true(report.truncated);
    assert_int_equal(report.triangles, 12);
    vt_mesh_free(mesh);
    free(bytes);
    shape_free(&box);
}

static void test_binary_with_a_wrong_count(void **state)
{
    (void)state;
    static const struct {
        uint64_t triangles;
        uint32_t declared;
        bool truncated;
    } cases[] = {{5, 5, false}, {12, 0, false}, {12, 13, true}, {12, UINT32_MAX, true}};
    shape box = shape_box(1, 2, 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t size;
        uint8_t *bytes = shape_to_binary(&box, cases[i].declared, &size);
        vt_stl_report report;
        vt_mesh *mesh = read_bytes(bytes, size, &report, NULL);
        assert_non_null(mesh);
        assert_int_equal(vt_mesh_triangle_count(mesh), cases[i].triangles);
        assert_int_equal(report.truncated, cases[i].truncated);
        assert_int_equal(report.declared, cases[i].declared);
        vt_mesh_free(mesh);
        free(bytes);
    }
    shape_free(&box);
}

static void test_binary_cut_at_every_length(void **state)
{
    (void)state;
    shape box = shape_box(1, 2, 3);
    size_t size;
    uint8_t *bytes = shape_to_binary(&box, 12, &size);
    for (size_t length = 0; length < size; length++) {
        vt_stl_report report;
        vt_error error = VT_ERROR_INIT;
        vt_mesh *mesh = read_bytes(bytes, length, &report, &error);
        if (length < 84 + 50) {
            assert_null(mesh);
            /* As long as only the words of the header are there, it is some text. */
            vt_error_code cut = length > strlen("made by a test") ? VT_ERROR_TRUNCATED : VT_ERROR_UNSUPPORTED;
            assert_int_equal(error.code, length == 0 ? VT_ERROR_EMPTY : cut);
        } else {
            assert_non_null(mesh);
            assert_true(report.truncated);
            assert_int_equal(vt_mesh_triangle_count(mesh), (length - 84) / 50);
        }
        vt_mesh_free(mesh);
    }
    free(bytes);
    shape_free(&box);
}

static void test_coordinates_that_are_not_finite(void **state)
{
    (void)state;
    shape box = shape_box(1, 2, 3);
    box.corners[0] = NAN;
    box.corners[100] = INFINITY;
    size_t size;
    uint8_t *bytes = shape_to_binary(&box, 12, &size);
    vt_stl_report report;
    vt_mesh *mesh = read_bytes(bytes, size, &report, NULL);
    assert_int_equal(vt_mesh_triangle_count(mesh), 10);
    assert_int_equal(report.dropped, 2);
    vt_mesh_free(mesh);
    free(bytes);
    for (size_t i = 0; i < box.count * 9; i++) {
        box.corners[i] = NAN;
    }
    bytes = shape_to_binary(&box, 12, &size);
    expect_failure(bytes, size, VT_ERROR_CORRUPT, "None of the 12 triangles");
    free(bytes);
    shape_free(&box);
}

static void test_no_triangle(void **state)
{
    (void)state;
    uint8_t header[84] = "nothing follows";
    expect_failure(header, sizeof header, VT_ERROR_CORRUPT, "no triangle");
    header[80] = 1;
    expect_failure(header, sizeof header, VT_ERROR_TRUNCATED, "before its first triangle");
    expect_failure("solid empty\nendsolid empty\n", 27, VT_ERROR_CORRUPT, "no triangle");
    expect_failure("", 0, VT_ERROR_EMPTY, "empty");
}

static void test_what_is_no_stl(void **state)
{
    (void)state;
    expect_failure("# notes on models\n", 18, VT_ERROR_UNSUPPORTED, "solid");
    uint8_t noise[4096];
    uint32_t random = 1;
    for (size_t i = 0; i < sizeof noise; i++) {
        random = random * 1664525U + 1013904223U;
        noise[i] = (uint8_t)(random >> 24);
    }
    expect_failure(noise, sizeof noise, VT_ERROR_UNSUPPORTED, "Not an STL file");
}

static void test_text(void **state)
{
    (void)state;
    static const char *const newlines[] = {"\n", "\r\n", "\r"};
    shape box = shape_box(1.1F, 2.2F, 3.3F);
    for (size_t i = 0; i < 3; i++) {
        size_t size;
        char *text = shape_to_text(&box, newlines[i], &size);
        vt_stl_report report;
        vt_mesh *mesh = read_bytes(text, size, &report, NULL);
        assert_non_null(mesh);
        assert_true(report.ascii);
        assert_false(report.truncated);
        assert_int_equal(report.solids, 1);
        assert_int_equal(vt_mesh_triangle_count(mesh), 12);
        assert_int_equal(vt_mesh_vertex_count(mesh), 8);
        float low[3];
        float high[3];
        vt_mesh_bounds(mesh, low, high);
        assert_true(high[0] == 1.1F && high[1] == 2.2F && high[2] == 3.3F);
        vt_mesh_free(mesh);
        free(text);
    }
    shape_free(&box);
}

/* Whatever is cut off, the triangles before it come out, and only a cut inside of a facet is told as one. */
static void test_text_cut_at_every_length(void **state)
{
    (void)state;
    shape box = shape_box(1, 2, 3);
    size_t size;
    char *text = shape_to_text(&box, "\n", &size);
    for (size_t length = 0; length < size; length++) {
        size_t whole = 0;
        size_t begun = 0;
        for (size_t at = 0; at < length; at++) {
            whole += length - at >= 7 && memcmp(text + at, "endloop", 7) == 0;
            begun += length - at >= 12 && memcmp(text + at, "facet normal", 12) == 0;
        }
        vt_stl_report report;
        vt_error error = VT_ERROR_INIT;
        vt_mesh *mesh = read_bytes(text, length, &report, &error);
        if (whole == 0) {
            assert_null(mesh);
            assert_int_not_equal(error.code, VT_ERROR_NONE);
            assert_true(begun == 0 || error.code == VT_ERROR_TRUNCATED);
        } else {
            assert_non_null(mesh);
            assert_int_equal(vt_mesh_triangle_count(mesh), whole);
            assert_true(begun == whole || report.truncated);
        }
        vt_mesh_free(mesh);
    }
    free(text);
    shape_free(&box);
}

#define FACET(n) "facet normal 0 0 1 outer loop vertex 0 0 " n " vertex 1 0 0 vertex 0 1 0 endloop endfacet\n"

static void test_text_of_several_solids(void **state)
{
    (void)state;
    vt_stl_report report;
    vt_mesh *mesh = read_text(
        "\xef\xbb\xbf  SOLID one\n" FACET("0") "endsolid one\n"
                                               "solid\n" FACET("1") "solid three\ncolor 1 0 0\n" FACET("2"),
        &report, NULL);
    assert_non_null(mesh);
    assert_int_equal(report.solids, 3);
    assert_int_equal(vt_mesh_triangle_count(mesh), 3);
    assert_false(report.truncated);
    vt_mesh_free(mesh);
}

static void test_text_without_loops_and_terminators(void **state)
{
    (void)state;
    vt_stl_report report;
    vt_mesh *mesh = read_text(
        "solid x\nfacet normal nan 1.#IND -1 vertex 0 0 0 vertex 1 0 0 vertex 0 1 0 endfacet", &report, NULL);
    assert_non_null(mesh);
    assert_false(report.truncated);
    vt_mesh_free(mesh);

    mesh = read_text(
        "solid x\n" FACET("0") "facet normal 0 0 1 outer loop vertex 1 1 1 vertex 1 2 2 vertex 1 1 2",
        &report, NULL);
    assert_non_null(mesh);
    assert_true(report.truncated);
    assert_int_equal(vt_mesh_triangle_count(mesh), 1);
    vt_mesh_free(mesh);
}

static void test_text_with_nonsense(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *words;
    } cases[] = {
        {"solid x\n\nfacet\nouter loop\nvertex 0 zero 0\nvertex 1 0 0\n", "Line 5"},
        {"solid x\nfacet\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nendloop\nendfacet\n", "Line 6"},
        {"solid x\n" FACET("0") "facet\nouter loop\nvortex 0 0 0\n", "found \"vortex\""},
        {"solid x\nfacet outer loop vertex 0 0 0 vertex 0 0 1 vertex 0 1 0 vertex 1 1 1 endloop", "three"},
        {"solid x\nfacet outer loop vertex 0 0 0\nsolid y\n", "found \"solid\""},
        {"solid x\n" FACET("0") "endloop\n", "Line 3"},
        {"solid x\nfacet outer loop vertex \xc3\xa4 0 0 \n", "found \"?\?\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_failure(cases[i].text, strlen(cases[i].text), VT_ERROR_CORRUPT, cases[i].words);
    }
}

static void test_text_longer_than_a_block(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 100, 60);
    static const char *const newlines[] = {"\n", "\r\n", "\n   "};
    for (size_t i = 0; i < 3; i++) {
        size_t size;
        char *text = shape_to_text(&torus, newlines[i], &size);
        assert_true(size > ((size_t)2 << 20));
        vt_mesh *mesh = read_bytes(text, size, NULL, NULL);
        assert_non_null(mesh);
        assert_int_equal(vt_mesh_triangle_count(mesh), 12000);
        assert_int_equal(vt_mesh_vertex_count(mesh), 6000);
        vt_mesh_free(mesh);
        free(text);
    }
    shape_free(&torus);
}

static void test_very_long_words_and_lines(void **state)
{
    (void)state;
    size_t size = (size_t)3 << 20;
    char *text = malloc(size);
    assert_non_null(text);
    static const char start[] = {'s', 'o', 'l', 'i', 'd', ' '};
    static const char facet[] = FACET("5");
    memset(text, 'x', size);
    memcpy(text, start, sizeof start);
    expect_failure(text, size, VT_ERROR_CORRUPT, "no triangle");
    text[10] = '\n';
    expect_failure(text, size, VT_ERROR_CORRUPT, "no triangle");
    memset(text + 10, ' ', size - 10);
    text[10] = '\n';
    memcpy(text + size - sizeof facet, facet, sizeof facet);
    text[size - 1] = '\n';
    vt_mesh *mesh = read_bytes(text, size, NULL, NULL);
    assert_non_null(mesh);
    vt_mesh_free(mesh);
    free(text);
}

static void test_limits(void **state)
{
    (void)state;
    shape box = shape_box(1, 2, 3);
    size_t size;
    uint8_t *bytes = shape_to_binary(&box, 12, &size);
    vt_mesh_limits limits = vt_mesh_limits_default;
    vt_error error = VT_ERROR_INIT;
    limits.triangles = 11;
    assert_null(vt_stl_read_memory(bytes, size, &limits, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    limits = vt_mesh_limits_default;
    limits.file_bytes = size - 1;
    assert_null(vt_stl_read_memory(bytes, size, &limits, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    limits = vt_mesh_limits_default;
    limits.memory_bytes = 1000;
    assert_null(vt_stl_read_memory(bytes, size, &limits, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    free(bytes);
    shape_free(&box);
}

static void test_file(void **state)
{
    (void)state;
    shape torus = shape_sweep(surface_torus, 200, 100);
    size_t size;
    uint8_t *bytes = shape_to_binary(&torus, (uint32_t)torus.count, &size);
    char path[] = "/tmp/vitrine-stl-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    assert_int_equal(lseek(fd, 17, SEEK_SET), 17);
    vt_error error = VT_ERROR_INIT;
    vt_mesh *mesh = vt_stl_read_fd(fd, size, &vt_mesh_limits_default, NULL, &error);
    assert_non_null(mesh);
    assert_int_equal(vt_mesh_vertex_count(mesh), 20000);
    assert_int_equal(lseek(fd, 0, SEEK_CUR), 17);
    vt_mesh_free(mesh);

    /* Shorter by now than its size was. */
    assert_int_equal(ftruncate(fd, (off_t)size - 1), 0);
    assert_null(vt_stl_read_fd(fd, size, &vt_mesh_limits_default, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CHANGED);
    close(fd);
    assert_null(vt_stl_read_fd(fd, size, &vt_mesh_limits_default, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_IO);
    unlink(path);
    free(bytes);
    shape_free(&torus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_binary),
        cmocka_unit_test(test_binary_that_says_solid),
        cmocka_unit_test(test_binary_with_a_wrong_count),
        cmocka_unit_test(test_binary_cut_at_every_length),
        cmocka_unit_test(test_coordinates_that_are_not_finite),
        cmocka_unit_test(test_no_triangle),
        cmocka_unit_test(test_what_is_no_stl),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_text_cut_at_every_length),
        cmocka_unit_test(test_text_of_several_solids),
        cmocka_unit_test(test_text_without_loops_and_terminators),
        cmocka_unit_test(test_text_with_nonsense),
        cmocka_unit_test(test_text_longer_than_a_block),
        cmocka_unit_test(test_very_long_words_and_lines),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
