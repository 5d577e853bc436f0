#include "core/index/filter_private.h"

#include <stdlib.h>
#include <string.h>

/*
 * filter = or? end
 * or     = and ("or" and)*
 * and    = not+
 * not    = "-"* (word | field | "(" or ")")
 *
 * A function per rule. Each returns the number of its node, VT_NO_NODE after a fault, LEFT_OUT if what it
 * read holds no condition that has its value.
 */
enum { LEFT_OUT = VT_NO_NODE - 1 };

typedef struct vt_parser {
    vt_lexer lexer;
    vt_token token; /* the one to be looked at next */
    vt_filter *filter;
    unsigned terms, depth;
    size_t position; /* of the fault */
    vt_error *error;
    bool typed;           /* conditions may lack their values */
    vt_error lack;        /* what the first of those lacks, once there is one */
    size_t lack_position; /* and where */
} vt_parser;

static uint16_t parse_or(vt_parser *parser);

static uint16_t fail(vt_parser *parser, size_t position, const char *message)
{
    parser->position = position;
    vt_error_set(parser->error, VT_ERROR_USAGE, "%s", message);
    return VT_NO_NODE;
}

static bool advance(vt_parser *parser)
{
    if (vt_lexer_next(&parser->lexer, &parser->token, parser->error)) {
        return true;
    }
    parser->position = parser->lexer.error_position;
    return false;
}

static uint16_t add_node(vt_parser *parser, vt_node node)
{
    /* The limit of terms keeps the count below VT_FILTER_NODES_MAX. */
    uint16_t number = parser->filter->count++;
    parser->filter->nodes[number] = node;
    return number;
}

/* The token is no condition, by `fault`: in a text that is being typed it may become one. */
static bool leave_out(vt_parser *parser, const vt_error *fault)
{
    bool lacks_value = parser->token.missing && parser->position == parser->token.value_position;
    if (!parser->typed || !lacks_value) {
        return vt_error_set(parser->error, fault->code, "%s", fault->message);
    }
    if (parser->lack.code == VT_ERROR_NONE) {
        parser->lack = *fault;
        parser->lack_position = parser->position;
    }
    return true;
}

static uint16_t parse_term(vt_parser *parser)
{
    vt_node node;
    vt_error fault = VT_ERROR_INIT;
    if (++parser->terms > VT_FILTER_TERMS_MAX) {
        parser->position = parser->token.position;
        vt_error_set(parser->error, VT_ERROR_USAGE, "a filter has at most %d words and conditions",
                     VT_FILTER_TERMS_MAX);
        return VT_NO_NODE;
    }
    bool compiled = vt_field_compile(&parser->token, &node, &parser->position, &fault);
    if ((!compiled && !leave_out(parser, &fault)) || !advance(parser)) {
        return VT_NO_NODE;
    }
    return compiled ? add_node(parser, node) : LEFT_OUT;
}

static uint16_t parse_group(vt_parser *parser)
{
    size_t open = parser->token.position;
    if (++parser->depth > VT_FILTER_DEPTH_MAX) {
        parser->position = open;
        vt_error_set(parser->error, VT_ERROR_USAGE, "parentheses stand at most %d deep in each other",
                     VT_FILTER_DEPTH_MAX);
        return VT_NO_NODE;
    }
    if (!advance(parser)) {
        return VT_NO_NODE;
    }
    if (parser->token.kind == VT_TOKEN_CLOSE) {
        return fail(parser, parser->token.position, "there is nothing between these parentheses");
    }
    uint16_t node = VT_NO_NODE;
    if (parser->token.kind != VT_TOKEN_END) {
        node = parse_or(parser);
        if (node == VT_NO_NODE) {
            return node;
        }
    }
    if (parser->token.kind != VT_TOKEN_CLOSE) {
        return fail(parser, open, "the parenthesis that opens here is not closed: add ) at its end");
    }
    parser->depth--;
    return advance(parser) ? node : VT_NO_NODE;
}

static uint16_t parse_not(vt_parser *parser)
{
    bool negated = false;
    while (parser->token.kind == VT_TOKEN_NOT) {
        negated = !negated;
        size_t after = parser->token.position + 1;
        if (!advance(parser)) {
            return VT_NO_NODE;
        }
        if (parser->token.position != after || parser->token.kind == VT_TOKEN_END) {
            return fail(parser, after - 1,
                        "a minus needs what it excludes right behind it: -draft. To find a minus, put it in "
                        "quotes");
        }
    }
    uint16_t node = VT_NO_NODE;
    switch (parser->token.kind) {
    case VT_TOKEN_WORD:
    case VT_TOKEN_FIELD:
        node = parse_term(parser);
        break;
    case VT_TOKEN_OPEN:
        node = parse_group(parser);
        break;
    case VT_TOKEN_CLOSE:
        return fail(parser, parser->token.position, "this parenthesis closes none: open it with ( before");
    default:
        return fail(parser, parser->token.position,
                    "\"or\" needs a word or condition on both sides. To find the word, put it in quotes");
    }
    if (node != VT_NO_NODE && node != LEFT_OUT && negated) {
        parser->filter->nodes[node].negated = !parser->filter->nodes[node].negated;
    }
    return node;
}

/* Puts `child` before those of its siblings that cost more than it, so that cheap conditions leave few rows
   to the dear ones. */
static void insert_child(vt_filter *filter, vt_node *parent, uint16_t child)
{
    uint16_t *link = &parent->child;
    while (*link != VT_NO_NODE && filter->nodes[*link].kind <= filter->nodes[child].kind) {
        link = &filter->nodes[*link].next;
    }
    filter->nodes[child].next = *link;
    *link = child;
}

/* What an `and` or an `or` joins, as it is read. */
typedef struct siblings {
    vt_node parent;
    uint16_t last;
    unsigned count;
} siblings;

static siblings siblings_of(vt_node_kind kind)
{
    return (siblings){.parent = {.kind = kind, .child = VT_NO_NODE, .next = VT_NO_NODE}};
}

static void join(vt_parser *parser, siblings *of, uint16_t child)
{
    if (child != LEFT_OUT) {
        insert_child(parser->filter, &of->parent, child);
        of->last = child;
        of->count++;
    }
}

/* One alone needs no parent. */
static uint16_t joined(vt_parser *parser, const siblings *of)
{
    return of->count == 0 ? LEFT_OUT : of->count == 1 ? of->last : add_node(parser, of->parent);
}

static bool starts_term(vt_token_kind kind)
{
    return kind == VT_TOKEN_WORD || kind == VT_TOKEN_FIELD || kind == VT_TOKEN_OPEN || kind == VT_TOKEN_NOT;
}

static uint16_t parse_and(vt_parser *parser)
{
    siblings all = siblings_of(VT_NODE_AND);
    do {
        uint16_t child = parse_not(parser);
        if (child == VT_NO_NODE) {
            return VT_NO_NODE;
        }
        join(parser, &all, child);
    } while (starts_term(parser->token.kind));
    return joined(parser, &all);
}

static uint16_t parse_or(vt_parser *parser)
{
    siblings any = siblings_of(VT_NODE_OR);
    for (;;) {
        uint16_t child = parse_and(parser);
        if (child == VT_NO_NODE) {
            return VT_NO_NODE;
        }
        join(parser, &any, child);
        if (parser->token.kind != VT_TOKEN_OR) {
            return joined(parser, &any);
        }
        if (!advance(parser)) {
            return VT_NO_NODE;
        }
    }
}

static bool parse_filter(vt_parser *parser)
{
    if (!advance(parser)) {
        return false;
    }
    if (parser->token.kind == VT_TOKEN_END) {
        return true;
    }
    parser->filter->root = parse_or(parser);
    if (parser->filter->root == VT_NO_NODE) {
        return false;
    }
    if (parser->filter->root == LEFT_OUT) {
        parser->filter->root = VT_NO_NODE;
    }
    if (parser->token.kind == VT_TOKEN_CLOSE) {
        fail(parser, parser->token.position, "this parenthesis closes none: open it with ( before");
        return false;
    }
    return true;
}

static bool check_text(const char *text, size_t length, size_t *position, vt_error *error)
{
    if (length > VT_FILTER_LENGTH_MAX) {
        *position = VT_FILTER_LENGTH_MAX;
        return vt_error_set(error, VT_ERROR_USAGE, "a filter is at most %d bytes long", VT_FILTER_LENGTH_MAX);
    }
    const char *zero = length ? memchr(text, '\0', length) : NULL;
    if (zero) {
        *position = (size_t)(zero - text);
        return vt_error_set(error, VT_ERROR_USAGE, "a filter cannot contain a zero byte: no name does");
    }
    return true;
}

static vt_filter *compile(const char *text, size_t length, bool typed, size_t *position, vt_error *error)
{
    size_t unused = 0;
    position = position ? position : &unused;
    *position = 0;
    if (!check_text(text, length, position, error)) {
        return NULL;
    }
    vt_filter *filter = malloc(sizeof *filter + VT_FILTER_NODES_MAX * sizeof(vt_node));
    char *buffer = malloc(length + 1);
    if (!filter || !buffer) {
        free(filter);
        free(buffer);
        vt_error_set(error, VT_ERROR_MEMORY, "no memory for the filter");
        return NULL;
    }
    *filter = (vt_filter){.buffer = buffer, .root = VT_NO_NODE};
    vt_parser parser = {.lexer = {.text = {text, length}, .buffer = buffer},
                        .filter = filter,
                        .error = error,
                        .typed = typed};
    if (!parse_filter(&parser)) {
        *position = parser.position;
        vt_filter_free(filter);
        return NULL;
    }
    if (parser.lack.code != VT_ERROR_NONE) {
        *position = parser.lack_position;
        vt_error_set(error, parser.lack.code, "%s", parser.lack.message);
    }
    vt_filter *fit = realloc(filter, sizeof *filter + filter->count * sizeof(vt_node));
    if (!fit) {
        return filter; /* larger than it need be */
    }
    return fit;
}

vt_filter *vt_filter_compile(const char *text, size_t length, size_t *position, vt_error *error)
{
    return compile(text, length, false, position, error);
}

vt_filter *vt_filter_compile_typed(const char *text, size_t length, size_t *position, vt_error *error)
{
    return compile(text, length, true, position, error);
}

void vt_filter_free(vt_filter *filter)
{
    if (filter) {
        free(filter->buffer);
        free(filter);
    }
}

bool vt_filter_is_empty(const vt_filter *filter)
{
    return filter->root == VT_NO_NODE;
}
