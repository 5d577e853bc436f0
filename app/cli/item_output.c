#include "app/cli/item_output.h"

#include "app/cli/output.h"
#include "core/base/path.h"
#include "core/base/str.h"

#include <inttypes.h>
#include <string.h>

static const char *watertight_name(uint8_t watertight)
{
    return watertight == VT_WATERTIGHT_YES ? "yes" : "no";
}

static void member_string(vt_json_writer *json, const char *key, const char *value)
{
    vt_json_key(json, key);
    vt_json_string(json, value);
}

static void member_int(vt_json_writer *json, const char *key, int64_t value)
{
    vt_json_key(json, key);
    vt_json_int(json, value);
}

void vt_cli_item_members(vt_json_writer *json, const vt_item_brief *item, const char *path)
{
    char time[VT_CLI_TIME_SIZE];
    vt_cli_time(item->mtime_ns, time);
    member_int(json, "id", item->id);
    member_string(json, "path", path);
    member_string(json, "name", vt_path_name(path));
    member_string(json, "kind", vt_cli_kind_name(item->kind));
    member_string(json, "format", vt_cli_format_name(item->format));
    member_int(json, "size", item->size);
    member_string(json, "mtime", time);
    if (item->width > 0) {
        member_int(json, "width", item->width);
        member_int(json, "height", item->height);
    }
    if (item->triangles > 0) {
        member_int(json, item->kind == VT_KIND_SEQUENCE ? "frames" : "triangles", (int64_t)item->triangles);
    }
    if (item->watertight != VT_WATERTIGHT_UNKNOWN) {
        vt_json_key(json, "watertight");
        vt_json_bool(json, item->watertight == VT_WATERTIGHT_YES);
    }
    if (item->rating > 0) {
        member_int(json, "rating", item->rating);
    }
    if (item->state != VT_ITEM_OK) {
        member_string(json, "state", vt_cli_state_name(item->state));
    }
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
            vt_cli_kind_name(item->kind), vt_cli_format_name(item->format), extent, item->size, shown.data,
            item->state == VT_ITEM_OK ? "" : "  ",
            item->state == VT_ITEM_OK ? "" : vt_cli_state_name(item->state));
    vt_str_free(&shown);
}

void vt_cli_item_csv_header(FILE *stream)
{
    fputs("id,path,kind,format,size,mtime,width,height,triangles,watertight,rating,state,frames\r\n", stream);
}

static void csv_text(FILE *stream, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, stream);
        return;
    }
    fputc('"', stream);
    for (; *text; text++) {
        if (*text == '"') {
            fputc('"', stream);
        }
        fputc(*text, stream);
    }
    fputc('"', stream);
}

static void csv_number(FILE *stream, uint64_t value)
{
    fputc(',', stream);
    if (value > 0) {
        fprintf(stream, "%" PRIu64, value);
    }
}

void vt_cli_item_csv(FILE *stream, const vt_item_brief *item, const char *path)
{
    char time[VT_CLI_TIME_SIZE];
    vt_cli_time(item->mtime_ns, time);
    fprintf(stream, "%" PRId64 ",", item->id);
    csv_text(stream, path);
    fprintf(stream, ",%s,%s,%" PRId64 ",%s", vt_cli_kind_name(item->kind), vt_cli_format_name(item->format),
            item->size, time);
    csv_number(stream, item->width);
    csv_number(stream, item->height);
    bool sequence = item->kind == VT_KIND_SEQUENCE;
    csv_number(stream, sequence ? 0 : item->triangles);
    fprintf(stream, ",%s",
            item->watertight == VT_WATERTIGHT_UNKNOWN ? "" : watertight_name(item->watertight));
    csv_number(stream, item->rating);
    fprintf(stream, ",%s", vt_cli_state_name(item->state));
    csv_number(stream, sequence ? item->triangles : 0);
    fputs("\r\n", stream);
}
