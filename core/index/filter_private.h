/*
 * The inside of the filter: words of the text (filter_lex.c), what a field and its value mean
 * (filter_field.c, filter_value.c), the tree they form (filter_parse.c), and its evaluation (filter_run.c).
 */
#ifndef VT_INDEX_FILTER_PRIVATE_H
#define VT_INDEX_FILTER_PRIVATE_H

#include "core/index/filter.h"

/* Bytes of the text, or of what it means; borrowed, no NUL at the end. */
typedef struct vt_span {
    const char *bytes;
    size_t length;
} vt_span;

typedef enum vt_compare {
    VT_COMPARE_EQUAL, /* `:` and `=` */
    VT_COMPARE_UNEQUAL,
    VT_COMPARE_LESS,
    VT_COMPARE_AT_MOST,
    VT_COMPARE_GREATER,
    VT_COMPARE_AT_LEAST
} vt_compare;

typedef enum vt_token_kind {
    VT_TOKEN_END,
    VT_TOKEN_WORD,
    VT_TOKEN_FIELD,
    VT_TOKEN_OPEN,
    VT_TOKEN_CLOSE,
    VT_TOKEN_NOT,
    VT_TOKEN_OR
} vt_token_kind;

typedef struct vt_token {
    vt_token_kind kind;
    size_t position;       /* in the text */
    size_t value_position; /* of a field's value */
    vt_span field;         /* its name as written */
    vt_compare compare;
    vt_span value; /* of a word or field, folded, without quotes; in the lexer's buffer */
} vt_token;

typedef struct vt_lexer {
    vt_span text;
    size_t at;
    char *buffer; /* as long as the text: values are never longer than what was written */
    size_t used;
    size_t error_position;
} vt_lexer;

/* Reads the next token; false, `error` and `lexer->error_position` if there is none to be made. */
bool vt_lexer_next(vt_lexer *lexer, vt_token *token, vt_error *error);

/* At most some 40 bytes of `span`, fit for a message. Returns `text`. */
typedef char vt_excerpt[160];
const char *vt_span_excerpt(vt_span span, vt_excerpt text);

bool vt_span_equals(vt_span span, const char *text);

/* Values. The interval a value stands for, both ends included: a number is one point, a date a day, month or
   year in nanoseconds since 1970. "a..b" goes from the start of a to the end of b. False: it is none, and
   `error` says what would be. */
typedef struct vt_interval {
    int64_t low, high;
} vt_interval;

typedef enum vt_unit { VT_UNIT_COUNT, VT_UNIT_BYTES, VT_UNIT_DATE } vt_unit;

bool vt_interval_parse(vt_span value, vt_unit unit, vt_interval *interval, bool *is_range, vt_error *error);

typedef enum vt_column {
    VT_COLUMN_ID,
    VT_COLUMN_SIZE,
    VT_COLUMN_DATE,
    VT_COLUMN_WIDTH,
    VT_COLUMN_HEIGHT,
    VT_COLUMN_PIXELS,
    VT_COLUMN_TRIANGLES, /* of models; the same column holds the frames of sequences */
    VT_COLUMN_FRAMES,
    VT_COLUMN_RATING,
    VT_COLUMN_KIND,
    VT_COLUMN_FORMAT,
    VT_COLUMN_STATE,
    VT_COLUMN_WATERTIGHT
} vt_column;

/* In the order of their cost: an `and` asks the cheap ones first. */
typedef enum vt_node_kind {
    VT_NODE_SET,       /* one byte of a row is among those of a set */
    VT_NODE_NUMBER,    /* a number of a row lies in an interval, or exists and does not */
    VT_NODE_EXTENSION, /* what follows the last dot of the name */
    VT_NODE_TEXT,      /* found in the name or in the path of the folder */
    VT_NODE_AND,
    VT_NODE_OR
} vt_node_kind;

#define VT_NO_NODE UINT16_MAX

typedef struct vt_node {
    vt_node_kind kind;
    bool negated;   /* a minus: matches where it otherwise would not */
    uint16_t child; /* of and, or: the first */
    uint16_t next;  /* the next child of the same parent */
    vt_column column;
    bool unequal;         /* number, extension, text: the other way round */
    bool in_name;         /* text */
    bool in_folder;       /* text */
    uint64_t set;         /* set: bit n for value n */
    vt_interval interval; /* number */
    vt_span text;         /* text, extension: folded, in the filter's buffer */
    size_t
        tail; /* text that is sought in both: where the part after its last slash starts, 0 if it has none */
} vt_node;

/* Each `and` and `or` joins at least two nodes, so there are fewer of them than terms. */
#define VT_FILTER_NODES_MAX (VT_FILTER_TERMS_MAX * 2)

struct vt_filter {
    char *buffer; /* texts of the nodes; owned */
    uint16_t root;
    uint16_t count;
    vt_node nodes[]; /* VT_FILTER_NODES_MAX while it is compiled, then `count` */
};

/* Makes the node of a word or field. False and `error`; `*position` is where the fault is. */
bool vt_field_compile(const vt_token *token, vt_node *node, size_t *position, vt_error *error);

#endif
