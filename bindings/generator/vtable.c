#include "vtable.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- order ---- */

typedef struct ordering {
    gen_class **sorted;
    size_t count;
} ordering;

static void place(ordering *order, gen_class *cls)
{
    if (cls->emitted) {
        return;
    }
    cls->emitted = 1;
    for (size_t i = 0; i < cls->base_count; i++) {
        place(order, cls->bases[i].cls);
    }
    for (size_t i = 0; i < cls->field_count; i++) {
        const gen_field *field = &cls->fields[i];
        if (field->type.kind == GEN_CLASS && field->type.pointers == 0) {
            place(order, field->type.cls);
        }
    }
    order->sorted = gen_grow(order->sorted, order->count, sizeof(gen_class *));
    order->sorted[order->count++] = cls;
}

void gen_order_classes(gen_model *model)
{
    ordering order = {NULL, 0};
    for (size_t i = 0; i < model->class_count; i++) {
        place(&order, model->classes[i]);
    }
    for (size_t i = 0; i < order.count; i++) {
        order.sorted[i]->emitted = 0;
    }
    model->classes = order.sorted;
}

/* ---- triviality ---- */

static bool field_is_trivial(const gen_field *field)
{
    if (field->type.pointers > 0) {
        return true;
    }
    switch (field->type.kind) {
    case GEN_BUILTIN:
    case GEN_ENUM:
    case GEN_FLAGS:
        return true;
    case GEN_CLASS:
        return field->type.cls->is_trivial;
    default:
        return field->is_trivial;
    }
}

void gen_classify_classes(gen_model *model)
{
    for (size_t i = 0; i < model->class_count; i++) {
        gen_class *cls = model->classes[i];
        cls->is_trivial = !cls->nontrivial_copy_or_destroy;
        for (size_t b = 0; b < cls->base_count; b++) {
            cls->is_polymorphic |= cls->bases[b].cls->is_polymorphic;
            cls->is_qobject |= cls->bases[b].cls->is_qobject;
            cls->is_trivial &= cls->bases[b].cls->is_trivial;
        }
        cls->is_qobject |= strcmp(cls->name, "QObject") == 0;
        for (size_t m = 0; m < cls->method_count; m++) {
            cls->is_polymorphic |= cls->methods[m].is_virtual;
        }
        for (size_t f = 0; f < cls->field_count; f++) {
            cls->is_trivial &= field_is_trivial(&cls->fields[f]);
        }
        cls->is_trivial &= !cls->is_polymorphic;
        /* Where the members do not tell, policy does. */
        if (cls->note && strcmp(cls->note, "trivial") == 0) {
            cls->is_trivial = true;
        }
        if (cls->note && strcmp(cls->note, "nontrivial") == 0) {
            cls->is_trivial = false;
        }
    }
}

/* ---- enums of classes that are not bound ---- */

static bool enum_is_bound(const gen_model *model, const char *name)
{
    for (size_t i = 0; i < model->enum_count; i++) {
        if (strcmp(model->enums[i].c_name, name) == 0 && model->enums[i].count) {
            return true;
        }
    }
    for (size_t c = 0; c < model->class_count; c++) {
        for (size_t i = 0; i < model->classes[c]->enum_count; i++) {
            if (strcmp(model->classes[c]->enums[i].c_name, name) == 0 && model->classes[c]->enums[i].count) {
                return true;
            }
        }
    }
    return false;
}

static void settle(const gen_model *model, gen_type *type)
{
    if (type->kind == GEN_ENUM && !enum_is_bound(model, type->c)) {
        type->kind = GEN_BUILTIN;
        type->c = "int";
    }
}

void gen_settle_enums(gen_model *model)
{
    for (size_t c = 0; c < model->class_count; c++) {
        gen_class *cls = model->classes[c];
        for (size_t m = 0; m < cls->method_count; m++) {
            settle(model, &cls->methods[m].result);
            for (size_t p = 0; p < cls->methods[m].param_count; p++) {
                settle(model, &cls->methods[m].params[p].type);
            }
        }
        for (size_t f = 0; f < cls->field_count; f++) {
            settle(model, &cls->fields[f].type);
        }
    }
}

/* ---- vtables ---- */

static gen_slot *add_slot(gen_class *cls)
{
    cls->slots = gen_grow(cls->slots, cls->slot_count, sizeof *cls->slots);
    return &cls->slots[cls->slot_count++];
}

/* The slot of the primary chain that `usr` fills, following what its overrider overrides. */
static int slot_of_usr(const gen_class *cls, const char *usr)
{
    for (const gen_class *at = cls; at; at = gen_class_primary(at)) {
        for (size_t i = 0; i < at->method_count; i++) {
            if (at->methods[i].slot >= 0 && strcmp(at->methods[i].usr, usr) == 0) {
                return at->methods[i].slot;
            }
        }
    }
    return -1;
}

static int overridden_slot(const gen_class *cls, const gen_method *method)
{
    const gen_class *primary = gen_class_primary(cls);
    for (int i = 0; primary && i < method->override_count; i++) {
        int slot = slot_of_usr(primary, method->overrides[i]);
        if (slot >= 0) {
            return slot;
        }
    }
    return -1;
}

static void add_destructor_slots(gen_class *cls)
{
    cls->destructor_slot = (int)cls->slot_count;
    for (int kind = 1; kind <= 2; kind++) {
        gen_slot *slot = add_slot(cls);
        slot->destructor = kind;
        slot->owner = cls;
    }
}

static void build_vtable(gen_class *cls)
{
    cls->destructor_slot = -1;
    const gen_class *primary = gen_class_primary(cls);
    if (primary && primary->is_polymorphic) {
        for (size_t i = 0; i < primary->slot_count; i++) {
            *add_slot(cls) = primary->slots[i];
        }
        cls->destructor_slot = primary->destructor_slot;
        for (size_t i = 0; i < cls->slot_count; i++) {
            if (cls->slots[i].destructor) {
                cls->slots[i].owner = cls; /* an implicit destructor overrides too */
            }
        }
    }
    for (size_t i = 0; i < cls->method_count; i++) {
        gen_method *method = &cls->methods[i];
        if (!method->is_virtual) {
            continue;
        }
        if (method->role == GEN_DESTRUCTOR) {
            if (cls->destructor_slot < 0) {
                add_destructor_slots(cls);
            }
            continue;
        }
        method->slot = overridden_slot(cls, method);
        if (method->slot < 0) {
            method->slot = (int)cls->slot_count;
            add_slot(cls)->introduced = method;
        }
        cls->slots[method->slot].method = method;
    }
}

void gen_build_vtables(gen_model *model)
{
    for (size_t i = 0; i < model->class_count; i++) {
        if (model->classes[i]->is_polymorphic) {
            build_vtable(model->classes[i]);
        } else {
            model->classes[i]->destructor_slot = -1;
        }
    }
}

/* ---- secondary parts ---- */

/* The Itanium ABI puts the primary base's secondary parts before the class's own. */
static void add_secondary_parts(const gen_class *cls, gen_part_list *parts)
{
    const gen_class *primary = gen_class_primary(cls);
    if (primary) {
        add_secondary_parts(primary, parts);
    }
    for (size_t i = 1; i < cls->base_count; i++) {
        const gen_class *base = cls->bases[i].cls;
        if (base->is_polymorphic && parts->count < GEN_PARTS_MAX) {
            parts->classes[parts->count] = base;
            parts->offsets[parts->count] = cls->bases[i].offset;
            parts->address_points[parts->count] = parts->words + 2;
            parts->words += 2 + base->slot_count;
            parts->count++;
        }
    }
}

gen_part_list gen_vtable_parts(const gen_class *cls)
{
    gen_part_list parts = {.count = 1, .classes = {cls}, .address_points = {2}, .words = 2 + cls->slot_count};
    add_secondary_parts(cls, &parts);
    return parts;
}

int gen_primary_slot_of(const gen_class *cls, const gen_method *method)
{
    for (const gen_class *at = cls; at; at = gen_class_primary(at)) {
        for (size_t i = 0; i < at->method_count; i++) {
            const gen_method *own = &at->methods[i];
            for (int o = 0; own->slot >= 0 && o < own->override_count; o++) {
                if (strcmp(own->overrides[o], method->usr) == 0) {
                    return own->slot;
                }
            }
        }
    }
    return -1;
}

/* ---- symbols ---- */

bool gen_find_symbols(gen_model *model, const char *const *libraries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!dlopen(libraries[i], RTLD_LAZY | RTLD_GLOBAL)) {
            fprintf(stderr, "qt6c generator: cannot load %s: %s\n", libraries[i], dlerror());
            return false;
        }
    }
    for (size_t i = 0; i < model->class_count; i++) {
        gen_class *cls = model->classes[i];
        for (size_t m = 0; m < cls->method_count; m++) {
            cls->methods[m].exported = *cls->methods[m].symbol && dlsym(RTLD_DEFAULT, cls->methods[m].symbol);
        }
        char *vtable = gen_text("_ZTV%zu%s", strlen(cls->name), cls->name);
        cls->vtable_exported = cls->is_polymorphic && dlsym(RTLD_DEFAULT, vtable);
    }
    return true;
}
