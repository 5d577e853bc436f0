/*
 * Caches as resources of the registry (core/memory/registry.h): what they hold, and how they give it back.
 *
 *     vt_resource pictures = vt_lru_resource(lru, "pictures", 0);
 *     vt_resource_id id = vt_registry_add(registry, &pictures, &error);
 *     ... vt_registry_remove(registry, id); vt_lru_free(lru);
 *
 * Both are VT_RESOURCE_CACHE; change the cost if what is kept is cheaper or dearer than that. The cache's
 * free callback then runs on the governor's thread too. Any thread.
 */
#ifndef VT_CACHE_RESOURCE_H
#define VT_CACHE_RESOURCE_H

#include "core/cache/lru.h"
#include "core/cache/tiers.h"
#include "core/memory/registry.h"

/* The cache is borrowed until the resource is removed; `name` is static text. */
vt_resource vt_lru_resource(vt_lru *lru, const char *name, int priority);
vt_resource vt_tiers_resource(vt_tiers *tiers, const char *name, int priority);

#endif
