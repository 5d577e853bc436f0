/* Columns files that are damaged, cut off, made by others, or contradict themselves: none is used. */
#include "tests/core/index/columns_fixture.h"
#include "tests/core/index/columns_seal.h"

/* ---- damage ---- */

static uint8_t *spoiled; /* a copy of the file to be spoiled */
static size_t spoiled_size;

static void keep_copy(void)
{
    free(spoiled);
    spoiled = (uint8_t *)fixture_slurp(columns_path, &spoiled_size);
}

/* Loads the file as `spoiled` is now; the code of its refusal. */
static vt_error_code try_spoiled(size_t size)
{
    vt_index *index = vt_index_create();
    vt_columns_header header;
    int64_t bytes = 0;
    fixture_spill(columns_path, spoiled, size);
    last_error = (vt_error)VT_ERROR_INIT;
    int file = vt_columns_open(columns_path, &header, &bytes, &last_error);
    bool filled = file >= 0 && vt_columns_fill(index, file, &header, NULL, &last_error);
    if (filled) {
        vt_error error = VT_ERROR_INIT;
        assert_true(vt_index_publish(index, &error));
    }
    if (file >= 0) {
        close(file);
    }
    vt_index_free(index);
    assert_true(filled || last_error.message[0] != '\0');
    return filled ? VT_ERROR_NONE : last_error.code;
}

static void a_wrong_bit_is_seen(void **state)
{
    (void)state;
    fill(5000, 300);
    write_columns();
    keep_copy();
    assert_int_equal(try_spoiled(spoiled_size), VT_ERROR_NONE);
    size_t step = 1; /* each byte of the header and of the first section's, then every so many */
    for (size_t at = 0; at < spoiled_size; at += step) {
        step = at < sizeof(vt_columns_header) + 64 ? 1 : 509;
        spoiled[at] ^= (uint8_t)(1U << at % 8);
        vt_error_code code = try_spoiled(spoiled_size);
        if (code != VT_ERROR_CORRUPT && code != VT_ERROR_UNSUPPORTED && code != VT_ERROR_VERSION &&
            code != VT_ERROR_TRUNCATED) {
            fail_msg("byte %zu: %s", at, vt_error_code_name(code));
        }
        spoiled[at] ^= (uint8_t)(1U << at % 8);
    }
    assert_int_equal(try_spoiled(spoiled_size), VT_ERROR_NONE);
}

static void a_cut_file_is_seen(void **state)
{
    (void)state;
    fill(5000, 300);
    write_columns();
    keep_copy();
    for (size_t size = 0; size < spoiled_size; size += size < 400 ? 1 : 4093) {
        assert_int_equal(try_spoiled(size), VT_ERROR_TRUNCATED);
    }
    assert_int_equal(try_spoiled(spoiled_size - 1), VT_ERROR_TRUNCATED);
    spoiled = realloc(spoiled, spoiled_size + 1);
    spoiled[spoiled_size] = 0;
    assert_int_equal(try_spoiled(spoiled_size + 1), VT_ERROR_TRUNCATED);
}

/* Where the section of `kind` begins. */
static size_t section_at(uint32_t kind)
{
    for (size_t at = sizeof(vt_columns_header); at < spoiled_size;) {
        vt_columns_section section;
        memcpy(&section, spoiled + at, sizeof section);
        if (section.kind == kind) {
            return at;
        }
        at += sizeof section + (size_t)section.bytes;
    }
    fail_msg("no such section");
    return 0;
}

/* Writes `bytes` at `at`, makes all sums right, and expects the file to be refused all the same. */
static void assert_contradicts(size_t at, const void *bytes, size_t count)
{
    uint8_t *kept = malloc(spoiled_size); /* making sums right may spoil more, where lengths are wrong */
    assert_non_null(kept);
    memcpy(kept, spoiled, spoiled_size);
    memcpy(spoiled + at, bytes, count);
    columns_seal(spoiled, spoiled_size);
    assert_int_equal(try_spoiled(spoiled_size), VT_ERROR_CORRUPT);
    memcpy(spoiled, kept, spoiled_size);
    assert_int_equal(try_spoiled(spoiled_size), VT_ERROR_NONE);
    free(kept);
}

#define PUT_NUMBER(at, type, value) assert_contradicts(at, &(type){value}, sizeof(type))

/* Sums that are right make no content right. */
static void contradictions_are_seen(void **state)
{
    (void)state;
    fill(5000, 300);
    write_columns();
    keep_copy();
    size_t rows = section_at(VT_COLUMNS_ROWS);
    size_t folders = section_at(VT_COLUMNS_FOLDERS);
    size_t column[VT_COLUMNS_COUNT]; /* where they begin */
    column[0] = rows + sizeof(vt_columns_section);
    for (size_t i = 1; i < VT_COLUMNS_COUNT; i++) {
        column[i] = column[i - 1] + vt_columns_layout[i - 1].width * VT_CHUNK_ROWS;
    }
    PUT_NUMBER(column[0], int64_t, 0);                        /* an id that is none */
    PUT_NUMBER(column[0] + 8 * 100, int64_t, 3);              /* one that does not ascend */
    PUT_NUMBER(column[0] + 8 * 4095, int64_t, INT64_MAX);     /* one that the next section is not above */
    PUT_NUMBER(column[3] + 4 * 9, uint32_t, 300);             /* a folder that is not there */
    PUT_NUMBER(column[7] + 2 * 9, uint16_t, 40000);           /* a name that is too long */
    PUT_NUMBER(column[7] + 2 * 9, uint16_t, 1);               /* one that ends amid its text */
    PUT_NUMBER(column[8] + 5, uint8_t, VT_KIND_SEQUENCE + 1); /* values that nothing has a name for */
    PUT_NUMBER(column[9] + 5, uint8_t, VT_FORMAT_COUNT);
    PUT_NUMBER(column[10] + 5, uint8_t, VT_ITEM_STATE_COUNT);
    PUT_NUMBER(column[11] + 5, uint8_t, VT_WATERTIGHT_YES + 1);
    PUT_NUMBER(column[12] + 5, uint8_t, 6);
    PUT_NUMBER(rows + offsetof(vt_columns_section, kind), uint32_t, VT_COLUMNS_FOLDERS);
    PUT_NUMBER(rows + offsetof(vt_columns_section, count), uint32_t, 4095);
    PUT_NUMBER(rows + offsetof(vt_columns_section, count), uint32_t, UINT32_MAX);
    PUT_NUMBER(folders + offsetof(vt_columns_section, count), uint32_t, 0);
    PUT_NUMBER(folders + offsetof(vt_columns_section, count), uint32_t, 301);
    PUT_NUMBER(folders + sizeof(vt_columns_section), int64_t, 2); /* a folder that is there twice */
    PUT_NUMBER(folders + sizeof(vt_columns_section) + 8 * 300, uint32_t,
               70000);                                                       /* a path beyond its section */
    PUT_NUMBER(folders + sizeof(vt_columns_section) + 8 * 300, uint32_t, 0); /* bytes of nobody */
    PUT_NUMBER(offsetof(vt_columns_header, rows), uint32_t, 4999);
    PUT_NUMBER(offsetof(vt_columns_header, rows), uint32_t, 5001);
    PUT_NUMBER(offsetof(vt_columns_header, rows), uint32_t, UINT32_MAX);
    PUT_NUMBER(offsetof(vt_columns_header, folders), uint32_t, 299);
    PUT_NUMBER(offsetof(vt_columns_header, folders), uint32_t, UINT32_MAX);
    /* Lengths beyond the file, and beyond what a section may have: nothing is allocated for them. */
    vt_columns_section huge;
    memcpy(&huge, spoiled + rows, sizeof huge);
    static const uint64_t lengths[] = {0, 7, VT_COLUMNS_SECTION_MAX + 1, UINT64_MAX, UINT64_MAX - 23};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        PUT_NUMBER(rows + offsetof(vt_columns_section, bytes), uint64_t, lengths[i]);
    }
}

/* ---- files that are none ---- */

static void other_files_are_refused(void **state)
{
    (void)state;
    fill(100, 3);
    write_columns();
    keep_copy();
    vt_columns_header header;
    memcpy(&header, spoiled, sizeof header);
    header.version = VT_COLUMNS_VERSION + 1; /* of a program to come */
    memcpy(spoiled, &header, sizeof header);
    assert_int_equal(try_spoiled(spoiled_size), VT_ERROR_VERSION);
    header.version = VT_COLUMNS_VERSION;
    header.formats++; /* of one that knows another format, and has written it where this one would not */
    header.sum = vt_columns_header_sum(&header);
    memcpy(spoiled, &header, sizeof header);
    assert_int_equal(try_spoiled(spoiled_size), VT_ERROR_VERSION);
    header.byte_order = 0x04030201;
    memcpy(spoiled, &header, sizeof header);
    assert_int_equal(try_spoiled(spoiled_size), VT_ERROR_UNSUPPORTED);

    memset(spoiled, 0, spoiled_size); /* space that was given but never written: a power failure */
    assert_int_equal(try_spoiled(spoiled_size), VT_ERROR_UNSUPPORTED);

    unlink(columns_path);
    assert_int_equal(symlink("elsewhere", columns_path), 0);
    assert_refused(VT_ERROR_NOT_REGULAR);
    unlink(columns_path);
    assert_int_equal(mkfifo(columns_path, 0600), 0); /* must not be waited for */
    assert_refused(VT_ERROR_NOT_REGULAR);
    unlink(columns_path);
    assert_int_equal(mkdir(columns_path, 0700), 0);
    assert_refused(VT_ERROR_NOT_REGULAR);
}

/* That of another catalog, in this one's place. */
static void of_another_catalog(void **state)
{
    (void)state;
    fill(100, 3);
    write_columns();
    unlink(fixture_path);
    fill(100, 3);
    assert_refused(VT_ERROR_CHANGED);
}

static void can_be_cancelled(void **state)
{
    (void)state;
    fill(5000, 3);
    write_columns();
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_ONLY);
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_index *index = vt_index_create();
    atomic_bool cancelled = true;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_columns_load(index, catalog, reader, columns_path, &cancelled, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    vt_index_free(index);
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        columns_test(a_wrong_bit_is_seen),     columns_test(a_cut_file_is_seen),
        columns_test(contradictions_are_seen), columns_test(other_files_are_refused),
        columns_test(of_another_catalog),      columns_test(can_be_cancelled),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(spoiled);
    return failed;
}
