#include "core/sidecar/sidecar_names.h"

#include <string.h>

#define XMP       "http://ns.adobe.com/xap/1.0/"
#define DC        "http://purl.org/dc/elements/1.1/"
#define DIGIKAM   "http://www.digikam.org/ns/1.0/"
#define LIGHTROOM "http://ns.adobe.com/lightroom/1.0/"
#define PHOTOSHOP "http://ns.adobe.com/photoshop/1.0/"

static const char *const property_names[VT_SIDECAR_PROPERTY_COUNT] = {
    [VT_SIDECAR_PROPERTY_RATING] = XMP "\nRating",
    [VT_SIDECAR_PROPERTY_LABEL] = XMP "\nLabel",
    [VT_SIDECAR_PROPERTY_TITLE] = DC "\ntitle",
    [VT_SIDECAR_PROPERTY_NOTES] = DC "\ndescription",
    [VT_SIDECAR_PROPERTY_SUBJECT] = DC "\nsubject",
    [VT_SIDECAR_PROPERTY_DIGIKAM] = DIGIKAM "\nTagsList",
    [VT_SIDECAR_PROPERTY_LIGHTROOM] = LIGHTROOM "\nhierarchicalSubject",
    [VT_SIDECAR_PROPERTY_EXTENSION] = PHOTOSHOP "\nSidecarForExtension",
};

static const struct {
    const char *name, *meaning;
} prefixes[VT_SIDECAR_PREFIX_COUNT] = {
    [VT_SIDECAR_PREFIX_RDF] = {"rdf", VT_SIDECAR_RDF},
    [VT_SIDECAR_PREFIX_XMP] = {"xmp", XMP},
    [VT_SIDECAR_PREFIX_DC] = {"dc", DC},
    [VT_SIDECAR_PREFIX_DIGIKAM] = {"digiKam", DIGIKAM},
    [VT_SIDECAR_PREFIX_LIGHTROOM] = {"lr", LIGHTROOM},
};

const char *vt_sidecar_prefix_name(vt_sidecar_prefix prefix)
{
    return prefixes[prefix].name;
}

const char *vt_sidecar_prefix_namespace(vt_sidecar_prefix prefix)
{
    return prefixes[prefix].meaning;
}

vt_sidecar_property vt_sidecar_find_property(const char *name)
{
    int i = 0;
    while (i < VT_SIDECAR_PROPERTY_COUNT && strcmp(property_names[i], name) != 0) {
        i++;
    }
    return (vt_sidecar_property)i;
}

int vt_sidecar_find_prefix(const char *name)
{
    int i = 0;
    while (i < VT_SIDECAR_PREFIX_COUNT && (!name || strcmp(prefixes[i].name, name) != 0)) {
        i++;
    }
    return i;
}
