#include "emit.h"
#include "naming.h"
#include "spelling.h"
#include "vtable.h"

#include <string.h>

static const gen_method *destructor_of(const gen_class *cls)
{
    for (size_t i = 0; i < cls->method_count; i++) {
        if (cls->methods[i].role == GEN_DESTRUCTOR) {
            return &cls->methods[i];
        }
    }
    return NULL;
}

/* ---- thunks: from a secondary part's slot to the override in the primary part ---- */

/* Thunks pass their arguments on, so any type of the right size and class will do. */
static const char *plain_spelling(const gen_type *type)
{
    if (type->pointers > 0 || type->kind == GEN_UNSUPPORTED) {
        return "void *";
    }
    return gen_c_result(type);
}

static bool can_pass_on(const gen_method *method)
{
    for (size_t i = 0; i < method->param_count; i++) {
        const gen_type *type = &method->params[i].type;
        if (type->pointers == 0 && (type->kind == GEN_UNSUPPORTED || type->kind == GEN_LIST ||
                                    (type->kind == GEN_CLASS && !type->cls->is_trivial))) {
            return false;
        }
    }
    const gen_type *result = &method->result;
    return result->pointers > 0 || (result->kind != GEN_UNSUPPORTED && result->kind != GEN_LIST &&
                                    (result->kind != GEN_CLASS || result->cls->is_trivial));
}

static void emit_thunk_function(const char *name, const gen_method *method, int slot, FILE *out)
{
    char *types = gen_text("void *self");
    char *arguments = gen_text("whole");
    for (size_t i = 0; i < method->param_count; i++) {
        types = gen_text("%s, %sa%zu", types, plain_spelling(&method->params[i].type), i);
        arguments = gen_text("%s, a%zu", arguments, i);
    }
    bool is_void = method->result.kind == GEN_VOID && method->result.pointers == 0;
    const char *result = plain_spelling(&method->result);
    fprintf(out,
            "static %s%s(%s)\n{\n    void *whole = qt_whole_object(self);\n    %s(*(%s(*const "
            "**)(%s))whole)[%d](%s);\n}\n",
            result, name, types, is_void ? "" : "return ", result, types, slot, arguments);
}

static size_t emit_thunks(const gen_class *cls, const gen_part_list *parts, FILE *out)
{
    char *table = gen_text("%s", "");
    size_t count = 0;
    for (size_t p = 1; p < parts->count; p++) {
        const gen_class *base = parts->classes[p];
        for (size_t i = 0; i < base->slot_count; i++) {
            const gen_method *method = base->slots[i].introduced;
            if (base->slots[i].destructor) {
                table = gen_text("%s    {%zu, %zu, NULL},\n", table, p, i);
                count++;
                continue;
            }
            int slot = gen_primary_slot_of(cls, method);
            if (slot < 0 || !can_pass_on(method)) {
                continue;
            }
            const char *name = gen_text("thunk_%s_%zu_%zu", cls->name, p, i);
            emit_thunk_function(name, method, slot, out);
            table = gen_text("%s    {%zu, %zu, (void *)%s},\n", table, p, i, name);
            count++;
        }
    }
    if (count) {
        fprintf(out, "static const qt_thunk thunks_%s[] = {\n%s};\n", cls->name, table);
    }
    return count;
}

static void emit_object(const gen_class *cls, FILE *out)
{
    gen_part_list parts = gen_vtable_parts(cls);
    const gen_method *destructor = destructor_of(cls);
    bool destroyable = destructor && destructor->exported;
    if (cls->has_meta_object) {
        fprintf(out, "extern char meta_%s[] __asm__(\"_ZN%zu%s16staticMetaObjectE\");\n", cls->name,
                strlen(cls->name), cls->name);
    }
    if (cls->vtable_exported) {
        fprintf(out, "extern void *vtable_%s[] __asm__(\"_ZTV%zu%s\");\n", cls->name, strlen(cls->name),
                cls->name);
    }
    if (destroyable) {
        fprintf(out, "void destroy_%s(void *) __asm__(\"%s\");\n", cls->name, destructor->symbol);
    }
    if (cls->is_polymorphic) {
        fprintf(out, "static const qt_vtable_part parts_%s[] = {", cls->name);
        for (size_t i = 0; i < parts.count; i++) {
            fprintf(out, "%s{%zu, %zu, %lld}", i ? ", " : "", parts.address_points[i],
                    parts.classes[i]->slot_count, (long long)parts.offsets[i]);
        }
        fprintf(out, "};\n");
    }
    size_t thunk_count = emit_thunks(cls, &parts, out);
    const gen_class *primary = gen_class_primary(cls);
    fprintf(out, "const qt_class qt_class_%s = {\n    .name = \"%s\", .size = %lld, .align = %lld,",
            cls->name, cls->name, (long long)cls->size, (long long)cls->align);
    if (primary) {
        fprintf(out, " .base = &qt_class_%s,", primary->name);
    }
    if (cls->has_meta_object) {
        fprintf(out, " .meta_object = meta_%s,", cls->name);
    }
    if (cls->vtable_exported) {
        fprintf(out, " .vtable = vtable_%s,", cls->name);
    }
    if (cls->is_polymorphic) {
        fprintf(out, "\n    .vtable_words = %zu, .part_count = %zu, .parts = parts_%s,", parts.words,
                parts.count, cls->name);
    }
    if (thunk_count) {
        fprintf(out, " .thunk_count = %zu, .thunks = thunks_%s,", thunk_count, cls->name);
    }
    fprintf(out, "\n    .destructor_slot = %d, .meta_object_slot = %d,", cls->destructor_slot,
            cls->is_qobject ? 0 : -1);
    if (destroyable) {
        fprintf(out, " .base_destroy = destroy_%s,", cls->name);
    }
    fprintf(out, "\n};\n");
}

void gen_emit_class_objects(const gen_model *model, FILE *out)
{
    fprintf(
        out,
        "/* Generated from Qt %s's headers by qt6c's generator: do not edit. */\n#include <qt6c/types.h>\n\n",
        model->qt_version);
    for (size_t i = 0; i < model->class_count; i++) {
        fprintf(out, "extern const qt_class qt_class_%s;\n", model->classes[i]->name);
    }
    for (size_t i = 0; i < model->class_count; i++) {
        emit_object(model->classes[i], out);
    }
}

typedef struct coverage {
    size_t bound, translated, left_out;
} coverage;

/* Private methods are nobody's loss: they do not count. */
static bool is_missed(const gen_method *method)
{
    return method->left_out && strcmp(method->left_out, "private") != 0;
}

static void add_coverage(const gen_class *cls, coverage *sum)
{
    for (size_t m = 0; m < cls->method_count; m++) {
        const gen_method *method = &cls->methods[m];
        sum->left_out += is_missed(method);
        sum->translated += !method->left_out && method->body;
        sum->bound += !method->left_out && !method->body;
    }
}

void gen_emit_summary(const gen_model *model, FILE *out)
{
    coverage all = {0, 0, 0};
    for (size_t i = 0; i < model->class_count; i++) {
        add_coverage(model->classes[i], &all);
    }
    fprintf(out, "total: %zu classes, bound %zu, translated %zu, left out %zu\n", model->class_count,
            all.bound, all.translated, all.left_out);
}

void gen_emit_coverage(const gen_model *model, FILE *out)
{
    for (size_t i = 0; i < model->class_count; i++) {
        const gen_class *cls = model->classes[i];
        coverage sum = {0, 0, 0};
        add_coverage(cls, &sum);
        fprintf(out, "%s: bound %zu, translated %zu, left out %zu\n", cls->name, sum.bound, sum.translated,
                sum.left_out);
        for (size_t m = 0; m < cls->method_count; m++) {
            if (is_missed(&cls->methods[m])) {
                fprintf(out, "    %s: %s\n", gen_signature(&cls->methods[m]), cls->methods[m].left_out);
            }
        }
    }
    gen_emit_summary(model, out);
}
