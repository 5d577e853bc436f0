#include "app/cli/unfinished_output.h"

#include "app/cli/output.h"

#include <string.h>

void vt_cli_unfinished_array(vt_json_writer *json, const vt_unfinished_list *list)
{
    vt_json_array_begin(json);
    for (size_t i = 0; i < list->count; i++) {
        const vt_unfinished *import = &list->imports[i];
        char time[VT_ITEM_TIME_SIZE];
        vt_item_time(import->begun_ns, time);
        vt_json_object_begin(json);
        vt_json_key(json, "begun");
        vt_json_string(json, time);
        vt_json_key(json, "paths");
        vt_json_array_begin(json);
        for (size_t path = 0; path < import->count; path++) {
            vt_json_string(json, import->paths[path]);
        }
        vt_json_array_end(json);
        vt_json_object_end(json);
    }
    vt_json_array_end(json);
}

void vt_cli_unfinished_name(const vt_unfinished *import, vt_str *text)
{
    vt_str_append_display(text, import->paths[0], strlen(import->paths[0]));
    if (import->count > 1) {
        vt_str_appendf(text, " and %zu more", import->count - 1);
    }
}
