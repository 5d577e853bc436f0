/*
 * The inside of the filter: words of the text (filter_lex.c), what a field and its value mean
 * (filter_field.c, filter_value.c), the tree they form (filter_parse.c), and its evaluation (filter_run.c,
 * filter_keep.c), for which texts are sought in names (filter_names.c) and tables are looked through
 * (filter_tables.c).
 */
#ifndef VT_INDEX_FILTER_PRIVATE_H
#define VT_INDEX_FILTER_PRIVATE_H

#include "core/index/chunk.h"
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
    bool quoted;   /* the value was */
    bool missing;  /* a field has none: not even two quotes stand there */
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

typedef enum vt_unit {
    VT_UNIT_COUNT,
    VT_UNIT_BYTES,
    VT_UNIT_DATE, /* local days, as moments */
    VT_UNIT_CLOCK /* what a clock shows on those days: as if they were UTC */
} vt_unit;

/* How values of the unit are written, for a message. */
const char *vt_unit_examples(vt_unit unit);

bool vt_interval_parse(vt_span value, vt_unit unit, vt_interval *interval, bool *is_range, vt_error *error);

typedef enum vt_column {
    VT_COLUMN_ID,
    VT_COLUMN_SIZE,
    VT_COLUMN_DATE, /* taken, else modified */
    VT_COLUMN_TAKEN,
    VT_COLUMN_MODIFIED,
    VT_COLUMN_WIDTH,
    VT_COLUMN_HEIGHT,
    VT_COLUMN_PIXELS,
    VT_COLUMN_TRIANGLES, /* of models; the same column holds the frames of sequences */
    VT_COLUMN_FRAMES,
    VT_COLUMN_RATING,
    VT_COLUMN_KIND,
    VT_COLUMN_FORMAT,
    VT_COLUMN_STATE,
    VT_COLUMN_WATERTIGHT,
    VT_COLUMN_LABEL,
    VT_COLUMN_TAG, /* those from here on hold numbers of tables */
    VT_COLUMN_ALBUM,
    VT_COLUMN_CAMERA,
    VT_COLUMN_TITLE,
    VT_COLUMN_TWINS, /* the row itself, like the one below */
    VT_COLUMN_STACK
} vt_column;

/* In the order of their cost: an `and` asks the cheap ones first. */
typedef enum vt_node_kind {
    VT_NODE_SET,       /* one byte of a row is among those of a set */
    VT_NODE_NUMBER,    /* a number of a row lies in an interval, or exists and does not */
    VT_NODE_TABLE,     /* a row's number is among those of a table that were found beforehand */
    VT_NODE_EXTENSION, /* what follows the last dot of the name */
    VT_NODE_TEXT,      /* found in the name, the path of the folder, a tag or the title */
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
    bool in_marks;        /* text: in tags and titles */
    bool none;            /* table, number: what has no value, instead of one */
    uint64_t set;         /* set: bit n for value n */
    vt_interval interval; /* number */
    vt_interval clock;    /* number, of a date: the same in VT_UNIT_CLOCK */
    vt_span text;         /* text, extension, table: folded, in the filter's buffer */
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

/* Of VT_COLUMN_STACK, as a node's set. */
enum { VT_STACKED_COVER = 1, VT_STACKED_INSIDE = 2, VT_STACKED_NOT = 4 };

/* ---- fields ---- */

/* A value that has a name. Several names may stand for one value; the first is the one we tell. */
typedef struct vt_choice {
    const char *name; /* NULL ends a list */
    uint8_t value;
} vt_choice;

typedef enum vt_field_type {
    VT_FIELD_TEXT,
    VT_FIELD_EXTENSION,
    VT_FIELD_NUMBER,
    VT_FIELD_CHOICE,
    VT_FIELD_LABEL,
    VT_FIELD_TWINS,
    VT_FIELD_TABLE
} vt_field_type;

typedef struct vt_field {
    const char *name;
    const vt_choice *choices; /* choices */
    vt_field_type type;
    vt_column column;        /* all but texts */
    vt_unit unit;            /* numbers */
    vt_item_state state;     /* choices of VT_COLUMN_STATE: the state that "yes" means */
    bool in_name, in_folder; /* texts */
} vt_field;

/* All fields; the one that ends the list has no name. */
extern const vt_field vt_filter_fields[];

/* NULL if there is none of that name, whose case does not matter. */
const vt_field *vt_field_find(vt_span name);

/* Makes the node of a word or field. False and `error`; `*position` is where the fault is: with a field and a
   comparison that are right, at its value, also if that is missing. */
bool vt_field_compile(const vt_token *token, vt_node *node, size_t *position, vt_error *error);

/* ---- evaluation ---- */

/* The rows of a chunk, a bit each. */
enum { VT_FILTER_WORDS = VT_CHUNK_ROWS / 64 };
typedef uint64_t vt_bits[VT_FILTER_WORDS];

static inline void vt_set_bit(uint64_t *bits, uint32_t at)
{
    bits[at / 64] |= UINT64_C(1) << (at & 63);
}

static inline bool vt_has_bit(const uint64_t *bits, uint32_t at)
{
    return bits[at / 64] >> (at & 63) & 1;
}

/* Names that stand in name blocks one behind the other. */
typedef struct vt_name_list {
    const char *const *names;
    const uint16_t *lengths;
    uint32_t count; /* at most VT_CHUNK_ROWS */
} vt_name_list;

/* Finds a text, which is not empty, in all names by one search over each block. */
void vt_find_in_names(vt_span text, const vt_name_list *list, vt_bits found);

/* By number of a table: a bit for each that a table node accepts, `*bits` (free()). False: VT_ERROR_MEMORY.
 */
bool vt_filter_look_up(const vt_node *node, const vt_snapshot *snapshot, uint64_t **bits, vt_error *error);

/* Sets of tags, and titles, in which a text is found; as above, but NULL if there is none. */
bool vt_filter_find_in_tags(vt_span text, const vt_snapshot *snapshot, uint64_t **bits, vt_error *error);
bool vt_filter_find_in_titles(vt_span text, const vt_snapshot *snapshot, uint64_t **bits, vt_error *error);

#endif
