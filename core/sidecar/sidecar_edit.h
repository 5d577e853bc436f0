/*
 * Changing a side-car's text at the places that a change is about, and at no other: namespaces, attributes,
 * elements and comments that Vitrine does not know, the order, the indentation and the packet's padding stay
 * byte for byte as they are.
 *
 * - A property is changed where it stands, as an attribute or as an element; of a title or notes in several
 *   languages the one without a language (x-default) or else the first is. One that stands twice is there
 * once afterwards. A new one comes behind the last property of the first rdf:Description, and declares its
 * own namespace if its customary prefix does not mean it there.
 * - Rating 0 is written as 0, so that it outweighs an older side-car. Empty texts take their property away,
 * in all languages.
 * - Tags come and go item by item. dc:subject has the last level of each. The lists that know levels have
 * each tag as soon as one of them is there or one tag has levels; a level with '|' is left out of
 * Lightroom's. Items that are no tags (core/sidecar/sidecar_tags.h) stay.
 *
 * The result is read again before it is handed out: what does not say what it should is an error. Opens no
 * file. Any thread; in the helper only (core/sidecar/sidecar_parse.h).
 */
#ifndef VT_SIDECAR_SIDECAR_EDIT_H
#define VT_SIDECAR_SIDECAR_EDIT_H

#include "core/base/error.h"
#include "core/base/str.h"
#include "core/sidecar/sidecar_change.h"

#include <stdbool.h>
#include <stddef.h>

/* Sets `result` to `text` with `change` made; the same bytes if all of it holds already. False and `error`
   (whose message begins with a verb): VT_ERROR_USAGE for a change that makes no sense, VT_ERROR_UNSUPPORTED
   for a text that is not UTF-8 (UTF-16 with its mark becomes it), VT_ERROR_CORRUPT, _LIMIT, _EMPTY as
   vt_sidecar_scan_text, _MEMORY; `result` is then of no use. */
bool vt_sidecar_edit(const char *text, size_t count, const vt_sidecar_change *change, vt_str *result,
                     vt_error *error);

#endif
