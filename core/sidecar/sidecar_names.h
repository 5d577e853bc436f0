/*
 * Private to the scan: the properties and prefixes that are known, by the names that expat gives them. Any
 * thread.
 */
#ifndef VT_SIDECAR_SIDECAR_NAMES_H
#define VT_SIDECAR_SIDECAR_NAMES_H

#include "core/sidecar/sidecar_scan.h"

/* Between a namespace and a name. */
#define VT_SIDECAR_SEPARATOR '\n'

#define VT_SIDECAR_RDF      "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define VT_SIDECAR_XML_LANG "http://www.w3.org/XML/1998/namespace\nlang"

/* VT_SIDECAR_PROPERTY_COUNT: none of ours. */
vt_sidecar_property vt_sidecar_find_property(const char *name);

/* VT_SIDECAR_PREFIX_COUNT: none of ours. NULL is allowed. */
int vt_sidecar_find_prefix(const char *name);

#endif
