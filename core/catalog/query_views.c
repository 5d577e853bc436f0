/* What queries can read, each view with its columns, and the functions they may call. */
#include "core/catalog/query_private.h"

#include "core/base/translatable.h"

#define SECONDS(column) column " / 1000000000"
#define NAME(column)    "CAST(" column " AS TEXT)"
#define PATH            "CAST(f.path AS TEXT) || iif(CAST(f.path AS TEXT) = '/', '', '/')"

static const vt_query_column item_columns[] = {
    {"item_id", VT_TR_NOOP("query", "number of the item; a double click on such a row opens it")},
    {"name", VT_TR_NOOP("query", "name of the file")},
    {"folder", VT_TR_NOOP("query", "path of its folder")},
    {"path", VT_TR_NOOP("query", "folder and name")},
    {"kind", VT_TR_NOOP("query", "image, model, sequence or unknown")},
    {"state", VT_TR_NOOP("query", "found, missing, offline, failed or unread")},
    {"size", VT_TR_NOOP("query", "bytes of the file")},
    {"modified", VT_TR_NOOP("query", "when the file was changed, seconds since 1970")},
    {"width", VT_TR_NOOP("query", "pixels across")},
    {"height", VT_TR_NOOP("query", "pixels down")},
    {"triangles", VT_TR_NOOP("query", "triangles of a model")},
    {"watertight", VT_TR_NOOP("query", "1 if a model is watertight, 0 if not")},
    {"rating", VT_TR_NOOP("query", "0 to 5 stars")},
    {"label", VT_TR_NOOP("query", "number of the colour label, 1 is red")},
    {"title", VT_TR_NOOP("query", "title the user gave")},
    {NULL, NULL}};

static const vt_query_column tag_columns[] = {
    {"tag_id", VT_TR_NOOP("query", "number of the tag")},
    {"name", VT_TR_NOOP("query", "its own name")},
    {"tag", VT_TR_NOOP("query", "with the names above it: place/italy")},
    {"parent_id", VT_TR_NOOP("query", "number of the tag above it")},
    {NULL, NULL}};

static const vt_query_column item_tag_columns[] = {{"item_id", VT_TR_NOOP("query", "number of the item")},
                                                   {"tag_id", VT_TR_NOOP("query", "number of the tag")},
                                                   {"name", VT_TR_NOOP("query", "its own name")},
                                                   {NULL, NULL}};

static const vt_query_column album_columns[] = {
    {"album_id", VT_TR_NOOP("query", "number of the album")},
    {"name", VT_TR_NOOP("query", "its name")},
    {"created", VT_TR_NOOP("query", "when it was made, seconds since 1970")},
    {NULL, NULL}};

static const vt_query_column album_item_columns[] = {
    {"item_id", VT_TR_NOOP("query", "number of the item")},
    {"album_id", VT_TR_NOOP("query", "number of the album")},
    {"position", VT_TR_NOOP("query", "its place in the album's own order")},
    {NULL, NULL}};

static const vt_query_column note_columns[] = {{"item_id", VT_TR_NOOP("query", "number of the item")},
                                               {"note", VT_TR_NOOP("query", "the note")},
                                               {NULL, NULL}};

static const vt_query_column photo_columns[] = {
    {"item_id", VT_TR_NOOP("query", "number of the item")},
    {"taken", VT_TR_NOOP("query", "by the camera's clock, seconds since 1970")},
    {"camera", VT_TR_NOOP("query", "the camera")},
    {"lens", VT_TR_NOOP("query", "the lens")},
    {"exposure", VT_TR_NOOP("query", "seconds of exposure")},
    {"f_number", VT_TR_NOOP("query", "aperture")},
    {"iso", VT_TR_NOOP("query", "sensitivity")},
    {"focal_mm", VT_TR_NOOP("query", "focal length in millimetres")},
    {"latitude", VT_TR_NOOP("query", "degrees to the north")},
    {"longitude", VT_TR_NOOP("query", "degrees to the east")},
    {"file_title", VT_TR_NOOP("query", "title that stands in the file")},
    {"description", VT_TR_NOOP("query", "description that stands in the file")},
    {"creator", VT_TR_NOOP("query", "who made it")},
    {"keywords", VT_TR_NOOP("query", "keywords in the file, one a line")},
    {NULL, NULL}};

static const vt_query_column sequence_columns[] = {
    {"item_id", VT_TR_NOOP("query", "number of the item")},
    {"ranges", VT_TR_NOOP("query", "numbers of its frames: 1-240")},
    {"poster", VT_TR_NOOP("query", "number of the frame its card shows")},
    {"rate", VT_TR_NOOP("query", "frames a second, if the user set them")},
    {NULL, NULL}};

static const vt_query_column stack_columns[] = {
    {"item_id", VT_TR_NOOP("query", "number of the item")},
    {"stack_id", VT_TR_NOOP("query", "number of the stack it is in")},
    {"position", VT_TR_NOOP("query", "its place in the stack, the first is the cover")},
    {NULL, NULL}};

static const vt_query_column folder_columns[] = {{"folder_id", VT_TR_NOOP("query", "number of the folder")},
                                                 {"path", VT_TR_NOOP("query", "its path")},
                                                 {"items", VT_TR_NOOP("query", "items in it")},
                                                 {NULL, NULL}};

static const vt_query_column failure_columns[] = {
    {"path", VT_TR_NOOP("query", "the file that could not be read")},
    {"code", VT_TR_NOOP("query", "kind of the fault")},
    {"message", VT_TR_NOOP("query", "what was wrong")},
    {"size", VT_TR_NOOP("query", "bytes of the file")},
    {"failed", VT_TR_NOOP("query", "when it was tried, seconds since 1970")},
    {NULL, NULL}};

const vt_query_source vt_query_sources[] = {
    {{"items", VT_TR_NOOP("query", "a row for each item that is not in the trash"), item_columns},
     "SELECT i.id AS item_id, " NAME("i.name") " AS name, " NAME("f.path") " AS folder, " PATH " || " NAME(
         "i.name") " AS path, "
                   "CASE i.kind WHEN 1 THEN 'image' WHEN 2 THEN 'model' WHEN 3 THEN 'sequence' ELSE "
                   "'unknown' END AS kind, "
                   "CASE i.state WHEN 0 THEN 'found' WHEN 1 THEN 'missing' WHEN 2 THEN 'offline' WHEN 3 THEN "
                   "'failed' "
                   "ELSE 'unread' END AS state, i.size AS size, " SECONDS(
                       "i.mtime_ns") " AS modified, "
                                     "i.width AS width, i.height AS height, i.triangles AS triangles, "
                                     "CASE i.watertight WHEN 2 THEN 1 WHEN 1 THEN 0 END AS watertight, "
                                     "i.rating AS rating, "
                                     "i.label AS label, i.title AS title "
                                     "FROM main.item AS i JOIN main.folder AS f ON f.id = i.folder_id WHERE "
                                     "i.state <> 5"},
    {{"tags", VT_TR_NOOP("query", "a row for each tag"), tag_columns},
     "WITH RECURSIVE $chain (id, name, path, parent, depth) AS ("
     "SELECT id, name, name, parent_id, 0 FROM main.tag WHERE parent_id IS NULL UNION ALL "
     "SELECT t.id, t.name, c.path || '/' || t.name, t.parent_id, c.depth + 1 FROM main.tag AS t "
     "JOIN $chain AS c ON t.parent_id = c.id WHERE c.depth < 64) "
     "SELECT id AS tag_id, name AS name, path AS tag, parent AS parent_id FROM $chain"},
    {{"item_tags", VT_TR_NOOP("query", "a row for each tag of each item"), item_tag_columns},
     "SELECT x.item_id AS item_id, x.tag_id AS tag_id, t.name AS name "
     "FROM main.item_tag AS x JOIN main.tag AS t ON t.id = x.tag_id"},
    {{"albums", VT_TR_NOOP("query", "a row for each album"), album_columns},
     "SELECT id AS album_id, name AS name, " SECONDS("created_ns") " AS created FROM main.album"},
    {{"album_items", VT_TR_NOOP("query", "a row for each item of each album"), album_item_columns},
     "SELECT item_id AS item_id, album_id AS album_id, position AS position FROM main.album_item"},
    {{"notes", VT_TR_NOOP("query", "a row for each item with a note"), note_columns},
     "SELECT item_id AS item_id, text AS note FROM main.note"},
    {{"photos", VT_TR_NOOP("query", "a row for each picture that says something of itself"), photo_columns},
     "SELECT item_id AS item_id, " SECONDS("taken_ns") " AS taken, camera AS camera, lens AS lens, "
                                                       "exposure AS exposure, f_number AS f_number, iso AS "
                                                       "iso, focal_mm AS focal_mm, latitude AS latitude, "
                                                       "longitude AS longitude, title AS file_title, "
                                                       "description AS description, creator AS creator, "
                                                       "keywords AS keywords FROM main.metadata"},
    {{"sequences", VT_TR_NOOP("query", "a row for each sequence"), sequence_columns},
     "SELECT item_id AS item_id, ranges AS ranges, poster AS poster, "
     "rate_num * 1.0 / rate_den AS rate FROM main.sequence"},
    {{"stacks", VT_TR_NOOP("query", "a row for each item in a stack made by hand"), stack_columns},
     "SELECT item_id AS item_id, stack_id AS stack_id, position AS position FROM main.stack_item"},
    {{"folders", VT_TR_NOOP("query", "a row for each folder with items"), folder_columns},
     "SELECT f.id AS folder_id, " NAME("f.path") " AS path, count(*) AS items "
                                                 "FROM main.folder AS f JOIN main.item AS i ON i.folder_id = "
                                                 "f.id WHERE i.state <> 5 GROUP BY f.id"},
    {{"failures", VT_TR_NOOP("query", "a row for each file that could not be read"), failure_columns},
     "SELECT " PATH
     " || " NAME("x.name") " AS path, x.code AS code, x.message AS message, x.size AS size, " SECONDS(
         "x.failed_ns") " AS failed FROM main.failure AS x JOIN main.folder AS f ON f.id = x.folder_id"},
};

const size_t vt_query_source_count = sizeof vt_query_sources / sizeof *vt_query_sources;

const char *const vt_query_tables[] = {"item", "folder",   "tag",      "item_tag",   "album",   "album_item",
                                       "note", "metadata", "sequence", "stack_item", "failure", NULL};

/* They compute, and touch nothing else. */
const char *const vt_query_functions[] = {
    "abs",       "avg",        "char",         "coalesce",  "count", "cume_dist",    "date",
    "datetime",  "dense_rank", "first_value",  "format",    "glob",  "group_concat", "hex",
    "ifnull",    "iif",        "instr",        "julianday", "lag",   "last_value",   "lead",
    "length",    "like",       "lower",        "ltrim",     "max",   "min",          "nth_value",
    "ntile",     "nullif",     "percent_rank", "printf",    "quote", "random",       "rank",
    "replace",   "round",      "row_number",   "rtrim",     "sign",  "strftime",     "substr",
    "substring", "sum",        "time",         "total",     "trim",  "typeof",       "unicode",
    "unixepoch", "upper",      "acos",         "asin",      "atan",  "ceil",         "ceiling",
    "cos",       "degrees",    "exp",          "floor",     "ln",    "log",          "log10",
    "log2",      "mod",        "pi",           "pow",       "power", "radians",      "sin",
    "sqrt",      "tan",        "trunc",        NULL};

size_t vt_query_view_count(void)
{
    return vt_query_source_count;
}

const vt_query_view *vt_query_view_get(size_t index)
{
    return &vt_query_sources[index].view;
}
