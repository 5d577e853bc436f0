/* Private to the filter's evaluation: what runs, the rows it looks at, and what one condition keeps of them
   (filter_keep.c). */
#ifndef VT_INDEX_FILTER_RUN_H
#define VT_INDEX_FILTER_RUN_H

#include "core/index/filter_private.h"

/* What a text means for a folder. */
enum { VT_FOLDER_HOLDS = 1, VT_FOLDER_ENDS = 2 }; /* its path contains the text; ends with the text's head */

typedef struct vt_run {
    const vt_filter *filter;
    const vt_snapshot *snapshot;
    uint8_t
        *folders[VT_FILTER_NODES_MAX]; /* of a text node: a byte for each folder; NULL if all would be 0 */
    /* Bits by number, NULL if all would be 0: of a text node, of tag sets and titles; of a table node, of
       what its column numbers. */
    uint64_t *tags[VT_FILTER_NODES_MAX];
    uint64_t *titles[VT_FILTER_NODES_MAX];
    uint64_t *tables[VT_FILTER_NODES_MAX];
} vt_run;

typedef struct vt_rows {
    const vt_chunk *chunk;
    const vt_file_block *file; /* NULL as in a snapshot */
    const vt_user_block *user;
    uint32_t first; /* its number in the index */
    uint32_t count;
} vt_rows;

static inline uint32_t vt_count_bits(const vt_bits bits)
{
    uint32_t count = 0;
    for (int i = 0; i < VT_FILTER_WORDS; i++) {
        count += (uint32_t)__builtin_popcountll(bits[i]);
    }
    return count;
}

/* Keeps the rows for which `condition`, an expression of the row `at`, is true. */
#define VT_KEEP_ROWS(bits, rows, condition)                                                                  \
    for (uint32_t word_ = 0; word_ < VT_FILTER_WORDS; word_++) {                                             \
        if ((bits)[word_]) {                                                                                 \
            uint32_t end_ = word_ * 64 + 64 < (rows)->count ? word_ * 64 + 64 : (rows)->count;               \
            uint64_t kept_ = 0;                                                                              \
            for (uint32_t at = word_ * 64; at < end_; at++) {                                                \
                kept_ |= (uint64_t)(condition) << (at & 63);                                                 \
            }                                                                                                \
            (bits)[word_] &= kept_;                                                                          \
        }                                                                                                    \
    }

/* Each keeps of `bits` the rows for which the node's condition is true. `accepted`: bits by what the column
   numbers, NULL if all would be 0. */
void vt_keep_set(const vt_node *node, const vt_rows *rows, vt_bits bits);
void vt_keep_number(const vt_node *node, const vt_rows *rows, vt_bits bits);
void vt_keep_table(const vt_node *node, const uint64_t *accepted, const vt_rows *rows, vt_bits bits);
void vt_keep_extension(const vt_node *node, const vt_rows *rows, vt_bits bits);
void vt_keep_text(const vt_run *run, uint16_t number, const vt_rows *rows, vt_bits bits);

#endif
