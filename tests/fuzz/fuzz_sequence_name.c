/* Listings of any names, one a line: what a name is taken apart into must give the name again, and grouping
   must put every file into one place. */
#include "core/sequence/sequence.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 512 };

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void check_name(const char *name, size_t length)
{
    vt_sequence_name parts;
    vt_error error = VT_ERROR_INIT;
    if (!vt_sequence_name_parse(name, length, &parts, &error)) {
        require(error.code == VT_ERROR_USAGE || error.code == VT_ERROR_LIMIT ||
                error.code == VT_ERROR_NOT_FOUND);
        require(error.message[0] != '\0');
        return;
    }
    require(parts.digits_length > 0 && parts.digits_at + parts.digits_length <= parts.extension_at &&
            parts.extension_at <= length && parts.length == length && parts.number >= 0);
    bool padded = vt_sequence_name_is_padded(name, &parts);
    vt_sequence_pattern pattern = vt_sequence_pattern_of(name, &parts, padded ? parts.digits_length : 1);
    vt_str again = VT_STR_INIT;
    int64_t frame = -1;
    require(vt_sequence_pattern_name(&pattern, parts.number, &again, NULL));
    require(again.length == length && memcmp(again.data, name, length) == 0);
    require(vt_sequence_pattern_matches(&pattern, name, length, &frame) && frame == parts.number);
    vt_str_clear(&again);
    vt_sequence_pattern_append_hashes(&pattern, &again);
    require(again.length == (padded ? length : length - parts.digits_length + 1));
    vt_str_free(&again);
}

static void check_members(const vt_sequence *sequence, const vt_scan_file *files, size_t count,
                          unsigned char *seen)
{
    require(vt_sequence_ranges_frames(&sequence->ranges) == sequence->count);
    for (uint32_t i = 0; i < sequence->count; i++) {
        int64_t named, there;
        require(sequence->members[i] < count && ++seen[sequence->members[i]] == 1);
        const vt_scan_file *file = &files[sequence->members[i]];
        require(vt_sequence_pattern_matches(&sequence->pattern, file->name, file->name_length, &named));
        require(vt_sequence_ranges_at(&sequence->ranges, i, &there) && there == named);
    }
}

static void check_groups(const vt_scan_file *files, size_t count, vt_sequence_mode mode)
{
    unsigned char seen[FILES_MAX] = {0};
    vt_sequence_options options = {.mode = mode};
    vt_sequences *list = vt_sequences_group(files, count, &options, NULL);
    require(list != NULL);
    size_t singles, all = 0;
    const uint32_t *single = vt_sequences_singles(list, &singles);
    for (size_t i = 0; i < singles; i++) {
        require(single[i] < count && ++seen[single[i]] == 1);
    }
    for (size_t i = 0; i < vt_sequences_count(list); i++) {
        const vt_sequence *sequence = vt_sequences_get(list, i);
        require(sequence->count >= VT_SEQUENCE_MEMBERS_MIN);
        check_members(sequence, files, count, seen);
        all += sequence->count;
    }
    require(all + singles == count);
    vt_sequences_free(list);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    vt_scan_file files[FILES_MAX] = {{0}};
    char *names[FILES_MAX];
    size_t count = 0;
    for (size_t at = 0, end; at < size && count < FILES_MAX; at = end + 1) {
        for (end = at; end < size && bytes[end] != '\n'; end++) {
        }
        /* A copy of its own, so that a sanitizer sees a step beyond its end. */
        size_t length = end - at;
        char *name = malloc(length + 1);
        require(name != NULL);
        memcpy(name, bytes + at, length);
        name[length] = '\0';
        check_name(name, length);
        names[count] = name;
        files[count] = (vt_scan_file){.name = name,
                                      .name_length = (uint32_t)length,
                                      .size = length > 0 ? name[0] : 0,
                                      .mtime_ns = (int64_t)(length << 40)};
        count++;
    }
    check_groups(files, count, VT_SEQUENCE_CAREFUL);
    check_groups(files, count, VT_SEQUENCE_EAGER);
    for (size_t i = 0; i < count; i++) {
        free(names[i]);
    }
    return 0;
}
