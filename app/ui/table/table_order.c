#include "app/ui/table/table_order.h"

#include "app/ui/parts/translate.h"
#include "app/ui/table/table_columns.h"

#include <string.h>

int vt_table_order_find(const vt_table_order *order, vt_sort_key key)
{
    for (unsigned i = 0; i < order->count; i++) {
        if (order->sorts[i].key == key) {
            return (int)i;
        }
    }
    return -1;
}

vt_table_order vt_table_order_clicked(const vt_table_order *order, vt_sort_key key, bool add)
{
    int at = vt_table_order_find(order, key);
    vt_table_order clicked = {.sorts = {{key, at == 0 && !order->sorts[0].descending}}, .count = 1};
    if (add) {
        clicked = *order;
        if (at >= 0) {
            clicked.sorts[at].descending = !clicked.sorts[at].descending;
        } else {
            clicked.count -= clicked.count == VT_SORT_KEYS_MAX;
            clicked.sorts[clicked.count++] = (vt_sort){key, false};
        }
    }
    return clicked;
}

vt_table_order vt_table_order_without(const vt_table_order *order, vt_sort_key key)
{
    vt_table_order left = {.count = 0};
    for (unsigned i = 0; i < order->count; i++) {
        if (order->sorts[i].key != key) {
            left.sorts[left.count++] = order->sorts[i];
        }
    }
    return left.count ? left : *order;
}

const char *vt_table_order_title(vt_sort_key key)
{
    int column = vt_table_column_of_key(key);
    switch (key) {
    case VT_SORT_PIXELS:
        return VT_TR_NOOP("column", "Pixels");
    case VT_SORT_DATE:
        return VT_TR_NOOP("column", "Date");
    case VT_SORT_ALBUM:
        return VT_TR_NOOP("column", "Place in the album");
    default:
        return column >= 0 ? vt_table_column_at(column)->title : VT_TR_NOOP("column", "Arrival");
    }
}

void vt_table_order_say(const vt_table_order *order, vt_str *text)
{
    for (unsigned i = 0; i < order->count; i++) {
        vt_str key = VT_STR_INIT;
        vt_str_append_cstr(&key, vt_tr("column", vt_table_order_title(order->sorts[i].key)));
        vt_str_append_cstr(&key, order->sorts[i].descending ? " \xe2\x86\x93" : " \xe2\x86\x91");
        if (i == 0) {
            vt_str_append_cstr(text, key.data);
        } else {
            vt_tr_append_with(text, "column", ", then %1", key.data);
        }
        vt_str_free(&key);
    }
}

void vt_table_order_write(const vt_table_order *order, vt_str *words)
{
    for (unsigned i = 0; i < order->count; i++) {
        vt_str_appendf(words, "%s%s%s", i ? " " : "", order->sorts[i].descending ? "-" : "",
                       vt_sort_key_name(order->sorts[i].key));
    }
}

bool vt_table_order_read(const char *words, vt_table_order *order)
{
    vt_table_order read = {.count = 0};
    while (*words && read.count < VT_SORT_KEYS_MAX) {
        char name[32];
        bool descending = *words == '-';
        words += descending;
        size_t length = strcspn(words, " ");
        vt_sort_key key = VT_SORT_ID;
        if (length < sizeof name) {
            memcpy(name, words, length);
            name[length] = '\0';
            if (vt_sort_key_from_name(name, &key) && vt_table_order_find(&read, key) < 0) {
                read.sorts[read.count++] = (vt_sort){key, descending};
            }
        }
        words += length;
        words += strspn(words, " ");
    }
    if (read.count > 0) {
        *order = read;
    }
    return read.count > 0;
}
