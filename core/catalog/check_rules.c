#include "core/catalog/check_private.h"

#include "core/catalog/edit.h"
#include "core/catalog/record.h"
#include "core/decode/tinythumb.h"

/* What the next import finds out by itself is set to "unread" (4); the numbers are those of record.h, media.h
 * and edit.h. */
#define UNREAD     "UPDATE item SET state = 4 WHERE "
#define LOOK_AGAIN "the next import reads their files again"
#define REPAIR     "run check with --repair"
#define BACKUP     "restore a backup"

#define BAD_KIND   "kind NOT BETWEEN 0 AND 3"
#define BAD_STATE  "state NOT BETWEEN 0 AND 5"
#define BAD_RATING "rating NOT BETWEEN 0 AND 5"
#define BAD_LABEL  "label NOT BETWEEN 1 AND 15"
#define BAD_FACTS                                                                                            \
    "state = 0 AND (kind = 0 OR (kind = 1 AND (coalesce(width, 0) <= 0 OR coalesce(height, 0) <= 0)))"
#define BAD_SIZE "size < 0 AND state <> 4"
#define BAD_NAME "length(name) = 0 OR instr(name, x'2f') > 0 OR instr(name, x'00') > 0"
#define BAD_PATH                                                                                             \
    "substr(path, 1, 1) <> x'2f' OR instr(path, x'00') > 0 OR (length(path) > 1 AND substr(path, -1) = "     \
    "x'2f')"
#define NO_FAILURE                                                                                           \
    "state = 3 AND NOT EXISTS (SELECT 1 FROM failure "                                                       \
    "WHERE failure.folder_id = item.folder_id AND failure.name = item.name)"
#define FINE_ITEM                                                                                            \
    "EXISTS (SELECT 1 FROM item WHERE item.folder_id = failure.folder_id AND item.name = failure.name "      \
    "AND item.state = 0)"
#define EMPTY_FOLDER                                                                                         \
    "NOT EXISTS (SELECT 1 FROM item WHERE item.folder_id = folder.id) "                                      \
    "AND NOT EXISTS (SELECT 1 FROM failure WHERE failure.folder_id = folder.id) "                            \
    "AND NOT EXISTS (SELECT 1 FROM sequence_choice WHERE sequence_choice.folder_id = folder.id)"
#define LOST_ITEM    "NOT EXISTS (SELECT 1 FROM folder WHERE folder.id = item.folder_id)"
#define LOST_FAILURE "NOT EXISTS (SELECT 1 FROM folder WHERE folder.id = failure.folder_id)"
#define NO_ITEM      "item_id NOT IN (SELECT id FROM item)"
#define LOST_PAIR    NO_ITEM " OR tag_id NOT IN (SELECT id FROM tag)"
#define LOST_PLACE   NO_ITEM " OR album_id NOT IN (SELECT id FROM album)"
#define BAD_TINY     "length(code) <> 32"
#define LOST_TAG     "parent_id IS NOT NULL AND parent_id NOT IN (SELECT id FROM tag)"

/* A tag that moves to the top keeps its name unless one there has it. */
#define TO_THE_TOP(condition)                                                                                \
    "UPDATE OR IGNORE tag SET parent_id = NULL WHERE " condition                                             \
    "; UPDATE tag SET parent_id = NULL, name = name || ' (' || id || ')' WHERE " condition

/* Tags that hang neither at the top nor on a tag that is lost hang on a ring. A ring has a tag whose parent
 * has no smaller number, or its numbers would fall for ever: cutting there opens each, in one look. */
#define HANGING                                                                                              \
    "id NOT IN (WITH RECURSIVE hanging (id) AS (SELECT id FROM tag WHERE parent_id IS NULL OR " LOST_TAG     \
    " UNION ALL SELECT tag.id FROM hanging JOIN tag ON tag.parent_id = hanging.id) SELECT id FROM hanging)"
#define RING HANGING " AND parent_id >= id"

/* Marked with a time that no file has, so that the next import looks at all frames again. */
#define NO_SEQUENCE                                                                                          \
    "kind = 3 AND id NOT IN (SELECT item_id FROM sequence) AND NOT (state = 4 AND ctime_ns = 0)"
#define LOST_SEQUENCE "item_id NOT IN (SELECT id FROM item WHERE kind = 3)"
#define LOST_CHOICE   "folder_id NOT IN (SELECT id FROM folder)"
#define BAD_RATE                                                                                             \
    "(rate_num IS NULL) <> (rate_den IS NULL) OR rate_num NOT BETWEEN 1 AND 1000000 "                        \
    "OR rate_den NOT BETWEEN 1 AND 1000000"
#define BAD_FRAMES "width NOT BETWEEN 1 AND 255 OR length(ranges) = 0 OR ranges GLOB '*[^0-9,-]*'"

#define SAME_PLACE                                                                                           \
    "SELECT album_id FROM album_item GROUP BY album_id HAVING count(*) > count(DISTINCT position)"

_Static_assert(VT_KIND_SEQUENCE == 3 && VT_ITEM_STATE_COUNT == 6 && VT_ITEM_UNREAD == 4 &&
                   VT_ITEM_FAILED == 3 && VT_ITEM_OK == 0 && VT_LABEL_MAX == 15 && VT_TINYTHUMB_BYTES == 32,
               "the rules name these by number");

#define BAD_STACK     "stack_id <= 0"
#define LONE_IN_STACK "stack_id IN (SELECT stack_id FROM stack_item GROUP BY stack_id HAVING count(*) = 1)"

#define BAD_WORKSPACE "name = '' OR length(CAST(name AS BLOB)) > 200 OR last NOT IN (0, 1)"

#define COUNT(table, condition)  "SELECT count(*) FROM " table " WHERE " condition
#define DELETE(table, condition) "DELETE FROM " table " WHERE " condition

const vt_check_rule vt_check_rules[] = {
    {"item-kind", COUNT("item", BAD_KIND), "UPDATE item SET kind = 0, format = 0, state = 4 WHERE " BAD_KIND,
     "items of a kind that does not exist", REPAIR, LOOK_AGAIN, false},
    {"item-state", COUNT("item", BAD_STATE), UNREAD BAD_STATE, "items in a state that does not exist", REPAIR,
     LOOK_AGAIN, false},
    {"item-rating", COUNT("item", BAD_RATING),
     "UPDATE item SET rating = max(0, min(5, rating)) WHERE " BAD_RATING,
     "items with a rating other than 0 to 5", REPAIR, "set to the nearest rating", false},
    {"item-label", COUNT("item", BAD_LABEL), "UPDATE item SET label = NULL WHERE " BAD_LABEL,
     "items with a label that does not exist", REPAIR, "the label is taken away", false},
    {"item-facts", COUNT("item", BAD_FACTS), UNREAD BAD_FACTS,
     "items marked as read without a kind, a width or a height", REPAIR, LOOK_AGAIN, false},
    {"item-size", COUNT("item", BAD_SIZE), UNREAD BAD_SIZE, "items of a negative size", REPAIR, LOOK_AGAIN,
     false},
    {"item-failure", COUNT("item", NO_FAILURE), UNREAD NO_FAILURE, "items marked as failed without a failure",
     REPAIR, LOOK_AGAIN, false},
    {"item-name", COUNT("item", BAD_NAME), NULL, "items whose name is no file name", BACKUP, "", false},
    {"folder-path", COUNT("folder", BAD_PATH), NULL, "folders whose path is not absolute and clean", BACKUP,
     "", false},
    {"foreign-key", COUNT("failure", LOST_FAILURE), DELETE("failure", LOST_FAILURE),
     "failures of folders that are not there", REPAIR, "forgotten", false},
    {"foreign-key", COUNT("item", LOST_ITEM), NULL, "items of folders that are not there",
     "restore a backup, it knows their paths", "", false},
    {"failure-stale", COUNT("failure", FINE_ITEM), DELETE("failure", FINE_ITEM),
     "failures of files that were read since", REPAIR, "forgotten", false},
    {"foreign-key", COUNT("item_tag", LOST_PAIR), DELETE("item_tag", LOST_PAIR),
     "tags given to items, of which one is not there", REPAIR, "forgotten", false},
    {"foreign-key", COUNT("album_item", LOST_PLACE), DELETE("album_item", LOST_PLACE),
     "places in albums, of which album or item is not there", REPAIR, "forgotten", false},
    {"foreign-key", COUNT("stack_item", NO_ITEM), DELETE("stack_item", NO_ITEM),
     "places in stacks of items that are not there", REPAIR, "forgotten", false},
    {"stack-number", COUNT("stack_item", BAD_STACK), DELETE("stack_item", BAD_STACK),
     "items in stacks without a number", REPAIR, "they are in none then", false},
    {"stack-single", COUNT("stack_item", LONE_IN_STACK), DELETE("stack_item", LONE_IN_STACK),
     "stacks of a single item, which are shown as none", REPAIR, "forgotten", true},
    {"foreign-key", COUNT("note", NO_ITEM), DELETE("note", NO_ITEM), "notes to items that are not there",
     REPAIR, "forgotten", false},
    {"foreign-key", COUNT("tiny", NO_ITEM), DELETE("tiny", NO_ITEM),
     "tiny thumbnails of items that are not there", REPAIR, "forgotten", false},
    {"tiny-code", COUNT("tiny", BAD_TINY), DELETE("tiny", BAD_TINY),
     "tiny thumbnails that are not of 32 bytes", REPAIR, "made again with the item's thumbnail", false},
    {"foreign-key", COUNT("fingerprint", NO_ITEM), DELETE("fingerprint", NO_ITEM),
     "fingerprints of items that are not there", REPAIR, "forgotten", false},
    {"foreign-key", COUNT("sidecar", NO_ITEM), DELETE("sidecar", NO_ITEM),
     "side-cars of items that are not there", REPAIR, "forgotten", false},
    {"foreign-key", COUNT("sidecar_said", NO_ITEM), DELETE("sidecar_said", NO_ITEM),
     "what side-cars said of items that are not there", REPAIR, "forgotten", false},
    {"foreign-key", COUNT("sidecar_due", NO_ITEM), DELETE("sidecar_due", NO_ITEM),
     "side-cars to be written of items that are not there", REPAIR, "forgotten", false},
    {"foreign-key", COUNT("sidecar_conflict", NO_ITEM), DELETE("sidecar_conflict", NO_ITEM),
     "conflicts with side-cars of items that are not there", REPAIR, "forgotten", false},
    {"foreign-key", COUNT("sidecar_failure", NO_ITEM), DELETE("sidecar_failure", NO_ITEM),
     "failures of side-cars of items that are not there", REPAIR, "forgotten", false},
    {"foreign-key", COUNT("embedded", NO_ITEM), DELETE("embedded", NO_ITEM),
     "what pictures carry of items that are not there", REPAIR, "forgotten", false},
    {"foreign-key", COUNT("look", NO_ITEM), DELETE("look", NO_ITEM), "looks of items that are not there",
     REPAIR, "forgotten", false},
    {"workspace-name", COUNT("workspace", BAD_WORKSPACE), DELETE("workspace", BAD_WORKSPACE),
     "workspaces without a name that can be shown, or of which it is not known which was open last", REPAIR,
     "forgotten", false},
    {"root-path", COUNT("root", BAD_PATH), DELETE("root", BAD_PATH),
     "imported folders whose path is not absolute and clean", REPAIR,
     "forgotten: import them again to have them watched", false},
    {"foreign-key", COUNT("tag", LOST_TAG), TO_THE_TOP(LOST_TAG), "tags below a tag that is not there",
     REPAIR, "moved to the top", false},
    {"tag-cycle", COUNT("tag", HANGING), TO_THE_TOP(RING), "tags that lie below themselves", REPAIR,
     "the ring is opened and hangs at the top", false},
    {"album-position", "SELECT count(*) FROM (" SAME_PLACE ")",
     "UPDATE album_item SET position = place.number FROM (SELECT album_id AS album, item_id AS item, "
     "row_number() OVER (PARTITION BY album_id ORDER BY position, item_id) AS number FROM album_item "
     "WHERE album_id IN (" SAME_PLACE ")) AS place WHERE album_id = place.album AND item_id = place.item",
     "albums with two items at one place", REPAIR, "numbered anew in the order that was shown", false},
    {"foreign-key", COUNT("sequence", LOST_SEQUENCE), DELETE("sequence", LOST_SEQUENCE),
     "frames of sequences that are not there", REPAIR, "forgotten", false},
    {"foreign-key", COUNT("sequence_choice", LOST_CHOICE), DELETE("sequence_choice", LOST_CHOICE),
     "decisions on sequences of folders that are not there", REPAIR, "forgotten", false},
    {"sequence-frames", COUNT("sequence", BAD_FRAMES), DELETE("sequence", BAD_FRAMES),
     "sequences whose frames cannot be told", REPAIR, LOOK_AGAIN, false},
    {"sequence-row", COUNT("item", NO_SEQUENCE), "UPDATE item SET state = 4, ctime_ns = 0 WHERE " NO_SEQUENCE,
     "sequences without frames", REPAIR, LOOK_AGAIN, false},
    {"sequence-rate", COUNT("sequence", BAD_RATE),
     "UPDATE sequence SET rate_num = NULL, rate_den = NULL WHERE " BAD_RATE,
     "sequences with a frame rate that is none", REPAIR, "set to the usual one", false},
    {"folder-empty", COUNT("folder", EMPTY_FOLDER), DELETE("folder", EMPTY_FOLDER),
     "folders without items, which harm nobody", REPAIR, "forgotten", true},
};
const size_t vt_check_rule_count = sizeof vt_check_rules / sizeof *vt_check_rules;
