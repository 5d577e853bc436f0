#include "core/index/columns.h"

#include "core/base/arena.h"
#include "core/index/columns_private.h"
#include "core/index/index_private.h"
#include "core/index/letters.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What most sections have room in. */
#define ROOM_FIRST ((size_t)512 * 1024)

typedef struct loading {
    vt_index *index;
    int file;
    const vt_columns_header *header;
    const atomic_bool *cancelled;
    vt_error *error;
    uint64_t left; /* bytes of the file that were not read */
    uint64_t chain;
    char *bytes; /* of the section; owned */
    size_t room;
} loading;

static bool is_corrupt(loading *load, const char *what)
{
    vt_error_set(load->error, VT_ERROR_CORRUPT, "%s", what);
    return false;
}

static bool no_memory(loading *load)
{
    vt_error_set(load->error, VT_ERROR_MEMORY, "out of memory while loading the library");
    return false;
}

/* Reads the section that must come now: of `kind`, and of `least` to `most` folders or rows. */
static bool read_section(loading *load, vt_columns_kind kind, uint32_t least, uint32_t most,
                         vt_columns_section *section)
{
    *section = (vt_columns_section){0};
    if (load->cancelled && atomic_load(load->cancelled)) {
        vt_error_set(load->error, VT_ERROR_CANCELLED, "loading the library was cancelled");
        return false;
    }
    if (load->left < sizeof *section) {
        return is_corrupt(load, "a section is missing");
    }
    if (!vt_columns_read(load->file, section, sizeof *section, load->error)) {
        return false;
    }
    load->left -= sizeof *section;
    load->chain = vt_columns_chain(load->chain, section);
    if (section->kind != (uint32_t)kind || section->count < least || section->count > most ||
        section->bytes > VT_COLUMNS_SECTION_MAX || section->bytes > load->left) {
        return is_corrupt(load, "a section is not what must stand there");
    }
    size_t bytes = (size_t)section->bytes;
    if (bytes > load->room) {
        char *longer = realloc(load->bytes, bytes);
        if (!longer) {
            return no_memory(load);
        }
        load->bytes = longer;
        load->room = bytes;
    }
    load->left -= bytes;
    return vt_columns_read(load->file, load->bytes, bytes, load->error) &&
           (vt_columns_sum(load->bytes, bytes) == section->sum || is_corrupt(load, "a section is damaged"));
}

static bool take_folders(loading *load, const vt_columns_section *section)
{
    vt_folders *folders = &load->index->tables.folders;
    const size_t entry = sizeof(int64_t) + sizeof(uint32_t);
    if (section->bytes < section->count * entry) {
        return is_corrupt(load, "a section of folders is too short");
    }
    const char *path = load->bytes + section->count * entry;
    size_t left = (size_t)section->bytes - section->count * entry;
    for (uint32_t i = 0; i < section->count; i++) {
        int64_t id = 0;
        uint32_t length = 0;
        memcpy(&id, load->bytes + i * sizeof id, sizeof id);
        memcpy(&length, load->bytes + section->count * sizeof id + i * sizeof length, sizeof length);
        uint32_t before = folders->count;
        if (length > left) {
            return is_corrupt(load, "a folder is cut off");
        }
        if (!vt_folders_add(folders, id, path, length, load->error)) {
            return false;
        }
        if (folders->count == before) {
            return is_corrupt(load, "a folder is there twice");
        }
        path += length;
        left -= length;
    }
    return left == 0 || is_corrupt(load, "a section of folders is too long");
}

static bool ids_ascend(const vt_chunk *chunk, uint32_t count, int64_t last)
{
    bool ascend = chunk->id[0] > last;
    for (uint32_t i = 1; i < count; i++) {
        ascend &= chunk->id[i] > chunk->id[i - 1];
    }
    return ascend;
}

static uint8_t highest(const uint8_t *column, uint32_t count)
{
    uint8_t most = 0;
    for (uint32_t i = 0; i < count; i++) {
        most = column[i] > most ? column[i] : most;
    }
    return most;
}

/* What the reader of the catalog makes sure of (core/catalog/item_row.h), and that folders are there. */
static bool values_are_sound(const vt_chunk *chunk, uint32_t count, uint32_t folders)
{
    uint32_t folder = 0;
    for (uint32_t i = 0; i < count; i++) {
        folder = chunk->folder[i] > folder ? chunk->folder[i] : folder;
    }
    return folder < folders && highest(chunk->kind, count) <= VT_KIND_SEQUENCE &&
           highest(chunk->format, count) < VT_FORMAT_COUNT &&
           highest(chunk->state, count) < VT_ITEM_STATE_COUNT &&
           highest(chunk->watertight, count) <= VT_WATERTIGHT_YES && highest(chunk->rating, count) <= 5;
}

/* Each as long as its row says, a NUL after it, and nothing behind the last. */
static bool names_are_sound(const vt_chunk *chunk, uint32_t count, const char *names, size_t bytes)
{
    size_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        at += chunk->name_length[i];
        if (chunk->name_length[i] > VT_NAME_LENGTH_MAX || at >= bytes || names[at] != '\0') {
            return false;
        }
        at++;
    }
    return at == bytes;
}

static void fill_letters(vt_chunk *chunk, uint32_t count)
{
    for (uint32_t first = 0; first < count; first += 64) {
        uint64_t letters[64] = {0};
        for (uint32_t i = first; i < count && i < first + 64; i++) {
            letters[i - first] = vt_letters(vt_name_folded(chunk->name[i]), chunk->name_length[i]);
        }
        vt_letters_fill(&chunk->letters, first, letters);
    }
}

static bool take_rows(loading *load, const vt_columns_section *section)
{
    vt_index *index = load->index;
    uint32_t count = section->count;
    size_t fixed = vt_columns_row_bytes(count);
    if (section->bytes < fixed) {
        return is_corrupt(load, "a section of rows is too short");
    }
    if (!vt_index_add_chunk(index)) {
        return no_memory(load);
    }
    vt_chunk *chunk = index->pieces[index->piece_count - 1].chunk;
    const char *from = load->bytes;
    for (size_t i = 0; i < VT_COLUMNS_COUNT; i++) {
        size_t bytes = vt_columns_layout[i].width * count;
        memcpy((char *)chunk + vt_columns_layout[i].offset, from, bytes);
        from += bytes;
    }
    int64_t last = 0; /* ids are greater than that */
    if (index->count > 0) {
        const vt_chunk *before = index->pieces[index->piece_count - 2].chunk;
        last = before->id[VT_CHUNK_MASK];
    }
    size_t name_bytes = (size_t)section->bytes - fixed;
    if (!ids_ascend(chunk, count, last) || !values_are_sound(chunk, count, load->header->folders) ||
        !names_are_sound(chunk, count, from, name_bytes)) {
        return is_corrupt(load, "its rows contradict themselves");
    }
    if (!vt_names_add_run(&index->names, from, chunk->name_length, count, chunk->name)) {
        return no_memory(load);
    }
    for (uint32_t i = 0; i < count; i++) {
        chunk->removed[i] = chunk->state[i] == VT_ITEM_TRASHED;
        index->removed += chunk->removed[i];
    }
    fill_letters(chunk, count);
    index->count += count;
    return true;
}

/* Nobody has seen any of it. */
static void empty(vt_index *index)
{
    for (uint32_t i = 0; i < index->piece_count; i++) {
        vt_piece_release(&index->pieces[i]);
    }
    index->piece_count = index->count = index->removed = 0;
    vt_names_free(&index->names);
    vt_folders_free(&index->tables.folders);
    index->tables.folders = (vt_folders){0};
    index->last_folder = UINT32_MAX;
    index->last_row = VT_INDEX_NO_ROW;
}

static bool fill(loading *load)
{
    vt_columns_section section;
    const vt_columns_header *header = load->header;
    for (uint32_t done = 0; done < header->folders; done += section.count) {
        uint32_t left = header->folders - done;
        if (!read_section(load, VT_COLUMNS_FOLDERS, 1,
                          left < VT_COLUMNS_FOLDERS_MAX ? left : VT_COLUMNS_FOLDERS_MAX, &section) ||
            !take_folders(load, &section)) {
            return false;
        }
    }
    while (load->index->count < header->rows) {
        uint32_t left = header->rows - load->index->count;
        uint32_t count = left < VT_CHUNK_ROWS ? left : VT_CHUNK_ROWS;
        if (!read_section(load, VT_COLUMNS_ROWS, count, count, &section) || !take_rows(load, &section)) {
            return false;
        }
    }
    return (load->left == 0 && load->chain == header->chain) ||
           is_corrupt(load, "its sections are not those its header tells of");
}

bool vt_columns_fill(vt_index *index, int file, const vt_columns_header *header, const atomic_bool *cancelled,
                     vt_error *error)
{
    if (header->bytes < sizeof *header) {
        return vt_error_set(error, VT_ERROR_CORRUPT, "it is shorter than its header");
    }
    loading load = {.index = index,
                    .file = file,
                    .header = header,
                    .cancelled = cancelled,
                    .error = error,
                    .left = header->bytes - sizeof *header,
                    .bytes = malloc(ROOM_FIRST),
                    .room = ROOM_FIRST};
    bool filled = load.bytes ? fill(&load) : no_memory(&load);
    free(load.bytes);
    if (!filled) {
        empty(index);
    }
    return filled;
}

bool vt_columns_load(vt_index *index, const vt_catalog *catalog, vt_catalog_reader *reader, const char *path,
                     const atomic_bool *cancelled, vt_error *error)
{
    vt_columns_header header;
    int64_t bytes = 0;
    int file = vt_columns_open(path, &header, &bytes, error);
    if (file < 0) {
        return false;
    }
    bool loaded = vt_catalog_reader_begin(reader, error);
    if (loaded) {
        loaded = vt_columns_match(&header, catalog, reader, error) &&
                 vt_columns_fill(index, file, &header, cancelled, error);
        vt_catalog_reader_end(reader);
    }
    close(file);
    if (!loaded || vt_index_publish(index, error)) {
        return loaded;
    }
    empty(index);
    return false;
}
