/*
 * Rules of the scan: which names are passed over. A const table; a new rule is one line.
 *
 * Names that begin with a dot are hidden and can be asked for (vt_import_options.hidden); junk is what other
 * programs leave behind or keep for themselves, never somebody's picture, and is passed over all the same.
 * Threads: constant data, any thread.
 */
#ifndef VT_SCAN_RULES_H
#define VT_SCAN_RULES_H

#include <stdbool.h>

typedef enum vt_rule_subject {
    VT_RULE_FILE,
    VT_RULE_FOLDER,
    VT_RULE_ANY /* either */
} vt_rule_subject;

typedef enum vt_verdict {
    VT_VERDICT_TAKE,
    VT_VERDICT_HIDDEN, /* begins with a dot */
    VT_VERDICT_JUNK    /* stands in the table */
} vt_verdict;

/* `name`: bytes, one component of a path. `subject`: what it is the name of, VT_RULE_FILE or VT_RULE_FOLDER.
   Upper and lower case are different, but for names that come from Windows. */
vt_verdict vt_rules_judge(const char *name, vt_rule_subject subject);

#endif
