#include "core/sidecar/sidecar_said.h"

#include "core/sidecar/sidecar_pack.h"
#include "core/sidecar/sidecar_text.h"

#include <stdlib.h>
#include <string.h>

#define VERSION     1
#define HEAD        ('S' | (uint64_t)'A' << 8 | (uint64_t)VERSION << 16)
#define HEAD_BYTES  3
#define COUNT_BYTES 4

void vt_sidecar_said_free(vt_sidecar_said *said)
{
    for (int i = 0; i < VT_SIDECAR_SINGLES; i++) {
        free(said->single[i]);
    }
    vt_sidecar_tags_free(&said->paths);
    vt_sidecar_tags_free(&said->words);
    memset(said, 0, sizeof *said);
}

/* ---- out of the helper ---- */

static void put_tags(vt_str *to, const vt_sidecar_tags *tags)
{
    vt_sidecar_put_number(to, tags->count, COUNT_BYTES);
    for (size_t i = 0; i < tags->count; i++) {
        vt_sidecar_put_text(to, tags->list[i]);
    }
}

void vt_sidecar_said_pack(const vt_sidecar_said *said, vt_str *to)
{
    uint8_t metadata[VT_METADATA_PACKED_MAX];
    size_t metadata_bytes = vt_metadata_pack(&said->metadata, metadata);
    vt_sidecar_put_number(to, HEAD, HEAD_BYTES);
    for (int i = 0; i < VT_SIDECAR_SINGLES; i++) {
        vt_sidecar_put_number(to, said->single[i] != NULL, 1);
        if (said->single[i]) {
            vt_sidecar_put_text(to, said->single[i]);
        }
    }
    put_tags(to, &said->paths);
    put_tags(to, &said->words);
    vt_sidecar_put_number(to, said->kept, COUNT_BYTES);
    vt_sidecar_put_number(to, metadata_bytes, COUNT_BYTES);
    vt_str_append(to, metadata, metadata_bytes);
}

/* ---- into the program ---- */

typedef struct unpacking {
    vt_sidecar_unpacker from;
    vt_sidecar_said *said;
    vt_str scratch;
    vt_error *error;
} unpacking;

static bool refuse(unpacking *u)
{
    return vt_error_set(u->error, VT_ERROR_CRASHED, "cannot be read: the decoder answered nonsense about it");
}

static bool no_memory(unpacking *u)
{
    return vt_error_set(u->error, VT_ERROR_MEMORY, "cannot be read: out of memory");
}

/* Nothing that must not be shown is left in it. */
static bool is_clean(unpacking *u, const char *text, bool lines)
{
    vt_str_clear(&u->scratch);
    vt_sidecar_text_clean(&u->scratch, text, strlen(text), lines);
    return strcmp(u->scratch.data, text) == 0;
}

static bool get_single(unpacking *u, vt_sidecar_single which)
{
    uint64_t there = vt_sidecar_get_number(&u->from, 1);
    const char *text = there ? vt_sidecar_get_text(&u->from) : "";
    if (u->from.failed || there > 1) {
        return refuse(u);
    }
    if (!is_clean(u, text, which == VT_SIDECAR_SINGLE_NOTES)) {
        return u->scratch.failed ? no_memory(u) : refuse(u);
    }
    u->said->single[which] = there ? strdup(text) : NULL;
    return !there || u->said->single[which] || no_memory(u);
}

/* As tags are made of what stands in the lists. */
static bool is_tag(unpacking *u, const char *text, bool word)
{
    vt_str tag = VT_STR_INIT;
    bool fine =
        is_clean(u, text, false) &&
        vt_sidecar_tag_read(word ? VT_SIDECAR_PROPERTY_SUBJECT : VT_SIDECAR_PROPERTY_DIGIKAM, text, &tag) &&
        strcmp(tag.data, text) == 0;
    u->scratch.failed = u->scratch.failed || tag.failed;
    vt_str_free(&tag);
    return fine;
}

static bool get_tags(unpacking *u, vt_sidecar_tags *tags, const vt_sidecar_tags *levels)
{
    uint64_t count = vt_sidecar_get_number(&u->from, COUNT_BYTES);
    if (u->from.failed || count > VT_SIDECAR_TAGS_MAX) {
        return refuse(u);
    }
    for (uint64_t i = 0; i < count; i++) {
        const char *text = vt_sidecar_get_text(&u->from);
        if (u->from.failed || !is_tag(u, text, levels != NULL) ||
            (levels && vt_sidecar_tags_has_level(levels, text))) {
            return u->scratch.failed ? no_memory(u) : refuse(u);
        }
        if (!vt_sidecar_tags_add(tags, text, NULL)) {
            return no_memory(u);
        }
        if (tags->count != i + 1) { /* it was there */
            return refuse(u);
        }
    }
    return true;
}

static bool get_all(unpacking *u)
{
    vt_sidecar_said *said = u->said;
    if (vt_sidecar_get_number(&u->from, HEAD_BYTES) != HEAD) {
        return refuse(u);
    }
    for (int i = 0; i < VT_SIDECAR_SINGLES; i++) {
        if (!get_single(u, (vt_sidecar_single)i)) {
            return false;
        }
    }
    if (!get_tags(u, &said->paths, NULL) || !get_tags(u, &said->words, &said->paths)) {
        return false;
    }
    said->kept = (size_t)vt_sidecar_get_number(&u->from, COUNT_BYTES);
    uint64_t metadata_bytes = vt_sidecar_get_number(&u->from, COUNT_BYTES);
    return (!u->from.failed && said->kept <= VT_SIDECAR_BYTES_MAX && metadata_bytes == u->from.left &&
            vt_metadata_unpack(&said->metadata, u->from.at, u->from.left)) ||
           refuse(u);
}

bool vt_sidecar_said_unpack(const void *bytes, size_t count, vt_sidecar_said *said, vt_error *error)
{
    unpacking u = {.from = {bytes, count, false}, .said = said, .scratch = VT_STR_INIT, .error = error};
    memset(said, 0, sizeof *said);
    bool done = get_all(&u);
    vt_str_free(&u.scratch);
    if (!done) {
        vt_sidecar_said_free(said);
    }
    return done;
}
