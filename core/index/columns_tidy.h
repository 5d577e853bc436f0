/*
 * Private to core/index: what columns files leave behind. Any thread but the UI's.
 */
#ifndef VT_INDEX_COLUMNS_TIDY_H
#define VT_INDEX_COLUMNS_TIDY_H

/* What the name of an unfinished file has more, as mkostemp wants it. */
#define VT_COLUMNS_UNFINISHED ".XXXXXX"

/* Files of so many catalogs are kept, the one about to be written included. */
#define VT_COLUMNS_FILES_MAX 8

/* In the folder of the columns file `path`, which is about to be written: removes files that a killed program
   has left unfinished an hour ago or earlier, and of other catalogs those written longest ago when they are
   too many. What cannot be removed stays. */
void vt_columns_tidy(const char *path);

#endif
