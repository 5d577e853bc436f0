/* Private to core/listing: what an item has in a column, before it is written in a form. */
#ifndef VT_LISTING_ITEM_VALUE_H
#define VT_LISTING_ITEM_VALUE_H

#include "core/listing/item_list.h"

typedef enum vt_item_value_type {
    VT_VALUE_NONE,
    VT_VALUE_NUMBER,
    VT_VALUE_TEXT,
    VT_VALUE_BOOL,
    VT_VALUE_TAGS,
    VT_VALUE_ALBUMS
} vt_item_value_type;

/* What an item has in a column. */
typedef struct vt_item_value {
    vt_item_value_type type;
    int64_t number;
    const char *text;
    size_t length;
    char time[VT_ITEM_TIME_SIZE]; /* what `text` may point to */
} vt_item_value;

/* `to` may point into the item and into itself. Tags and albums are asked for by the functions below. */
void vt_item_value_get(const vt_listed_item *of, vt_item_column column, vt_item_value *to);

/* A time in a form of strftime, in UTC. */
void vt_item_time_as(int64_t ns, const char *form, char text[VT_ITEM_TIME_SIZE]);

typedef void (*vt_word_taker)(void *to, const char *text, size_t length);
void vt_item_each_tag(const vt_listed_item *of, vt_word_taker take, void *to); /* by its path */
void vt_item_each_album(const vt_listed_item *of, vt_word_taker take, void *to);

#endif
