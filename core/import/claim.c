#include "core/import/claim.h"

#include "core/import/origin.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct vt_claims {
    vt_catalog *catalog;  /* borrowed */
    pthread_mutex_t lock; /* guards all below */
    bool failed;          /* the catalog could not be read: no file is looked up any more */
    vt_catalog_reader *reader;
    vt_offline *offline;
    vt_origins *origins;
};

vt_claims *vt_claims_create(vt_catalog *catalog)
{
    vt_claims *claims = calloc(1, sizeof *claims);
    if (claims && pthread_mutex_init(&claims->lock, NULL) != 0) {
        free(claims);
        return NULL;
    }
    if (claims) {
        claims->catalog = catalog;
    }
    return claims;
}

void vt_claims_free(vt_claims *claims)
{
    if (claims) {
        vt_origins_free(claims->origins);
        vt_offline_free(claims->offline);
        vt_catalog_reader_free(claims->reader);
        pthread_mutex_destroy(&claims->lock);
        free(claims);
    }
}

static bool open_locked(vt_claims *claims)
{
    if (!claims->origins && !claims->failed) {
        claims->reader = vt_catalog_reader_open(claims->catalog, NULL);
        claims->offline = claims->reader ? vt_offline_create(claims->reader, NULL) : NULL;
        claims->origins = claims->offline ? vt_origins_create(claims->reader, claims->offline, NULL) : NULL;
        claims->failed = !claims->origins;
    }
    return claims->origins != NULL;
}

void vt_claims_settle(vt_claims *claims, vt_entry *entry)
{
    if (entry->kind != VT_ENTRY_ITEM || (entry->known_id && !entry->was_unread) || entry->origin.id) {
        return;
    }
    vt_error error = VT_ERROR_INIT;
    vt_origin_verdict verdict = VT_ORIGIN_NONE;
    vt_item item;
    pthread_mutex_lock(&claims->lock);
    if (open_locked(claims) &&
        vt_origins_of_content(claims->origins, entry->path, entry->known_id, entry->item.size,
                              entry->item.fingerprint, &verdict, &item, &error) &&
        verdict == VT_ORIGIN_FOUND) {
        vt_entry_set_origin(entry, &item);
    }
    pthread_mutex_unlock(&claims->lock);
}
