#include "core/decode/thumb_origin.h"

#include <libdeflate.h>
#include <md5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_BYTES 33 /* signature and IHDR chunk */
#define CHUNK_BYTES  12 /* length, type and checksum around a chunk's data */
#define CHUNKS_MAX   256
#define TEXT_MAX     16384 /* a path of PATH_MAX bytes, each escaped, has 12,288 */
#define DIGITS_MAX   18

static const char text_type[4] = {'t', 'E', 'X', 't'};

static bool is_picture(const uint8_t *head, size_t length)
{
    static const uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    static const char mark[] = "tEXt" VT_THUMB_SOFTWARE_KEY "\0Vitrine ";
    const size_t size = sizeof mark - 1;
    if (length < HEADER_BYTES || memcmp(head, signature, sizeof signature) != 0) {
        return false;
    }
    for (size_t at = HEADER_BYTES; at + size <= length; at++) {
        if (memcmp(head + at, mark, size) == 0) {
            return true;
        }
    }
    return false;
}

const vt_file_kind vt_thumb_picture_kind = {.name = "picture of Vitrine's own", .is = is_picture};

void vt_thumb_origin_name(const char *uri, uint8_t name[VT_THUMB_NAME_BYTES])
{
    MD5_CTX context;
    MD5Init(&context);
    MD5Update(&context, (const uint8_t *)uri, strlen(uri));
    MD5Final(name, &context);
}

void vt_thumb_origin_file(const uint8_t name[VT_THUMB_NAME_BYTES], char file[37])
{
    for (int i = 0; i < VT_THUMB_NAME_BYTES; i++) {
        snprintf(file + (size_t)i * 2, 3, "%02x", name[i]);
    }
    memcpy(file + (size_t)VT_THUMB_NAME_BYTES * 2, ".png", 5);
}

static uint32_t get_u32(const uint8_t *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

static void put_u32(uint8_t *to, uint32_t value)
{
    to[0] = (uint8_t)(value >> 24);
    to[1] = (uint8_t)(value >> 16);
    to[2] = (uint8_t)(value >> 8);
    to[3] = (uint8_t)value;
}

/* A whole number without a sign; negative if it is none. Of "12.5" it is 12. */
static int64_t number_of(const char *text)
{
    int64_t value = 0;
    int digits = 0;
    for (; text[digits] >= '0' && text[digits] <= '9' && digits <= DIGITS_MAX; digits++) {
        value = value * 10 + (text[digits] - '0');
    }
    bool ended = text[digits] == '\0' || text[digits] == '.';
    return digits > 0 && digits <= DIGITS_MAX && ended ? value : -1;
}

typedef struct texts {
    bool has_uri, has_mtime;
} texts;

/* `text`: keyword, NUL, value, NUL. The first of each keyword counts. */
static void take_text(const char *text, size_t size, texts *seen, vt_thumb_origin *origin)
{
    size_t keyword = strlen(text) + 1;
    if (keyword >= size) {
        return;
    }
    const char *value = text + keyword;
    if (strcmp(text, "Thumb::URI") == 0 && !seen->has_uri && strlen(value) == size - keyword) {
        vt_thumb_origin_name(value, origin->name);
        seen->has_uri = true;
    } else if (strcmp(text, "Thumb::MTime") == 0 && !seen->has_mtime) {
        origin->mtime_s = number_of(value);
        seen->has_mtime = origin->mtime_s >= 0;
    } else if (strcmp(text, "Thumb::Size") == 0 && origin->size < 0) {
        origin->size = number_of(value);
    }
}

void vt_thumb_origin_read(vt_input *input, vt_thumb_origin *origin)
{
    uint8_t head[8];
    texts seen = {false, false};
    uint64_t at = 8;
    char *text = malloc(TEXT_MAX + 1);
    *origin = (vt_thumb_origin){.size = -1};
    for (int i = 0; text && i < CHUNKS_MAX && vt_input_read_at(input, at, head, 8) == 8; i++) {
        uint32_t size = get_u32(head);
        if (memcmp(head + 4, "IEND", 4) == 0) {
            break;
        }
        if (memcmp(head + 4, text_type, sizeof text_type) == 0 && size <= TEXT_MAX &&
            vt_input_read_at(input, at + 8, text, size) == size) {
            text[size] = '\0';
            take_text(text, size, &seen, origin);
        }
        at += (uint64_t)size + CHUNK_BYTES;
    }
    free(text);
    origin->is_told = seen.has_uri && seen.has_mtime;
}

bool vt_thumb_origin_add(vt_blob *png, const char *keyword, const char *text, vt_error *error)
{
    size_t keyword_bytes = strlen(keyword) + 1;
    size_t size = keyword_bytes + strlen(text);
    uint8_t *bytes = realloc(png->data, png->size + CHUNK_BYTES + size);
    if (!bytes) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a thumbnail");
    }
    uint8_t *chunk = bytes + HEADER_BYTES;
    memmove(chunk + CHUNK_BYTES + size, chunk, png->size - HEADER_BYTES);
    put_u32(chunk, (uint32_t)size);
    memcpy(chunk + 4, text_type, sizeof text_type);
    memcpy(chunk + 8, keyword, keyword_bytes);
    memcpy(chunk + 8 + keyword_bytes, text, size - keyword_bytes);
    put_u32(chunk + 8 + size, libdeflate_crc32(0, chunk + 4, size + 4));
    png->data = bytes;
    png->size += CHUNK_BYTES + size;
    return true;
}
