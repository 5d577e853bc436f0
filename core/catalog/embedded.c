/* What pictures carry in themselves, and items get from it: deciding. */
#include "core/catalog/embedded.h"

#include "core/base/str.h"
#include "core/catalog/label.h"

#include <string.h>

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the tags of a picture");
    return false;
}

void vt_embedded_free(vt_embedded *embedded)
{
    vt_sidecar_values_free(&embedded->said);
    vt_sidecar_tags_free(&embedded->tags);
    *embedded = (vt_embedded){0};
}

void vt_embedded_plan_free(vt_embedded_plan *plan)
{
    vt_sidecar_tags_free(&plan->add);
    vt_sidecar_tags_free(&plan->remove);
}

/* ---- what a picture says ---- */

static int rating_of(const vt_metadata *metadata)
{
    bool known = (metadata->known & VT_METADATA_RATING) && metadata->rating > 0;
    return known ? metadata->rating : 0;
}

static int label_of(const vt_metadata *metadata)
{
    int label = vt_label_from_text(vt_metadata_get(metadata, VT_METADATA_LABEL));
    return label > 0 ? label : 0;
}

bool vt_embedded_says(const vt_metadata *metadata)
{
    return rating_of(metadata) > 0 || label_of(metadata) > 0 ||
           vt_metadata_get(metadata, VT_METADATA_TAGS)[0] != '\0';
}

bool vt_embedded_values(const vt_metadata *metadata, vt_sidecar_values *values, vt_error *error)
{
    values->rating = rating_of(metadata);
    values->label = label_of(metadata);
    return vt_sidecar_tags_add_lines(&values->tags, vt_metadata_get(metadata, VT_METADATA_TAGS), error);
}

/* ---- what of an item is its picture's ---- */

bool vt_embedded_own(const vt_embedded *embedded, const vt_sidecar_values *ours,
                     const vt_sidecar_values *agreed, vt_sidecar_values *own, vt_error *error)
{
    const vt_sidecar_values *said = &embedded->said;
    bool rating =
        (embedded->given & VT_SIDECAR_RATING) && ours->rating == said->rating && agreed->rating == 0;
    bool label = (embedded->given & VT_SIDECAR_LABEL) && ours->label == said->label && agreed->label == 0;
    own->rating = rating ? said->rating : 0;
    own->label = label ? said->label : 0;
    bool done = true;
    for (size_t i = 0; done && i < embedded->tags.count; i++) {
        const char *tag = embedded->tags.list[i];
        done = vt_sidecar_tags_has(&agreed->tags, tag) || !vt_sidecar_tags_has(&ours->tags, tag) ||
               vt_sidecar_tags_add(&own->tags, tag, error);
    }
    return done;
}

/* ---- what becomes of it ---- */

/* A value that the item has from its picture follows it; one that it has not is taken where there is none.
   Returns whether it is to be set; `*given` tells whether it is the picture's then. */
static bool follow(int said, int said_before, int ours, int own, bool given_before, bool *given)
{
    *given = given_before;
    if (said == said_before) {
        return false;
    }
    bool untouched = said_before > 0 ? own > 0 : ours == 0;
    *given = untouched && said > 0;
    return untouched && said != ours;
}

bool vt_embedded_plan_make(const vt_embedded *before, const vt_sidecar_values *ours,
                           const vt_sidecar_values *agreed, const vt_sidecar_values *said,
                           vt_embedded_plan *plan, vt_error *error)
{
    vt_sidecar_values own = {0};
    bool rating, label;
    *plan = (vt_embedded_plan){0};
    bool done = vt_embedded_own(before, ours, agreed, &own, error);
    if (done && follow(said->rating, before->said.rating, ours->rating, own.rating,
                       before->given & VT_SIDECAR_RATING, &rating)) {
        plan->change |= VT_SIDECAR_RATING;
    }
    if (done && follow(said->label, before->said.label, ours->label, own.label,
                       before->given & VT_SIDECAR_LABEL, &label)) {
        plan->change |= VT_SIDECAR_LABEL;
    }
    if (done) {
        plan->given = (rating ? VT_SIDECAR_RATING : 0U) | (label ? VT_SIDECAR_LABEL : 0U);
    }
    for (size_t i = 0; done && i < said->tags.count; i++) {
        done = vt_sidecar_tags_has(&before->said.tags, said->tags.list[i]) ||
               vt_sidecar_tags_add(&plan->add, said->tags.list[i], error);
    }
    for (size_t i = 0; done && i < own.tags.count; i++) {
        done = vt_sidecar_tags_has(&said->tags, own.tags.list[i]) ||
               vt_sidecar_tags_add(&plan->remove, own.tags.list[i], error);
    }
    vt_sidecar_values_free(&own);
    return done || no_memory(error);
}
