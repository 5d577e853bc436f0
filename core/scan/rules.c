#include "core/scan/rules.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

typedef enum match { EXACT, ANY_CASE, PREFIX } match;

static const struct {
    const char *name;
    match match;
    vt_rule_subject subject;
} junk[] = {
    /* thumbnails and bookkeeping of file managers and network storage */
    {"Thumbs.db", ANY_CASE, VT_RULE_FILE},
    {"ehthumbs.db", ANY_CASE, VT_RULE_FILE},
    {"desktop.ini", ANY_CASE, VT_RULE_FILE},
    {".DS_Store", EXACT, VT_RULE_FILE},
    {"._", PREFIX, VT_RULE_FILE}, /* AppleDouble: the resource fork beside "photo.jpg" is "._photo.jpg" */
    {"__MACOSX", EXACT, VT_RULE_FOLDER},
    {".thumbnails", EXACT, VT_RULE_FOLDER},
    {".xvpics", EXACT, VT_RULE_FOLDER},
    {"@eaDir", EXACT, VT_RULE_FOLDER},
    {".@__thumb", EXACT, VT_RULE_FOLDER},
    {".AppleDouble", EXACT, VT_RULE_FOLDER},
    {".Spotlight-V100", EXACT, VT_RULE_FOLDER},
    {".fseventsd", EXACT, VT_RULE_FOLDER},
    /* what was thrown away, and what the system keeps */
    {".Trash", PREFIX, VT_RULE_FOLDER}, /* .Trash-1000, .Trashes */
    {"$RECYCLE.BIN", ANY_CASE, VT_RULE_FOLDER},
    {"System Volume Information", ANY_CASE, VT_RULE_FOLDER},
    {"lost+found", EXACT, VT_RULE_FOLDER},
    /* working copies and packages of programmers: thousands of icons that nobody calls pictures */
    {".git", EXACT, VT_RULE_ANY}, /* a file in submodules */
    {".svn", EXACT, VT_RULE_FOLDER},
    {".hg", EXACT, VT_RULE_FOLDER},
    {"node_modules", EXACT, VT_RULE_FOLDER},
    {"__pycache__", EXACT, VT_RULE_FOLDER},
};

static bool matches(const char *name, const char *pattern, match how)
{
    switch (how) {
    case EXACT:
        return strcmp(name, pattern) == 0;
    case ANY_CASE:
        return strcasecmp(name, pattern) == 0;
    case PREFIX:
        return strncmp(name, pattern, strlen(pattern)) == 0;
    }
    return false;
}

vt_verdict vt_rules_judge(const char *name, vt_rule_subject subject)
{
    for (size_t i = 0; i < sizeof junk / sizeof *junk; i++) {
        bool concerned = junk[i].subject == VT_RULE_ANY || junk[i].subject == subject;
        if (concerned && matches(name, junk[i].name, junk[i].match)) {
            return VT_VERDICT_JUNK;
        }
    }
    return name[0] == '.' ? VT_VERDICT_HIDDEN : VT_VERDICT_TAKE;
}
