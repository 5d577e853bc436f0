/* Private to core/index: how a columns file is laid out; who reads and who writes it share this. */
#ifndef VT_INDEX_COLUMNS_PRIVATE_H
#define VT_INDEX_COLUMNS_PRIVATE_H

#include "core/catalog/stamp.h"
#include "core/index/chunk.h"

#define VT_COLUMNS_MAGIC "VtColumn"
/* One more whenever the layout changes, or what vt_index_load makes of a catalog. */
#define VT_COLUMNS_VERSION    1u
#define VT_COLUMNS_BYTE_ORDER 0x01020304u

/* At the start of the file; written last. */
typedef struct vt_columns_header {
    char magic[8];
    uint32_t version, byte_order;
    char program[24];         /* version of the program, NULs behind it */
    uint32_t formats, states; /* how many it knew: what it did not know it has written as unknown */
    uint32_t rows, folders;
    uint64_t bytes; /* of the file */
    uint64_t chain; /* vt_columns_chain over the headers of all sections, in their order */
    vt_catalog_stamp stamp;
    uint64_t sum; /* XXH3 of all before it */
} vt_columns_header;

typedef enum vt_columns_kind { VT_COLUMNS_FOLDERS = 1, VT_COLUMNS_ROWS = 2 } vt_columns_kind;

/* Before each section. First come those of folders: ids, lengths, then the paths without anything between
   them. Then those of rows, each full but the last: the columns of vt_columns_layout one behind the other,
   then the names, a NUL after each. */
typedef struct vt_columns_section {
    uint32_t kind;  /* vt_columns_kind */
    uint32_t count; /* folders or rows */
    uint64_t bytes; /* that follow */
    uint64_t sum;   /* XXH3 of them */
} vt_columns_section;

/* Folders of a section. */
#define VT_COLUMNS_FOLDERS_MAX 4096u

/* A column of the index as it stands in a section. */
typedef struct vt_columns_column {
    size_t offset; /* in vt_chunk */
    size_t width;  /* bytes a row */
} vt_columns_column;

#define VT_COLUMNS_COUNT 13
extern const vt_columns_column vt_columns_layout[VT_COLUMNS_COUNT];

/* Bytes that `count` rows take without their names. */
size_t vt_columns_row_bytes(uint32_t count);

uint64_t vt_columns_sum(const void *bytes, size_t count);
uint64_t vt_columns_chain(uint64_t chain, const vt_columns_section *section);
/* Fills in what says who writes: magic to `states`. */
void vt_columns_sign(vt_columns_header *header);
uint64_t vt_columns_header_sum(const vt_columns_header *header);

/* Whether a header is sound, of a file of `bytes` bytes: as vt_columns_load. */
bool vt_columns_check_header(const vt_columns_header *header, int64_t bytes, vt_error *error);

/* Opens the file and reads its header, which is sound then: of this version and byte order, its numbers
   within their limits, and the file as long as it says. The descriptor, -1 and `error` as vt_columns_load;
   `*bytes` is the size as far as it is known. */
int vt_columns_open(const char *path, vt_columns_header *header, int64_t *bytes, vt_error *error);

/* Reads exactly `count` bytes: VT_ERROR_TRUNCATED, VT_ERROR_IO. */
bool vt_columns_read(int file, void *to, size_t count, vt_error *error);

/* VT_ERROR_CHANGED if the header is of another state of the catalog than `reader`, in a transaction, sees. */
bool vt_columns_match(const vt_columns_header *header, const vt_catalog *catalog, vt_catalog_reader *reader,
                      vt_error *error);

/* Fills an empty index with what follows the header, without publishing it. On failure it is empty again. */
bool vt_columns_fill(vt_index *index, int file, const vt_columns_header *header, const atomic_bool *cancelled,
                     vt_error *error);

#endif
