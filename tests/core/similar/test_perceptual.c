#include "support/check.h"

#include "core/decode/format.h"
#include "core/decode/image.h"
#include "core/decode/reduce.h"
#include "core/decode/thumbcodec.h"
#include "core/similar/perceptual.h"
#include "support/files.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SIDE = 256, PICTURES = 60, NEAR = 6, FAR = 14 };

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static vt_pixels blank(uint32_t width, uint32_t height)
{
    vt_pixels p = {.width = width, .height = height, .stride = (size_t)width * 4};
    p.capacity = p.stride * height;
    p.data = malloc(p.capacity);
    assert_non_null(p.data);
    memset(p.data, 255, p.capacity);
    return p;
}

/* Boxes and discs of random colours on a gradient: another one for each seed. */
static vt_pixels draw(uint32_t seed)
{
    vt_pixels p = blank(SIDE, SIDE);
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        memset(p.data + (size_t)i * 4, (int)(60 + (i / SIDE + i % SIDE) / 4), 3);
    }
    for (int shape = 0; shape < 12; shape++) {
        const int x = (int)(next_random(&seed) % SIDE);
        const int y = (int)(next_random(&seed) % SIDE);
        const int size = 12 + (int)(next_random(&seed) % 60);
        const bool disc = next_random(&seed) % 2;
        const uint32_t colour = next_random(&seed);
        for (int i = 0; i < SIDE * SIDE; i++) {
            const int dx = abs(i % SIDE - x);
            const int dy = abs(i / SIDE - y);
            if (disc ? dx * dx + dy * dy < size * size : dx < size && dy < size) {
                memcpy(p.data + (size_t)i * 4, &colour, 3);
            }
        }
    }
    return p;
}

static vt_perceptual hash_of(const vt_pixels *p)
{
    const vt_perceptual_picture picture = {p->data, p->width, p->height, p->stride, VT_PERCEPTUAL_BGRA};
    vt_perceptual result;
    assert_true(vt_perceptual_hash(&picture, &result, NULL));
    return result;
}

static vt_pixels copy_of(const vt_pixels *p)
{
    vt_pixels copy = blank(p->width, p->height);
    for (uint32_t y = 0; y < p->height; y++) {
        memcpy(copy.data + y * copy.stride, p->data + y * p->stride, copy.stride);
    }
    return copy;
}

/* Every colour through `change`, which may know a seed. */
static vt_pixels changed(const vt_pixels *p, int (*change)(int value, uint32_t *seed))
{
    vt_pixels copy = copy_of(p);
    uint32_t seed = 5;
    for (size_t i = 0; i < copy.capacity; i++) {
        if (i % 4 != 3) {
            const int value = change(copy.data[i], &seed);
            const int alpha = copy.data[i | 3];
            copy.data[i] = (uint8_t)(value < 0 ? 0 : value > alpha ? alpha : value);
        }
    }
    return copy;
}

static int brighter(int value, uint32_t *seed)
{
    (void)seed;
    return value + 12;
}

static int darker(int value, uint32_t *seed)
{
    (void)seed;
    return value * 9 / 10;
}

static int noisy(int value, uint32_t *seed)
{
    return value + (int)(next_random(seed) % 17) - 8;
}

static vt_pixels make_brighter(const vt_pixels *p)
{
    return changed(p, brighter);
}

static vt_pixels make_darker(const vt_pixels *p)
{
    return changed(p, darker);
}

static vt_pixels make_noisy(const vt_pixels *p)
{
    return changed(p, noisy);
}

static vt_pixels resized(const vt_pixels *p, uint32_t side)
{
    vt_pixels small;
    assert_true(vt_pixels_reduce(p, side, &small, NULL));
    return small;
}

static vt_pixels make_smaller(const vt_pixels *p)
{
    return resized(p, 100);
}

static vt_pixels make_tiny(const vt_pixels *p)
{
    return resized(p, 48);
}

/* As a stored thumbnail. */
static vt_pixels make_compressed(const vt_pixels *p)
{
    vt_blob blob;
    vt_pixels small = resized(p, 160);
    vt_pixels back = blank(160, 160);
    assert_true(vt_thumb_encode(&small, &blob, NULL));
    assert_true(vt_thumb_decode(blob.data, blob.size, &back, NULL));
    free(small.data);
    free(blob.data);
    return back;
}

static const struct {
    const char *name;
    vt_pixels (*make)(const vt_pixels *p);
} transforms[] = {
    {"brighter", make_brighter}, {"darker", make_darker}, {"noisy", make_noisy},
    {"smaller", make_smaller},   {"tiny", make_tiny},     {"compressed", make_compressed},
};

/* The largest distance of all transforms of a picture from it. */
static void check_transforms(const vt_pixels *p, const char *what)
{
    const vt_perceptual original = hash_of(p);
    for (size_t i = 0; i < sizeof transforms / sizeof *transforms; i++) {
        vt_pixels other = transforms[i].make(p);
        const vt_perceptual hash = hash_of(&other);
        const unsigned distance = vt_perceptual_distance(original.hash, hash.hash);
        free(other.data);
        if (distance > NEAR || hash.plain != original.plain) {
            fail_msg("%s, %s: %u places differ, structure %u and %u", what, transforms[i].name, distance,
                     original.structure, hash.structure);
        }
    }
}

static void test_transforms_of_drawings(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < PICTURES; seed++) {
        char name[32];
        vt_pixels p = draw(seed);
        (void)snprintf(name, sizeof name, "drawing %u", seed);
        assert_false(hash_of(&p).plain);
        check_transforms(&p, name);
        free(p.data);
    }
}

static void test_different_drawings(void **state)
{
    (void)state;
    uint64_t hashes[PICTURES];
    unsigned least = 64;
    for (uint32_t i = 0; i < PICTURES; i++) {
        vt_pixels p = draw(i);
        hashes[i] = hash_of(&p).hash;
        free(p.data);
        for (uint32_t k = 0; k < i; k++) {
            const unsigned distance = vt_perceptual_distance(hashes[i], hashes[k]);
            least = distance < least ? distance : least;
        }
    }
    print_message("the nearest of %d drawings differ in %u places\n", PICTURES, least);
    assert_true(least >= FAR);
}

/* Half of the coefficients of what is symmetric are zero, and noise must not decide on them. */
static void test_symmetric(void **state)
{
    (void)state;
    for (uint32_t seed = 100; seed < 120; seed++) {
        vt_pixels p = draw(seed);
        for (uint32_t i = 0; i < SIDE * SIDE; i++) {
            if (i % SIDE >= SIDE / 2) {
                memcpy(p.data + (size_t)i * 4, p.data + ((size_t)i - i % SIDE + (SIDE - 1 - i % SIDE)) * 4,
                       4);
            }
        }
        check_transforms(&p, "a symmetric drawing");
        free(p.data);
    }
}

static vt_pixels decode_sample(const char *name)
{
    struct stat facts = {0};
    const char *path = files_sample(name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0 && fstat(fd, &facts) == 0);
    vt_input input = vt_input_from_fd(fd, (uint64_t)facts.st_size);
    vt_image_request request = {.box_width = SIDE, .box_height = SIDE, .limits = vt_limits_default};
    vt_media_info info;
    vt_pixels p = blank(SIDE, SIDE);
    assert_true(vt_image_decode(vt_format_of_name(path), &input, &request, &info, &p, NULL));
    close(fd);
    return p;
}

static void test_real_pictures(void **state)
{
    (void)state;
    static const char *const names[] = {
        "Landscapes/aurora.jpg",      "Landscapes/balloons.jpg",      "Landscapes/dunes.webp",
        "Landscapes/evening sea.jpg", "Landscapes/city at night.jpg", "Formats/contour map.bmp",
        "Formats/flower.tga",         "Objects/spheres.jpg",          "Patterns/stained glass.jpg",
        "Space/nebula.jpg",           "Space/ringed planet.jpg",      "Patterns/julia set.jpg"};
    enum { COUNT = sizeof names / sizeof *names };
    vt_perceptual hashes[COUNT];
    for (int i = 0; i < COUNT; i++) {
        vt_pixels p = decode_sample(names[i]);
        hashes[i] = hash_of(&p);
        print_message("%-32s %016llx structure %u\n", names[i], (unsigned long long)hashes[i].hash,
                      hashes[i].structure);
        assert_false(hashes[i].plain);
        check_transforms(&p, names[i]);
        free(p.data);
        for (int k = 0; k < i; k++) {
            if (vt_perceptual_distance(hashes[i].hash, hashes[k].hash) < FAR) {
                fail_msg("%s and %s: %u places differ", names[i], names[k],
                         vt_perceptual_distance(hashes[i].hash, hashes[k].hash));
            }
        }
    }
}

/* What a hash says nothing about: also with the noise that compression leaves. */
static void test_plain(void **state)
{
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        vt_pixels p = blank(SIDE, SIDE);
        for (uint32_t i = 0; i < SIDE * SIDE; i++) {
            const uint32_t x = i % SIDE;
            const int value = kind == 0 ? 255 : kind == 1 ? 128 : kind == 2 ? (int)x : 16;
            memset(p.data + (size_t)i * 4, value, 3);
            p.data[(size_t)i * 4 + 3] = kind == 3 ? 16 : 255; /* nearly transparent */
        }
        vt_pixels q = make_noisy(&p);
        assert_true(hash_of(&p).plain);
        assert_true(hash_of(&q).plain);
        free(q.data);
        free(p.data);
    }
    vt_pixels one = blank(1, 1);
    assert_true(hash_of(&one).plain);
    assert_int_equal(hash_of(&one).hash, 0);
    free(one.data);
}

/* RGB rows with room between them give what BGRA gives; sides that 32 does not divide, and small ones. */
static void test_layouts(void **state)
{
    (void)state;
    static const uint32_t sides[][2] = {{256, 256}, {255, 131}, {33, 31}, {7, 250}, {5, 3}};
    vt_pixels whole = draw(3);
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        const uint32_t width = sides[i][0];
        const uint32_t height = sides[i][1];
        const size_t stride = (size_t)width * 3 + 5;
        uint8_t *rows = malloc(stride * height);
        assert_non_null(rows);
        memset(rows, 77, stride * height);
        for (uint32_t k = 0; k < width * height; k++) {
            uint8_t *rgb = rows + k / width * stride + (size_t)(k % width) * 3;
            const uint8_t *bgra = whole.data + k / width * whole.stride + (size_t)(k % width) * 4;
            rgb[0] = bgra[2];
            rgb[1] = bgra[1];
            rgb[2] = bgra[0];
        }
        const vt_perceptual_picture a = {whole.data, width, height, whole.stride, VT_PERCEPTUAL_BGRA};
        const vt_perceptual_picture b = {rows, width, height, stride, VT_PERCEPTUAL_RGB};
        vt_perceptual first;
        vt_perceptual second;
        assert_true(vt_perceptual_hash(&a, &first, NULL) && vt_perceptual_hash(&b, &second, NULL));
        assert_true(first.hash == second.hash);
        free(rows);
    }
    free(whole.data);
}

/* Hidden colours and the kind of transparency change nothing. */
static void test_transparent_stands_on_grey(void **state)
{
    (void)state;
    vt_pixels a = draw(9);
    vt_pixels b = copy_of(&a);
    for (uint32_t i = 0; i < SIDE * SIDE / 2; i++) {
        memset(a.data + (size_t)i * 4, 0, 4);
        memset(b.data + (size_t)i * 4, 128, 3);
    }
    assert_true(hash_of(&a).hash == hash_of(&b).hash);
    free(a.data);
    free(b.data);
}

/* Integers only: this is the hash, on every machine. A change of it needs a new VT_PERCEPTUAL_VERSION. */
static void test_the_hash_of_one_picture(void **state)
{
    (void)state;
    vt_pixels p = draw(1);
    char text[32];
    (void)snprintf(text, sizeof text, "%d:%016llx", VT_PERCEPTUAL_VERSION,
                   (unsigned long long)hash_of(&p).hash);
    assert_string_equal(text, "1:87d8359e409dc2c0");
    free(p.data);
}

static void test_no_picture(void **state)
{
    (void)state;
    static const uint8_t pixels[16];
    static const vt_perceptual_picture wrong[] = {
        {NULL, 2, 2, 8, VT_PERCEPTUAL_BGRA},   {pixels, 0, 2, 8, VT_PERCEPTUAL_BGRA},
        {pixels, 2, 0, 8, VT_PERCEPTUAL_BGRA}, {pixels, 2, 2, 7, VT_PERCEPTUAL_BGRA},
        {pixels, 2, 2, 5, VT_PERCEPTUAL_RGB},  {pixels, VT_PERCEPTUAL_SIDE_MAX + 1, 1, 8, VT_PERCEPTUAL_RGB},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        vt_perceptual result;
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_perceptual_hash(&wrong[i], &result, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
        assert_true(result.plain);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_transforms_of_drawings),
        cmocka_unit_test(test_different_drawings),
        cmocka_unit_test(test_symmetric),
        cmocka_unit_test(test_real_pictures),
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_layouts),
        cmocka_unit_test(test_transparent_stands_on_grey),
        cmocka_unit_test(test_the_hash_of_one_picture),
        cmocka_unit_test(test_no_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
