#include "emit.h"
#include "emit_members.h"
#include "emit_method.h"
#include "naming.h"
#include "spelling.h"

#include <string.h>

/* ---- signals ---- */

static const char *callback_param(const gen_type *type)
{
    if (type->kind == GEN_CLASS && type->pointers == 0) {
        return gen_text("const %s *", type->cls->name);
    }
    if (type->kind == GEN_LIST && type->pointers == 0) {
        return "const QList *";
    }
    if (type->reference && (type->kind == GEN_BUILTIN || type->kind == GEN_ENUM || type->kind == GEN_FLAGS)) {
        return gen_text("%s ", gen_value_spelling(type));
    }
    return gen_c_result(type);
}

static const char *callback_argument(const gen_type *type, size_t number)
{
    bool by_address =
        (type->kind == GEN_CLASS || type->kind == GEN_LIST) && (type->pointers == 0 || type->reference);
    if (by_address) {
        return gen_text("args[%zu]", number);
    }
    return gen_text("*(%s*)args[%zu]", callback_param(type), number);
}

static void emit_signal(const gen_model *model, const gen_method *method, FILE *out)
{
    const char *prefix = gen_class_prefix(method->cls);
    char *types = gen_text("void *user");
    for (size_t i = 0; i < method->param_count; i++) {
        types = gen_text("%s, %s%s", types, callback_param(&method->params[i].type),
                         gen_param_name(&method->params[i]));
    }
    fprintf(out, "extern char q_%s_signal_%s[] __asm__(\"%s\");\n", prefix, method->c_name, method->symbol);
    fprintf(out,
            "static inline void q_%s_call_%s_(qt_callback callback, void *user, void **args)\n{\n    "
            "(void)args;\n"
            "    ((void (*)(%s))callback)(user",
            prefix, method->c_name, types);
    for (size_t i = 0; i < method->param_count; i++) {
        fprintf(out, ", %s", callback_argument(&method->params[i].type, i + 1));
    }
    fprintf(out, ");\n}\n");
    const char *self = gen_has_subclasses(model, method->cls) ? gen_text("%sRef", method->cls->name)
                                                              : gen_text("%s *", method->cls->name);
    const char *object =
        gen_has_subclasses(model, method->cls) ? gen_text("sender.%s_", method->cls->name) : "sender";
    const char *head =
        gen_text("%s sender, QObjectRef context, void (*callback)(%s), void *user", self, types);
    fprintf(out,
            "static inline bool q_%s_on_%s_with(%s, const qt_connect_options *options)\n{\n"
            "    return qt_connect(%s, q_%s_signal_%s, q_%s_meta_object_, context.QObject_, q_%s_call_%s_,\n"
            "                      (qt_callback)callback, user, options);\n}\n",
            prefix, method->c_name, head, object, prefix, method->c_name, prefix, prefix, method->c_name);
    fprintf(out,
            "static inline bool q_%s_on_%s(%s)\n{\n    return q_%s_on_%s_with(sender, context, callback, "
            "user, NULL);\n}\n",
            prefix, method->c_name, head, prefix, method->c_name);
}

/* ---- virtuals ---- */

/* An override as C writes it, or an untyped place where C cannot say the function. */
static void emit_slot(const gen_class *cls, size_t slot, FILE *out)
{
    const char *name = gen_slot_name(cls, slot);
    const gen_method *method = cls->slots[slot].introduced;
    bool sayable = method && !method->left_out;
    for (size_t p = 0; sayable && p < method->param_count; p++) {
        sayable = method->params[p].type.kind != GEN_UNSUPPORTED;
    }
    if (!sayable) {
        fprintf(out, "    void *%s;\n", name);
        return;
    }
    bool padded = gen_returns_padded(&method->result);
    fprintf(out, "%s    %s(*%s)(%s%s *self", padded ? "#if QT_RETURNS_TO_QT\n" : "",
            gen_abi_result(&method->result), name, method->is_const ? "const " : "", cls->name);
    for (size_t p = 0; p < method->param_count; p++) {
        const gen_type *type = &method->params[p].type;
        bool temporary = type->pointers == 0 &&
                         ((type->kind == GEN_CLASS && !type->cls->is_trivial) || type->kind == GEN_LIST);
        fprintf(out, ", %s%s", temporary ? gen_text("%s *", gen_value_spelling(type)) : gen_c_result(type),
                gen_param_name(&method->params[p]));
    }
    fprintf(out, ");\n");
    if (padded) {
        fprintf(out, "#else\n    void *%s;\n#endif\n", name);
    }
}

static void emit_virtuals(const gen_class *cls, FILE *out)
{
    if (cls->slot_count == 0) {
        return;
    }
    fprintf(out, "typedef struct %sVirtuals {\n", cls->name);
    for (size_t i = 0; i < cls->slot_count; i++) {
        emit_slot(cls, i, out);
    }
    fprintf(out, "} %sVirtuals;\n_Static_assert(sizeof(%sVirtuals) == %zu * sizeof(void *), \"%s\");\n",
            cls->name, cls->name, cls->slot_count, cls->name);
}

static void emit_casts(const gen_model *model, const gen_class *cls, FILE *out)
{
    for (size_t i = 0; i < model->class_count; i++) {
        const gen_class *base = model->classes[i];
        int64_t offset = gen_class_base_offset(cls, base);
        if (offset > 0) {
            const char *self = gen_has_subclasses(model, cls) ? gen_text("%sRef self", cls->name)
                                                              : gen_text("%s *self", cls->name);
            const char *object = gen_has_subclasses(model, cls) ? gen_text("self.%s_", cls->name) : "self";
            fprintf(
                out,
                "static inline %s *q_%s_as_%s(%s)\n{\n    return %s ? (%s *)((char *)%s + %lld) : NULL;\n}\n",
                base->name, gen_class_prefix(cls), gen_class_prefix(base), self, object, base->name, object,
                (long long)offset);
        }
    }
}

void gen_emit_class(const gen_model *model, gen_class *cls, FILE *out)
{
    const char *prefix = gen_class_prefix(cls);
    fprintf(out, "/* Generated from %s of Qt %s by qt6c's generator: do not edit. */\n", cls->header,
            model->qt_version);
    fprintf(out, "#ifndef QT6C_%s_H\n#define QT6C_%s_H\n\n#include <qt6c/types.h>\n", cls->name, cls->name);
    for (size_t i = 0; i < cls->base_count; i++) {
        fprintf(out, "#include <qt6c/q%s.h>\n", gen_class_prefix(cls->bases[i].cls));
    }
    fprintf(out, "\n");
    fprintf(out, "extern const qt_class qt_class_%s;\n", cls->name);
    if (cls->has_meta_object) {
        fprintf(out, "extern char q_%s_meta_object_[] __asm__(\"_ZN%zu%s16staticMetaObjectE\");\n", prefix,
                strlen(cls->name), cls->name);
    }
    emit_casts(model, cls, out);
    for (size_t i = 0; i < cls->method_count; i++) {
        gen_method *method = &cls->methods[i];
        bool virtual_only = method->is_virtual && method->slot >= 0;
        if (method->left_out || method->role == GEN_DESTRUCTOR) {
            continue;
        }
        if (!method->exported && !virtual_only && !method->body) {
            method->left_out = !method->is_inline   ? "symbol is not exported"
                               : method->not_simple ? gen_text("inline: %s", method->not_simple)
                                                    : "inline, defaulted";
            continue;
        }
        if (method->role == GEN_CONSTRUCTOR) {
            if (!cls->is_abstract || method->exported) {
                gen_emit_constructor(model, method, out);
            }
        } else if (method->is_signal) {
            emit_signal(model, method, out);
            if (!method->is_private_signal) {
                gen_emit_method(model, method, out);
            }
        } else {
            gen_emit_method(model, method, out);
        }
    }
    gen_emit_destructor(model, cls, out);
    gen_emit_fields(model, cls, out);
    if (gen_has_member_fini(cls)) {
        gen_emit_member_fini_prototype(model, cls, out);
    }
    emit_virtuals(cls, out);
    gen_emit_bodies(model, cls, out);
    if (gen_has_member_fini(cls)) {
        gen_emit_member_fini(model, cls, out);
    }
    fprintf(out, "\n#endif\n");
}
