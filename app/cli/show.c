#include "app/cli/failures_output.h"
#include "app/cli/find_item.h"
#include "app/cli/item_output.h"
#include "app/cli/marks_output.h"
#include "app/cli/metadata_output.h"
#include "app/cli/open_catalog.h"
#include "app/cli/output.h"
#include "app/cli/sequence_output.h"
#include "core/base/path.h"
#include "core/catalog/reader.h"
#include "core/catalog/stacks.h"

#include <inttypes.h>
#include <stdlib.h>

static void number_member(vt_json_writer *json, const char *key, double value)
{
    vt_json_key(json, key);
    vt_json_double(json, value);
}

static void count_member(vt_json_writer *json, const char *key, uint64_t value)
{
    if (value > 0) {
        vt_json_key(json, key);
        vt_json_uint(json, value);
    }
}

static void corner_member(vt_json_writer *json, const char *key, const float corner[3])
{
    vt_json_key(json, key);
    vt_json_array_begin(json);
    for (int i = 0; i < 3; i++) {
        vt_json_double(json, (double)corner[i]);
    }
    vt_json_array_end(json);
}

static bool print_json(const vt_item *item, const vt_shared_marks *marks, const vt_metadata *metadata,
                       const vt_sequence_row *sequence, const vt_stack_place *stack, vt_error *error)
{
    const vt_media_info *media = &item->media;
    const vt_item_brief brief = vt_item_brief_of(item);
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    vt_cli_item_members(&json, &brief, item->path);
    count_member(&json, "orientation", media->orientation);
    count_member(&json, "channels", media->channels);
    count_member(&json, "bit_depth", media->bit_depth);
    if (media->kind == VT_KIND_IMAGE) {
        vt_json_key(&json, "alpha");
        vt_json_bool(&json, media->has_alpha);
    }
    if (media->kind == VT_KIND_MODEL) {
        vt_json_key(&json, "text");
        vt_json_bool(&json, media->ascii);
        count_member(&json, "vertices", media->vertices);
        count_member(&json, "dropped_triangles", media->dropped_triangles);
        corner_member(&json, "bounds_min", media->bounds_min);
        corner_member(&json, "bounds_max", media->bounds_max);
        number_member(&json, "area", media->area);
        if (media->watertight == VT_WATERTIGHT_YES) {
            number_member(&json, "volume", media->volume);
        }
    }
    vt_cli_marks_members(&json, marks);
    count_member(&json, "stack", (uint64_t)stack->stack);
    count_member(&json, "stack_position", stack->position);
    count_member(&json, "stack_count", stack->count);
    vt_cli_sequence_members(&json, sequence);
    vt_cli_metadata_member(&json, metadata);
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

static void print_model(const vt_media_info *media)
{
    static const char *const watertight[] = {"unknown", "no", "yes"};
    printf("triangles   %" PRIu64 "\nvertices    %" PRIu64 "\n", media->triangles, media->vertices);
    printf("size        %g x %g x %g\n", (double)(media->bounds_max[0] - media->bounds_min[0]),
           (double)(media->bounds_max[1] - media->bounds_min[1]),
           (double)(media->bounds_max[2] - media->bounds_min[2]));
    printf("area        %g\n", media->area);
    if (media->watertight == VT_WATERTIGHT_YES) {
        printf("volume      %g\n", media->volume);
    }
    printf("watertight  %s\n", media->watertight < 3 ? watertight[media->watertight] : watertight[0]);
    if (media->dropped_triangles > 0) {
        printf("left out    %" PRIu32 " triangles that are no numbers\n", media->dropped_triangles);
    }
}

static bool print_text(const vt_item *item, const vt_shared_marks *marks, const vt_metadata *metadata,
                       const vt_sequence_row *sequence, const vt_stack_place *stack, vt_error *error)
{
    const vt_media_info *media = &item->media;
    char time[VT_ITEM_TIME_SIZE];
    char *path = vt_path_display(item->path);
    vt_item_time(item->mtime_ns, time);
    printf("item        %" PRId64 "\npath        %s\nkind        %s, %s%s\nstate       %s\n", item->id,
           path ? path : "", vt_item_kind_name(media->kind), vt_item_format_name(media->format),
           media->ascii ? " as text" : "", vt_item_state_name(item->state));
    printf("bytes       %" PRId64 "\nchanged     %s\n", item->size, time);
    if (item->rating > 0) {
        printf("rating      %d\n", item->rating);
    }
    vt_cli_marks_lines(marks);
    if (stack->stack) {
        printf("stack       %" PRId64 ", %" PRIu32 " of %" PRIu32 "%s\n", stack->stack, stack->position,
               stack->count, stack->position == 1 ? ", the cover" : "");
    }
    if (media->kind == VT_KIND_IMAGE || (media->kind == VT_KIND_SEQUENCE && media->width > 0)) {
        printf("pixels      %" PRIu32 " x %" PRIu32 ", %d channels of %d bits%s\n", media->width,
               media->height, media->channels, media->bit_depth, media->has_alpha ? ", transparent" : "");
    } else if (media->kind == VT_KIND_MODEL) {
        print_model(media);
    }
    vt_cli_sequence_lines(sequence);
    vt_cli_metadata_lines(metadata);
    free(path);
    return vt_cli_flush(error);
}

/* `*row` is NULL for what is no sequence. */
static bool find_sequence(vt_catalog_reader *reader, const vt_item *item, vt_arena *arena,
                          vt_sequence_row **row, vt_error *error)
{
    vt_error fault = VT_ERROR_INIT;
    if (item->media.kind != VT_KIND_SEQUENCE) {
        *row = NULL;
    } else if (!vt_catalog_reader_sequence(reader, item->id, arena, *row, &fault)) {
        *row = NULL;
        *error = fault;
        return fault.code == VT_ERROR_NOT_FOUND; /* check tells of that */
    }
    return true;
}

static bool show(vt_catalog_reader *reader, const vt_arguments *arguments, vt_arena *arena, vt_error *error)
{
    vt_item item = {0};
    vt_metadata metadata;
    vt_sequence_row row;
    vt_sequence_row *sequence = &row;
    vt_shared_marks marks = {0};
    vt_stack_place stack = {0};
    if (!vt_cli_find_item(reader, arguments->words[0], &item, error)) {
        /* A file that could not be read is no item, but there is a reason. */
        bool found = false;
        return error->code == VT_ERROR_NOT_FOUND &&
               vt_cli_failures_show(reader, arguments, arguments->words[0], &found, error) && found;
    }
    bool done = vt_catalog_reader_metadata(reader, item.id, &metadata, error) &&
                vt_cli_marks_read(reader, item.id, &marks, error) &&
                find_sequence(reader, &item, arena, &sequence, error) &&
                vt_catalog_reader_stack_place(reader, item.id, &stack, error) &&
                (arguments->json ? print_json(&item, &marks, &metadata, sequence, &stack, error)
                                 : print_text(&item, &marks, &metadata, sequence, &stack, error));
    vt_shared_marks_free(&marks);
    return done;
}

int vt_cli_show(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = vt_cli_open_catalog(arguments, VT_CATALOG_READ_ONLY, &error);
    vt_catalog_reader *reader = catalog ? vt_catalog_reader_open(catalog, &error) : NULL;
    vt_arena *arena = reader ? vt_arena_create(0) : NULL;
    if (reader && !arena) {
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory");
    }
    bool done = arena && show(reader, arguments, arena, &error);
    vt_arena_free(arena);
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
    return done ? VT_EXIT_DONE : vt_cli_fail(&error);
}
