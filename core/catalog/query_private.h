/* Private to core/catalog: what the views of queries are made of, and how a result is filled. */
#ifndef VT_CATALOG_QUERY_PRIVATE_H
#define VT_CATALOG_QUERY_PRIVATE_H

#include "core/base/arena.h"
#include "core/catalog/query.h"

typedef struct vt_query_source {
    vt_query_view view;
    const char *select; /* over tables of "main", each column named as in the view; $ is put before
                           names of its own parts, and stands for what nobody knows */
} vt_query_source;

extern const vt_query_source vt_query_sources[];
extern const size_t vt_query_source_count;

/* The tables they are made of, NULL behind the last. */
extern const char *const vt_query_tables[];

struct vt_query_result {
    vt_arena *arena; /* of texts and names; owned */
    size_t columns, rows, room;
    const char **names;
    vt_query_cell *cells; /* row by row; owned */
    size_t bytes;
    size_t item_column;
    bool is_cut;
};

/* One of so many columns, NULL when memory runs out. */
vt_query_result *vt_query_result_create(size_t columns);
/* A text that belongs to the result; NULL when memory runs out. */
const char *vt_query_result_keep(vt_query_result *result, const void *bytes, size_t length);
/* Room for the cells of another row, which is counted; NULL when memory runs out. */
vt_query_cell *vt_query_result_add_row(vt_query_result *result);

#endif
