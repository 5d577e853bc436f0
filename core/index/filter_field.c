#include "core/base/str.h"
#include "core/index/filter_private.h"
#include "core/index/fold.h"

#include <assert.h>
#include <string.h>

/* A value that has a name. Several names may stand for one value; the first is the one we tell. */
typedef struct vt_choice {
    const char *name; /* NULL ends a list */
    uint8_t value;
} vt_choice;

static const vt_choice kinds[] = {
    {"image", VT_KIND_IMAGE},
    {"model", VT_KIND_MODEL},
    {"sequence", VT_KIND_SEQUENCE},
    {"unknown", VT_KIND_UNKNOWN},
    {NULL, 0},
};

static_assert(VT_FORMAT_COUNT == 11, "name the new format here");
static const vt_choice formats[] = {
    {"jpeg", VT_FORMAT_JPEG},
    {"jpg", VT_FORMAT_JPEG},
    {"png", VT_FORMAT_PNG},
    {"webp", VT_FORMAT_WEBP},
    {"gif", VT_FORMAT_GIF},
    {"bmp", VT_FORMAT_BMP},
    {"tga", VT_FORMAT_TGA},
    {"psd", VT_FORMAT_PSD},
    {"hdr", VT_FORMAT_HDR},
    {"pnm", VT_FORMAT_PNM},
    {"stl", VT_FORMAT_STL},
    {"unknown", VT_FORMAT_UNKNOWN},
    {NULL, 0},
};

static const vt_choice watertight[] = {
    {"yes", VT_WATERTIGHT_YES},
    {"no", VT_WATERTIGHT_NO},
    {"unknown", VT_WATERTIGHT_UNKNOWN},
    {NULL, 0},
};

static const vt_choice yes_no[] = {{"yes", 1}, {"no", 0}, {NULL, 0}};

typedef enum vt_field_type { FIELD_TEXT, FIELD_EXTENSION, FIELD_NUMBER, FIELD_CHOICE } vt_field_type;

typedef struct vt_field {
    const char *name;
    const vt_choice *choices; /* choices */
    vt_field_type type;
    vt_column column;        /* numbers and choices */
    vt_unit unit;            /* numbers */
    vt_item_state state;     /* choices of VT_COLUMN_STATE: the state that "yes" means */
    bool in_name, in_folder; /* texts */
} vt_field;

static const vt_field fields[] = {
    {.name = "name", .type = FIELD_TEXT, .in_name = true},
    {.name = "folder", .type = FIELD_TEXT, .in_folder = true},
    {.name = "path", .type = FIELD_TEXT, .in_name = true, .in_folder = true},
    {.name = "ext", .type = FIELD_EXTENSION},
    {.name = "kind", .type = FIELD_CHOICE, .column = VT_COLUMN_KIND, .choices = kinds},
    {.name = "format", .type = FIELD_CHOICE, .column = VT_COLUMN_FORMAT, .choices = formats},
    {.name = "width", .type = FIELD_NUMBER, .column = VT_COLUMN_WIDTH},
    {.name = "height", .type = FIELD_NUMBER, .column = VT_COLUMN_HEIGHT},
    {.name = "pixels", .type = FIELD_NUMBER, .column = VT_COLUMN_PIXELS},
    {.name = "size", .type = FIELD_NUMBER, .column = VT_COLUMN_SIZE, .unit = VT_UNIT_BYTES},
    {.name = "triangles", .type = FIELD_NUMBER, .column = VT_COLUMN_TRIANGLES},
    {.name = "frames", .type = FIELD_NUMBER, .column = VT_COLUMN_FRAMES},
    {.name = "rating", .type = FIELD_NUMBER, .column = VT_COLUMN_RATING},
    {.name = "id", .type = FIELD_NUMBER, .column = VT_COLUMN_ID},
    {.name = "date", .type = FIELD_NUMBER, .column = VT_COLUMN_DATE, .unit = VT_UNIT_DATE},
    {.name = "watertight", .type = FIELD_CHOICE, .column = VT_COLUMN_WATERTIGHT, .choices = watertight},
    {.name = "missing",
     .type = FIELD_CHOICE,
     .column = VT_COLUMN_STATE,
     .choices = yes_no,
     .state = VT_ITEM_MISSING},
    {.name = "offline",
     .type = FIELD_CHOICE,
     .column = VT_COLUMN_STATE,
     .choices = yes_no,
     .state = VT_ITEM_OFFLINE},
};
enum { FIELD_COUNT = sizeof fields / sizeof fields[0] };

static const vt_field *find_field(vt_span name)
{
    char folded[16];
    if (name.length > sizeof folded) {
        return NULL;
    }
    vt_fold(folded, name.bytes, name.length);
    for (int i = 0; i < FIELD_COUNT; i++) {
        if (vt_span_equals((vt_span){folded, name.length}, fields[i].name)) {
            return &fields[i];
        }
    }
    return NULL;
}

static bool unknown_field(vt_span name, vt_error *error)
{
    vt_str known = VT_STR_INIT;
    for (int i = 0; i < FIELD_COUNT; i++) {
        vt_str_appendf(&known, "%s%s", i ? ", " : "", fields[i].name);
    }
    vt_excerpt excerpt;
    vt_error_set(error, VT_ERROR_USAGE,
                 "there is no field \"%s\"; it is one of %s. To find the text as it is, put it in quotes",
                 vt_span_excerpt(name, excerpt), known.data);
    vt_str_free(&known);
    return false;
}

static void compile_text(vt_span text, bool in_name, bool in_folder, vt_node *node)
{
    node->kind = VT_NODE_TEXT;
    node->in_name = in_name;
    node->in_folder = in_folder;
    node->text = text;
    const char *slash = text.length && in_name && in_folder ? memrchr(text.bytes, '/', text.length) : NULL;
    node->tail = slash ? (size_t)(slash - text.bytes) + 1 : 0;
}

static bool compile_number(const vt_field *field, const vt_token *token, vt_node *node, vt_error *error)
{
    vt_interval value;
    bool is_range = false;
    if (!vt_interval_parse(token->value, field->unit, &value, &is_range, error)) {
        return false;
    }
    if (is_range && token->compare != VT_COMPARE_EQUAL && token->compare != VT_COMPARE_UNEQUAL) {
        return vt_error_set(error, VT_ERROR_USAGE, "a range goes with ':' or '!=': %s:1..2", field->name);
    }
    node->kind = VT_NODE_NUMBER;
    node->column = field->column;
    node->interval = (vt_interval){INT64_MIN, INT64_MAX};
    switch (token->compare) {
    case VT_COMPARE_UNEQUAL:
        node->unequal = true;
        node->interval = value;
        break;
    case VT_COMPARE_EQUAL:
        node->interval = value;
        break;
    case VT_COMPARE_LESS: /* no value is the smallest possible, so nothing wraps */
        node->interval.high = value.low - 1;
        break;
    case VT_COMPARE_AT_MOST:
        node->interval.high = value.high;
        break;
    case VT_COMPARE_GREATER: /* nothing is greater than the largest: an empty interval */
        node->interval.low = value.high == INT64_MAX ? INT64_MAX : value.high + 1;
        node->interval.high = value.high == INT64_MAX ? INT64_MIN : INT64_MAX;
        break;
    case VT_COMPARE_AT_LEAST:
        node->interval.low = value.low;
        break;
    }
    return true;
}

static bool unknown_choice(const vt_field *field, vt_span value, vt_error *error)
{
    vt_str known = VT_STR_INIT;
    for (const vt_choice *at = field->choices; at->name; at++) {
        vt_str_appendf(&known, "%s%s", at == field->choices ? "" : ", ", at->name);
    }
    vt_excerpt excerpt;
    vt_error_set(error, VT_ERROR_USAGE, "%s is never \"%s\"; it is one of %s", field->name,
                 vt_span_excerpt(value, excerpt), known.data);
    vt_str_free(&known);
    return false;
}

static bool compile_choice(const vt_field *field, const vt_token *token, vt_node *node, vt_error *error)
{
    const vt_choice *choice = field->choices;
    while (choice->name && !vt_span_equals(token->value, choice->name)) {
        choice++;
    }
    if (!choice->name) {
        return unknown_choice(field, token->value, error);
    }
    node->kind = VT_NODE_SET;
    node->column = field->column;
    if (field->column == VT_COLUMN_STATE) {
        uint64_t meant = UINT64_C(1) << field->state;
        node->set = choice->value ? meant : ~meant;
    } else {
        node->set = UINT64_C(1) << choice->value;
    }
    if (token->compare == VT_COMPARE_UNEQUAL) {
        node->set = ~node->set;
    }
    return true;
}

bool vt_field_compile(const vt_token *token, vt_node *node, size_t *position, vt_error *error)
{
    *node = (vt_node){.child = VT_NO_NODE, .next = VT_NO_NODE};
    *position = token->position;
    if (token->kind == VT_TOKEN_WORD) {
        compile_text(token->value, true, true, node);
        return true;
    }
    const vt_field *field = find_field(token->field);
    if (!field) {
        return unknown_field(token->field, error);
    }
    bool equality = token->compare == VT_COMPARE_EQUAL || token->compare == VT_COMPARE_UNEQUAL;
    if (field->type != FIELD_NUMBER && !equality) {
        return vt_error_set(error, VT_ERROR_USAGE, "%s is not a number: compare it with ':' or '!='",
                            field->name);
    }
    *position = token->value_position;
    node->unequal = token->compare == VT_COMPARE_UNEQUAL;
    switch (field->type) {
    case FIELD_NUMBER:
        return compile_number(field, token, node, error);
    case FIELD_CHOICE:
        return compile_choice(field, token, node, error);
    case FIELD_EXTENSION:
        node->kind = VT_NODE_EXTENSION;
        node->text = token->value;
        /* ".jpg" is what some write */
        if (node->text.length && node->text.bytes[0] == '.') {
            node->text.bytes++;
            node->text.length--;
        }
        return true;
    case FIELD_TEXT:
        compile_text(token->value, field->in_name, field->in_folder, node);
        return true;
    }
    return false;
}
