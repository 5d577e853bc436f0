#include "core/base/str.h"
#include "core/catalog/edit.h"
#include "core/catalog/label.h"
#include "core/index/filter_private.h"
#include "core/index/fold.h"

#include <assert.h>
#include <string.h>

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

/* A bit for each kind of twins. */
static const vt_choice twins[] = {
    {"same", 1 << VT_TWIN_SAME},
    {"alike", 1 << VT_TWIN_ALIKE},
    {"any", 1 << VT_TWIN_SAME | 1 << VT_TWIN_ALIKE},
    {NULL, 0},
};

/* Members of stacks: a bit for covers, and one for the others. */
static const vt_choice stacks[] = {
    {"yes", VT_STACKED_COVER | VT_STACKED_INSIDE},
    {"no", VT_STACKED_NOT},
    {"cover", VT_STACKED_COVER},
    {"inside", VT_STACKED_INSIDE},
    {NULL, 0},
};

const vt_field vt_filter_fields[] = {
    {.name = "name", .type = VT_FIELD_TEXT, .in_name = true},
    {.name = "folder", .type = VT_FIELD_TEXT, .in_folder = true},
    {.name = "path", .type = VT_FIELD_TEXT, .in_name = true, .in_folder = true},
    {.name = "ext", .type = VT_FIELD_EXTENSION},
    {.name = "kind", .type = VT_FIELD_CHOICE, .column = VT_COLUMN_KIND, .choices = kinds},
    {.name = "format", .type = VT_FIELD_CHOICE, .column = VT_COLUMN_FORMAT, .choices = formats},
    {.name = "width", .type = VT_FIELD_NUMBER, .column = VT_COLUMN_WIDTH},
    {.name = "height", .type = VT_FIELD_NUMBER, .column = VT_COLUMN_HEIGHT},
    {.name = "pixels", .type = VT_FIELD_NUMBER, .column = VT_COLUMN_PIXELS},
    {.name = "size", .type = VT_FIELD_NUMBER, .column = VT_COLUMN_SIZE, .unit = VT_UNIT_BYTES},
    {.name = "triangles", .type = VT_FIELD_NUMBER, .column = VT_COLUMN_TRIANGLES},
    {.name = "frames", .type = VT_FIELD_NUMBER, .column = VT_COLUMN_FRAMES},
    {.name = "rating", .type = VT_FIELD_NUMBER, .column = VT_COLUMN_RATING},
    {.name = "id", .type = VT_FIELD_NUMBER, .column = VT_COLUMN_ID},
    {.name = "date", .type = VT_FIELD_NUMBER, .column = VT_COLUMN_DATE, .unit = VT_UNIT_DATE},
    {.name = "taken", .type = VT_FIELD_NUMBER, .column = VT_COLUMN_TAKEN, .unit = VT_UNIT_CLOCK},
    {.name = "modified", .type = VT_FIELD_NUMBER, .column = VT_COLUMN_MODIFIED, .unit = VT_UNIT_DATE},
    {.name = "tag", .type = VT_FIELD_TABLE, .column = VT_COLUMN_TAG},
    {.name = "label", .type = VT_FIELD_LABEL, .column = VT_COLUMN_LABEL},
    {.name = "album", .type = VT_FIELD_TABLE, .column = VT_COLUMN_ALBUM},
    {.name = "title", .type = VT_FIELD_TABLE, .column = VT_COLUMN_TITLE},
    {.name = "camera", .type = VT_FIELD_TABLE, .column = VT_COLUMN_CAMERA},
    {.name = "watertight", .type = VT_FIELD_CHOICE, .column = VT_COLUMN_WATERTIGHT, .choices = watertight},
    {.name = "missing",
     .type = VT_FIELD_CHOICE,
     .column = VT_COLUMN_STATE,
     .choices = yes_no,
     .state = VT_ITEM_MISSING},
    {.name = "offline",
     .type = VT_FIELD_CHOICE,
     .column = VT_COLUMN_STATE,
     .choices = yes_no,
     .state = VT_ITEM_OFFLINE},
    {.name = "duplicate", .type = VT_FIELD_TWINS, .column = VT_COLUMN_TWINS, .choices = twins},
    {.name = "stack", .type = VT_FIELD_TWINS, .column = VT_COLUMN_STACK, .choices = stacks},
    {.name = NULL},
};

const vt_field *vt_field_find(vt_span name)
{
    char folded[16];
    if (name.length > sizeof folded) {
        return NULL;
    }
    vt_fold(folded, name.bytes, name.length);
    for (const vt_field *field = vt_filter_fields; field->name; field++) {
        if (vt_span_equals((vt_span){folded, name.length}, field->name)) {
            return field;
        }
    }
    return NULL;
}

static bool unknown_field(vt_span name, vt_error *error)
{
    vt_str known = VT_STR_INIT;
    for (const vt_field *field = vt_filter_fields; field->name; field++) {
        vt_str_appendf(&known, "%s%s", field == vt_filter_fields ? "" : ", ", field->name);
    }
    vt_excerpt excerpt;
    vt_error_set(error, VT_ERROR_USAGE,
                 "there is no field \"%s\"; it is one of %s. To find the text as it is, put it in quotes",
                 vt_span_excerpt(name, excerpt), known.data);
    vt_str_free(&known);
    return false;
}

static bool is_equality(const vt_token *token)
{
    return token->compare == VT_COMPARE_EQUAL || token->compare == VT_COMPARE_UNEQUAL;
}

/* The word that asks for what has no value; in quotes it is a value like any other. */
static bool is_none(const vt_token *token)
{
    return !token->quoted && is_equality(token) && vt_span_equals(token->value, "none");
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

/* What a comparison with `value` accepts. That of "unequal" is `value` itself. */
static vt_interval accepted(vt_compare compare, vt_interval value)
{
    vt_interval all = {INT64_MIN, INT64_MAX};
    switch (compare) {
    case VT_COMPARE_UNEQUAL:
    case VT_COMPARE_EQUAL:
        return value;
    case VT_COMPARE_LESS: /* no value is the smallest possible, so nothing wraps */
        all.high = value.low - 1;
        break;
    case VT_COMPARE_AT_MOST:
        all.high = value.high;
        break;
    case VT_COMPARE_GREATER: /* nothing is greater than the largest: an empty interval */
        all.low = value.high == INT64_MAX ? INT64_MAX : value.high + 1;
        all.high = value.high == INT64_MAX ? INT64_MIN : INT64_MAX;
        break;
    case VT_COMPARE_AT_LEAST:
        all.low = value.low;
        break;
    }
    return all;
}

static bool compile_number(const vt_field *field, const vt_token *token, vt_node *node, vt_error *error)
{
    vt_interval value;
    bool is_range = false;
    node->kind = VT_NODE_NUMBER;
    node->column = field->column;
    if (field->column == VT_COLUMN_TAKEN && is_none(token)) {
        node->none = true;
        return true;
    }
    if (!vt_interval_parse(token->value, field->unit, &value, &is_range, error)) {
        return false;
    }
    if (is_range && !is_equality(token)) {
        return vt_error_set(error, VT_ERROR_USAGE, "a range goes with ':' or '!=': %s:1..2", field->name);
    }
    node->interval = accepted(token->compare, value);
    if (field->column == VT_COLUMN_DATE) { /* what is a date by the one is a date by the other */
        vt_interval_parse(token->value, VT_UNIT_CLOCK, &value, &is_range, NULL);
        node->clock = accepted(token->compare, value);
    }
    return true;
}

static void append_choices(vt_str *text, const vt_field *field)
{
    for (const vt_choice *at = field->choices; at->name; at++) {
        vt_str_appendf(text, "%s%s", at == field->choices ? "" : ", ", at->name);
    }
}

static bool unknown_choice(const vt_field *field, vt_span value, vt_error *error)
{
    vt_str known = VT_STR_INIT;
    append_choices(&known, field);
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
    if (field->type == VT_FIELD_TWINS) {
        node->kind = VT_NODE_TABLE;
        node->set = choice->value;
        return true;
    }
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

static void append_labels(vt_str *text)
{
    for (int label = 0; label <= VT_LABEL_MAX; label++) {
        if (vt_label_name(label)) {
            vt_str_appendf(text, "%s, ", vt_label_name(label));
        }
    }
    vt_str_appendf(text, "or a number up to %d", VT_LABEL_MAX);
}

static bool unknown_label(vt_span value, vt_error *error)
{
    vt_str known = VT_STR_INIT;
    append_labels(&known);
    vt_excerpt excerpt;
    vt_error_set(error, VT_ERROR_USAGE, "label is never \"%s\"; it is one of %s",
                 vt_span_excerpt(value, excerpt), known.data);
    vt_str_free(&known);
    return false;
}

/* By name or by number, or a range of numbers. */
static bool compile_label(const vt_token *token, vt_node *node, vt_error *error)
{
    vt_interval range = {0, 0};
    bool is_range = false;
    int label = vt_label_from_name(token->value.bytes, token->value.length);
    if (label >= 0) {
        range = (vt_interval){label, label};
    } else if (!vt_interval_parse(token->value, VT_UNIT_COUNT, &range, &is_range, NULL) ||
               range.low > VT_LABEL_MAX) {
        return unknown_label(token->value, error);
    }
    node->kind = VT_NODE_SET;
    node->column = VT_COLUMN_LABEL;
    for (int i = 0; i <= VT_LABEL_MAX; i++) {
        node->set |= i >= range.low && i <= range.high ? UINT64_C(1) << i : 0;
    }
    if (token->compare == VT_COMPARE_UNEQUAL) {
        node->set = ~node->set;
    }
    return true;
}

/* What values of the field look like, for who has not written one. */
static void append_examples(vt_str *text, const vt_field *field)
{
    switch (field->type) {
    case VT_FIELD_TEXT:
        vt_str_appendf(text, "%s:car or %s:\"red car\"", field->name, field->name);
        return;
    case VT_FIELD_EXTENSION:
        vt_str_appendf(text, "%s:jpg", field->name);
        return;
    case VT_FIELD_NUMBER:
        vt_str_appendf(text, "%s", vt_unit_examples(field->unit));
        return;
    case VT_FIELD_TABLE:
        vt_str_appendf(text, "%s:NAME, %s:\"TWO WORDS\" or %s:none", field->name, field->name, field->name);
        return;
    case VT_FIELD_LABEL:
        append_labels(text);
        return;
    case VT_FIELD_CHOICE:
    case VT_FIELD_TWINS:
        append_choices(text, field);
        return;
    }
}

const char *vt_filter_key(size_t index, vt_str *values)
{
    for (const vt_field *field = vt_filter_fields; field->name; field++) {
        if (index-- == 0) {
            append_examples(values, field);
            return field->name;
        }
    }
    return NULL;
}

static bool missing_value(const vt_field *field, vt_error *error)
{
    vt_str examples = VT_STR_INIT;
    append_examples(&examples, field);
    vt_error_set(error, VT_ERROR_USAGE,
                 "the value is missing right behind the comparison, without a space: %s", examples.data);
    vt_str_free(&examples);
    return false;
}

bool vt_field_compile(const vt_token *token, vt_node *node, size_t *position, vt_error *error)
{
    *node = (vt_node){.child = VT_NO_NODE, .next = VT_NO_NODE};
    *position = token->position;
    if (token->kind == VT_TOKEN_WORD) {
        compile_text(token->value, true, true, node);
        node->in_marks = true;
        return true;
    }
    const vt_field *field = vt_field_find(token->field);
    if (!field) {
        return unknown_field(token->field, error);
    }
    if (field->type != VT_FIELD_NUMBER && !is_equality(token)) {
        return vt_error_set(error, VT_ERROR_USAGE, "%s is not a number: compare it with ':' or '!='",
                            field->name);
    }
    *position = token->value_position;
    if (token->missing) {
        return missing_value(field, error);
    }
    node->unequal = token->compare == VT_COMPARE_UNEQUAL;
    switch (field->type) {
    case VT_FIELD_NUMBER:
        return compile_number(field, token, node, error);
    case VT_FIELD_CHOICE:
    case VT_FIELD_TWINS:
        return compile_choice(field, token, node, error);
    case VT_FIELD_LABEL:
        return compile_label(token, node, error);
    case VT_FIELD_TABLE:
        node->kind = VT_NODE_TABLE;
        node->column = field->column;
        node->text = token->value;
        node->none = is_none(token);
        return true;
    case VT_FIELD_EXTENSION:
        node->kind = VT_NODE_EXTENSION;
        node->text = token->value;
        /* ".jpg" is what some write */
        if (node->text.length && node->text.bytes[0] == '.') {
            node->text.bytes++;
            node->text.length--;
        }
        return true;
    case VT_FIELD_TEXT:
        compile_text(token->value, field->in_name, field->in_folder, node);
        return true;
    }
    return false;
}
