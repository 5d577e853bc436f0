/*
 * What the user can give to items: ratings, labels, titles, notes, tags, albums, within these limits.
 * change.h gives it, so that it can be undone; marks.h reads it.
 *
 * Texts are UTF-8, without control characters (a note may have line ends and tabs). Tags form trees and are
 * named by their path: "place/italy/rome" is at the third level. Upper and lower case differ. An item has
 * each tag once. Albums are lists of items in an order of the user's; an item is in an album once.
 */
#ifndef VT_CATALOG_EDIT_H
#define VT_CATALOG_EDIT_H

#define VT_LABEL_MAX       15   /* colour labels are 1 to this; which colour is the window's */
#define VT_TITLE_BYTES_MAX 1000 /* of a title, and of the name of an album */
#define VT_NOTE_BYTES_MAX  65536
#define VT_TAG_BYTES_MAX   255 /* of one level of a tag */
#define VT_TAG_LEVELS_MAX  16

#endif
