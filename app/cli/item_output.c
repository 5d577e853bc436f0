#include "app/cli/item_output.h"

#include "app/cli/output.h"
#include "core/base/str.h"

#include <inttypes.h>
#include <string.h>

void vt_cli_item_members(vt_json_writer *json, const vt_item_brief *item, const char *path)
{
    const vt_item_columns all = vt_item_columns_all();
    vt_item_list_members(json, &(vt_listed_item){.item = item, .path = path}, &all);
}

void vt_cli_item_line(FILE *stream, const vt_item_brief *item, const char *path)
{
    char extent[48] = "";
    vt_str shown = VT_STR_INIT;
    if (item->kind == VT_KIND_SEQUENCE) {
        snprintf(extent, sizeof extent, "%" PRIu64 " frames", item->triangles);
    } else if (item->width > 0) {
        snprintf(extent, sizeof extent, "%" PRIu32 "x%" PRIu32, item->width, item->height);
    } else if (item->triangles > 0) {
        snprintf(extent, sizeof extent, "%" PRIu64 " triangles", item->triangles);
    }
    vt_str_append_display(&shown, path, strlen(path));
    fprintf(stream, "%7" PRId64 "  %-6s %-5s %-18s %12" PRId64 "  %s%s%s\n", item->id,
            vt_item_kind_name(item->kind), vt_item_format_name(item->format), extent, item->size, shown.data,
            item->state == VT_ITEM_OK ? "" : "  ",
            item->state == VT_ITEM_OK ? "" : vt_item_state_name(item->state));
    vt_str_free(&shown);
}
