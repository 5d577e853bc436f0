#include "core/mesh/number.h"
#include "core/mesh/stl_private.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define WORD_MAX  256 /* longer words are no part of the format; they are taken in pieces */
#define SHOWN_MAX 40  /* of a wrong word, in messages */

typedef struct word {
    const char *text; /* lent by the scanner until the next word */
    size_t length;
} word;

/* Splits the source into words, one block in memory at a time. */
typedef struct scanner {
    const vt_stl_source *source;
    char *block; /* VT_STL_BLOCK_BYTES */
    size_t at;
    size_t end;
    uint64_t offset; /* of the source, behind the block */
    uint64_t line;
} scanner;

/* A facet being read. */
typedef struct facet {
    bool open; /* between "facet" and "endfacet" */
    bool loop; /* between "outer" and "endloop" */
    int count; /* corners so far */
    float corners[9];
} facet;

typedef struct text_reader {
    scanner scanner;
    facet facet;
    const vt_triangle_sink *sink;
    vt_stl_report *report;
    size_t waiting; /* triangles in batch */
    float batch[VT_TRIANGLE_BATCH * 9];
} text_reader;

static inline bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Moves what is left to the front and fills up; does nothing at the end of the source. */
static bool refill(scanner *scanner, vt_error *error)
{
    size_t left = scanner->end - scanner->at;
    uint64_t more = scanner->source->size - scanner->offset;
    size_t room = VT_STL_BLOCK_BYTES - left;
    size_t count = more < room ? (size_t)more : room;
    if (count == 0) {
        return true;
    }
    memmove(scanner->block, scanner->block + scanner->at, left);
    scanner->at = 0;
    scanner->end = left;
    if (!vt_stl_source_read(scanner->source, scanner->offset, scanner->block + left, count, error)) {
        return false;
    }
    scanner->end += count;
    scanner->offset += count;
    return true;
}

/* The next word; length 0 at the end of the source. */
static bool next_word(scanner *scanner, word *found, vt_error *error)
{
    for (;;) {
        while (scanner->at < scanner->end && is_space(scanner->block[scanner->at])) {
            scanner->line += scanner->block[scanner->at] == '\n';
            scanner->at++;
        }
        if (scanner->end - scanner->at >= WORD_MAX || scanner->offset == scanner->source->size) {
            break;
        }
        if (!refill(scanner, error)) {
            return false;
        }
        if (!is_space(scanner->block[scanner->at])) {
            break;
        }
    }
    size_t left = scanner->end - scanner->at;
    size_t limit = left < WORD_MAX ? left : WORD_MAX;
    found->text = scanner->block + scanner->at;
    found->length = 0;
    while (found->length < limit && !is_space(found->text[found->length])) {
        found->length++;
    }
    scanner->at += found->length;
    return true;
}

static bool skip_line(scanner *scanner, vt_error *error)
{
    for (;;) {
        for (; scanner->at < scanner->end; scanner->at++) {
            if (scanner->block[scanner->at] == '\n' || scanner->block[scanner->at] == '\r') {
                return true;
            }
        }
        if (scanner->offset == scanner->source->size) {
            return true;
        }
        if (!refill(scanner, error)) {
            return false;
        }
    }
}

static bool at_end(const scanner *scanner)
{
    return scanner->at == scanner->end && scanner->offset == scanner->source->size;
}

static bool is_word(const word *found, const char *keyword)
{
    return strlen(keyword) == found->length && strncasecmp(found->text, keyword, found->length) == 0;
}

/* A word that does not belong here. The very last one may have been cut off in the middle: that is no
   nonsense, and ends the reading. */
static bool reject(text_reader *reader, const word *found, const char *expected, vt_error *error)
{
    if (at_end(&reader->scanner)) {
        reader->report->truncated = true;
        return true;
    }
    char shown[SHOWN_MAX + 1];
    size_t length = found->length < SHOWN_MAX ? found->length : SHOWN_MAX;
    for (size_t i = 0; i < length; i++) {
        shown[i] = found->text[i] > ' ' && found->text[i] < 0x7f ? found->text[i] : '?';
    }
    shown[length] = '\0';
    return vt_error_set(error, VT_ERROR_CORRUPT, "Line %llu of the STL file: expected %s, found \"%s\"",
                        (unsigned long long)reader->scanner.line, expected, shown);
}

static bool flush(text_reader *reader, vt_error *error)
{
    size_t count = reader->waiting;
    reader->waiting = 0;
    return count == 0 || reader->sink->take(reader->sink->user, reader->batch, count, error);
}

static bool add_triangle(text_reader *reader, vt_error *error)
{
    memcpy(&reader->batch[reader->waiting * 9], reader->facet.corners, sizeof reader->facet.corners);
    reader->facet.count = 0;
    return ++reader->waiting < VT_TRIANGLE_BATCH || flush(reader, error);
}

/* The three numbers behind "vertex". */
static bool read_corner(text_reader *reader, const word *keyword, vt_error *error)
{
    facet *facet = &reader->facet;
    if (facet->count == 3) {
        return reject(reader, keyword, "three corners in a facet", error);
    }
    for (int axis = 0; axis < 3; axis++) {
        word found;
        if (!next_word(&reader->scanner, &found, error)) {
            return false;
        }
        if (!vt_number_read_float(found.text, found.length, &facet->corners[facet->count * 3 + axis])) {
            return reject(reader, &found, "a coordinate", error);
        }
    }
    facet->count++;
    return true;
}

/* "endloop" and "endfacet": the triangle is whole, unless it was taken already. */
static bool close_part(text_reader *reader, const word *keyword, bool whole_facet, vt_error *error)
{
    facet *facet = &reader->facet;
    if (facet->count == 3 && !add_triangle(reader, error)) {
        return false;
    }
    if (facet->count != 0 || (!whole_facet && !facet->loop)) {
        return reject(reader, keyword, "three corners in a facet", error);
    }
    facet->loop = false;
    facet->open = facet->open && !whole_facet;
    return true;
}

/* One statement beginning with `keyword`. Words outside of loops that mean nothing here are passed over:
   normals, and what programs add (colours, comments). */
static bool read_statement(text_reader *reader, const word *keyword, vt_error *error)
{
    facet *facet = &reader->facet;
    if (is_word(keyword, "vertex") && facet->open) {
        return read_corner(reader, keyword, error);
    }
    if (is_word(keyword, "endloop")) {
        return close_part(reader, keyword, false, error);
    }
    if (is_word(keyword, "endfacet")) {
        return close_part(reader, keyword, true, error);
    }
    if (facet->loop && !is_word(keyword, "loop")) {
        return reject(reader, keyword, "\"vertex\" or \"endloop\"", error);
    }
    if (is_word(keyword, "facet")) {
        *facet = (struct facet){.open = true};
    } else if (is_word(keyword, "outer") && facet->open) {
        facet->loop = true;
    } else if (is_word(keyword, "solid")) {
        reader->report->solids++;
        return skip_line(&reader->scanner, error);
    } else if (is_word(keyword, "endsolid")) {
        return skip_line(&reader->scanner, error);
    }
    return true;
}

static bool read_all(text_reader *reader, vt_error *error)
{
    while (!reader->report->truncated) {
        word keyword;
        if (!next_word(&reader->scanner, &keyword, error)) {
            return false;
        }
        if (keyword.length == 0) {
            reader->report->truncated = reader->facet.open;
            break;
        }
        if (!read_statement(reader, &keyword, error)) {
            return false;
        }
    }
    return flush(reader, error);
}

bool vt_stl_read_text(const vt_stl_source *source, const vt_triangle_sink *sink, vt_stl_report *report,
                      vt_error *error)
{
    report->ascii = true;
    text_reader *reader = calloc(1, sizeof *reader);
    char *block = malloc(VT_STL_BLOCK_BYTES);
    if (!reader || !block) {
        free(reader);
        free(block);
        return vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for reading a model");
    }
    reader->scanner = (scanner){.source = source, .block = block, .line = 1};
    reader->report = report;
    reader->sink = sink;
    bool good = (!sink->begin || sink->begin(sink->user, source->size / VT_STL_FACET_BYTES, error)) &&
                refill(&reader->scanner, error);
    if (good && source->size >= 3 && memcmp(block, "\xef\xbb\xbf", 3) == 0) {
        reader->scanner.at = 3; /* byte order mark */
    }
    good = good && read_all(reader, error);
    free(block);
    free(reader);
    return good;
}
