#include "built_class.h"

#include <pthread.h>
#include <string.h>

/* Guards building only; a built class never changes. */
static pthread_mutex_t build_lock = PTHREAD_MUTEX_INITIALIZER;

built_class *qt_built_class_of(const void *self)
{
    /* Part 0 of a group starts with offset-to-top and type information: the object points to word 2. */
    return (*(built_class *const *const *)self)[-3];
}

/* ---- destruction ---- */

static void destroy_object(void *self)
{
    const qt_subclass *subclass = qt_built_class_of(self)->subclass;
    if (subclass->finish) {
        subclass->finish(self);
    }
    /* Sets the table pointers back to the base's, as each C++ destructor does on its way up. */
    subclass->base->base_destroy(self);
}

static void delete_object(void *self)
{
    destroy_object(self);
    qt_operator_delete(self);
}

static void destroy_part(void *part)
{
    destroy_object(qt_whole_object(part));
}

static void delete_part(void *part)
{
    delete_object(qt_whole_object(part));
}

/* ---- building ---- */

static void patch_virtuals(const qt_class *base, const void *virtuals, void **group)
{
    void *const *overrides = virtuals;
    for (int slot = 0; virtuals && slot < base->parts[0].slots; slot++) {
        if (overrides[slot]) {
            group[base->parts[0].address_point + slot] = overrides[slot];
        }
    }
}

/* An abstract class's own destructor slots are null, so they are always filled. */
static void patch_destructors(const qt_class *base, void **group)
{
    if (base->destructor_slot >= 0) {
        void **slot = &group[base->parts[0].address_point + base->destructor_slot];
        slot[0] = (void *)destroy_object;
        slot[1] = (void *)delete_object;
    }
}

static void patch_secondary_parts(const qt_class *base, void **group)
{
    bool deletes = false;
    for (int i = 0; i < base->thunk_count; i++) {
        const qt_thunk *thunk = &base->thunks[i];
        void **slot = &group[base->parts[thunk->part].address_point + thunk->slot];
        if (thunk->function) {
            *slot = thunk->function;
        } else {
            *slot = deletes ? (void *)delete_part : (void *)destroy_part;
            deletes = !deletes;
        }
    }
}

static built_class *build(qt_subclass *subclass)
{
    const qt_class *base = subclass->base;
    built_class *built = qt_operator_new(sizeof *built);
    void **words = qt_operator_new((base->vtable_words + 1) * sizeof *words);
    words[0] = built;
    memcpy(words + 1, base->vtable, base->vtable_words * sizeof *words);
    *built = (built_class){subclass, NULL, words + 1};
    if (subclass->meta) {
        qt_build_meta_object(built);
    }
    patch_virtuals(base, subclass->virtuals, built->group);
    patch_destructors(base, built->group);
    patch_secondary_parts(base, built->group);
    return built;
}

built_class *qt_built_class(qt_subclass *subclass)
{
    built_class *built = atomic_load_explicit(&subclass->built_, memory_order_acquire);
    if (built) {
        return built;
    }
    pthread_mutex_lock(&build_lock);
    built = atomic_load_explicit(&subclass->built_, memory_order_relaxed);
    if (!built) {
        built = build(subclass);
        atomic_store_explicit(&subclass->built_, built, memory_order_release);
    }
    pthread_mutex_unlock(&build_lock);
    return built;
}

/* ---- objects ---- */

void *qt_subclass_allocate(const qt_subclass *subclass)
{
    void *self = qt_operator_new(subclass->instance_size);
    memset(self, 0, subclass->instance_size);
    return self;
}

void qt_subclass_install(qt_subclass *subclass, void *self)
{
    const built_class *built = qt_built_class(subclass);
    const qt_class *base = subclass->base;
    for (int i = 0; i < base->part_count; i++) {
        *(void ***)((char *)self + base->parts[i].object_offset) =
            &built->group[base->parts[i].address_point];
    }
}

bool qt_subclass_is(const qt_subclass *subclass, const void *self)
{
    const built_class *built = atomic_load_explicit(&subclass->built_, memory_order_acquire);
    return built && *(void *const *const *)self == &built->group[subclass->base->parts[0].address_point];
}
