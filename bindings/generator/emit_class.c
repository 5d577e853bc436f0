#include "emit.h"
#include "naming.h"

#include <string.h>

/* ---- spellings ---- */

bool gen_is_string(const gen_type *type)
{
    return type->kind == GEN_CLASS && strcmp(type->cls->name, "QString") == 0;
}

static bool is_string_in(const gen_type *type)
{
    return gen_is_string(type) && type->is_const && type->pointers == 1 && type->reference;
}

/* A view of a string in any encoding: C gives UTF-8. */
static bool is_view_in(const gen_type *type)
{
    return type->kind == GEN_CLASS && type->pointers == 0 && strcmp(type->cls->name, "QAnyStringView") == 0;
}

const char *gen_param_name(const gen_param *param)
{
    static const char *const words[] = {"default", "register", "auto",   "switch", "case",   "static",
                                        "inline",  "signed",   "short",  "long",   "char",   "int",
                                        "const",   "self",     "extern", "struct", "double", "float"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], param->name) == 0) {
            return gen_text("%s_", param->name);
        }
    }
    return param->name;
}

static const char *value_spelling(const gen_type *type)
{
    switch (type->kind) {
    case GEN_FLAGS:
        return "int";
    case GEN_CLASS:
        return type->cls->name;
    default:
        return type->c;
    }
}

const char *gen_c_result(const gen_type *type)
{
    if (type->pointers == 0) {
        return gen_text("%s ", value_spelling(type));
    }
    return gen_text("%s%s %.*s", type->is_const ? "const " : "", value_spelling(type), type->pointers, "**");
}

const char *gen_c_param(const gen_model *model, const gen_type *type)
{
    if (type->kind == GEN_CLASS && type->pointers == 1 && gen_has_subclasses(model, type->cls)) {
        return gen_text("%s%s ", type->cls->name, type->is_const ? "ConstRef" : "Ref");
    }
    if ((type->kind == GEN_CLASS && !type->cls->is_trivial && type->pointers == 0) ||
        (type->kind == GEN_LIST && type->pointers == 0)) {
        return gen_text("%s *", value_spelling(type)); /* by value, not trivial: the caller's temporary */
    }
    return gen_c_result(type);
}

static bool returns_padded(const gen_type *type)
{
    return type->kind == GEN_CLASS && type->pointers == 0 && !type->cls->is_trivial && type->cls->size <= 16;
}

static const char *full_name(const gen_method *method, const char *suffix)
{
    return gen_text("q_%s_%s%s", gen_class_prefix(method->cls), method->c_name, suffix);
}

static const char *self_type(const gen_model *model, const gen_method *method)
{
    if (gen_has_subclasses(model, method->cls)) {
        return gen_text("%s%s self", method->cls->name, method->is_const ? "ConstRef" : "Ref");
    }
    return gen_text("%s%s *self", method->is_const ? "const " : "", method->cls->name);
}

/* "(QWidgetRef self, int w, int h)"; with `strings` QString parameters become const char *. `count` cuts. */
static const char *params_text(const gen_model *model, const gen_method *method, size_t count, bool strings)
{
    char *text =
        gen_text("(%s", method->is_static && method->role == GEN_METHOD ? "" : self_type(model, method));
    for (size_t i = 0; i < count; i++) {
        const gen_param *param = &method->params[i];
        const char *type = strings && (is_string_in(&param->type) || is_view_in(&param->type))
                               ? "const char *"
                               : gen_c_param(model, &param->type);
        text = gen_text("%s%s%s%s", text, text[1] ? ", " : "", type, gen_param_name(param));
    }
    return gen_text("%s)", text[1] ? text : "(void");
}

/* ---- the forms of a function ---- */

static bool has_strings(const gen_method *method, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_string_in(&method->params[i].type) || is_view_in(&method->params[i].type)) {
            return true;
        }
    }
    return false;
}

static bool returns_string(const gen_method *method)
{
    const gen_type *type = &method->result;
    return gen_is_string(type) &&
           (type->pointers == 0 || (type->pointers == 1 && type->is_const && type->reference));
}

/* How many parameters remain when trailing defaults that C can say are left out; "parent" always stays. */
static size_t without_defaults(const gen_method *method)
{
    size_t count = method->param_count;
    while (count > 0) {
        const gen_param *param = &method->params[count - 1];
        if (!param->has_default || !param->default_c || strcmp(param->name, "parent") == 0) {
            break;
        }
        count--;
    }
    return count;
}

const char *gen_default_argument(const gen_param *param)
{
    if (strcmp(param->default_c, "EMPTY:QString") == 0) {
        return param->type.pointers ? "&(QString){0}" : "&(QString){0}";
    }
    if (strcmp(param->default_c, "EMPTY:QModelIndex") == 0) {
        return "&(QModelIndex){-1, -1, 0, NULL}";
    }
    if (param->type.reference && (param->type.kind == GEN_BUILTIN || param->type.kind == GEN_ENUM)) {
        return gen_text("&(%s){%s}", value_spelling(&param->type), param->default_c);
    }
    return param->default_c;
}

/* Writes an inline function `name` that calls `target` with the first `count` parameters as they are, the
   rest as defaults, and turns UTF-8 into QString on the way in and out. */
static void emit_wrapper(const gen_model *model, const gen_method *method, const char *name,
                         const char *target, size_t count, FILE *out)
{
    bool string_out = returns_string(method);
    bool is_void = method->result.kind == GEN_VOID && method->result.pointers == 0;
    fprintf(out, "static inline %s%s%s\n{\n", string_out ? "char *" : gen_c_result(&method->result), name,
            params_text(model, method, count, true));
    char *call = gen_text("%s(%s", target, method->is_static ? "" : "self");
    for (size_t i = 0; i < method->param_count; i++) {
        const gen_param *param = &method->params[i];
        const char *argument = i >= count ? gen_default_argument(param) : gen_param_name(param);
        if (i < count && is_string_in(&param->type)) {
            fprintf(out, "    QString string%zu_ = qt_string_from_utf8(%s);\n", i, argument);
            argument = gen_text("&string%zu_", i);
        } else if (i < count && is_view_in(&param->type)) {
            fprintf(out, "    QAnyStringView view%zu_;\n    qt_any_string_view(&view%zu_, %s);\n", i, i,
                    argument);
            argument = gen_text("view%zu_", i);
        }
        call = gen_text("%s%s%s", call, call[strlen(call) - 1] == '(' ? "" : ", ", argument);
    }
    if (string_out && method->result.pointers == 0) {
        fprintf(out, "    QString out_ = %s);\n    char *result_ = qt_string_take_utf8(&out_);\n", call);
    } else if (string_out) {
        fprintf(out, "    char *result_ = qt_string_to_utf8(%s));\n", call);
    } else if (is_void) {
        fprintf(out, "    %s);\n", call);
    } else {
        fprintf(out, "    %sresult_ = %s);\n", gen_c_result(&method->result), call);
    }
    for (size_t i = 0; i < count; i++) {
        if (is_string_in(&method->params[i].type)) {
            fprintf(out, "    qt_string_release(&string%zu_);\n", i);
        }
    }
    fprintf(out, "%s}\n", is_void ? "" : "    return result_;\n");
}

/* The function bound to Qt's symbol, or through a padded struct where the C ABI would return in registers. */
static void emit_bound(const gen_model *model, const gen_method *method, const char *name, FILE *out)
{
    const char *params = params_text(model, method, method->param_count, false);
    if (!returns_padded(&method->result)) {
        fprintf(out, "%s%s%s __asm__(\"%s\");\n", gen_c_result(&method->result), name, params,
                method->symbol);
        return;
    }
    const char *cls = method->result.cls->name;
    fprintf(out, "typedef struct { %s value; void *pad_[3]; } %s_result_;\n", cls, name);
    fprintf(out, "%s_result_ %s_call_%s __asm__(\"%s\");\n", name, name, params, method->symbol);
    fprintf(out, "static inline %s %s%s\n{\n    return %s_call_(", cls, name, params, name);
    const char *comma = "";
    if (!method->is_static) {
        fprintf(out, "self");
        comma = ", ";
    }
    for (size_t i = 0; i < method->param_count; i++) {
        fprintf(out, "%s%s", comma, gen_param_name(&method->params[i]));
        comma = ", ";
    }
    fprintf(out, ").value;\n}\n");
}

/* What C++ does for object->method(): through the object's own vtable. */
static void emit_virtual_call(const gen_model *model, const gen_method *method, const char *name, FILE *out)
{
    const char *result = gen_c_result(&method->result);
    const char *params = params_text(model, method, method->param_count, false);
    bool padded = returns_padded(&method->result);
    fprintf(out, "static inline %s%s%s\n{\n", result, name, params);
    if (padded) {
        fprintf(out, "    typedef struct { %s value; void *pad_[3]; } padded;\n", method->result.cls->name);
    }
    fprintf(out, "    typedef %s(*function)%s;\n", padded ? "padded " : result, params);
    const char *object =
        gen_has_subclasses(model, method->cls) ? gen_text("self.%s_", method->cls->name) : "self";
    fprintf(out, "    %s(*(function *const *)%s)[%d](self",
            method->result.kind == GEN_VOID && !method->result.pointers ? "" : "return ", object,
            method->slot);
    for (size_t i = 0; i < method->param_count; i++) {
        fprintf(out, ", %s", gen_param_name(&method->params[i]));
    }
    fprintf(out, ")%s;\n}\n", padded ? ".value" : "");
}

const char *gen_raw_name(const gen_method *method)
{
    bool strings = has_strings(method, method->param_count) || returns_string(method);
    bool shorter = without_defaults(method) < method->param_count;
    return full_name(method, gen_text("%s%s", shorter ? "_full" : "", strings ? "_qs" : ""));
}

const char *gen_make_name(const gen_method *method)
{
    return gen_text("q_%s_make%s", gen_class_prefix(method->cls), method->c_name + strlen("init"));
}

/* What another function of C sees before the translated body follows (emit_bodies). */
static void emit_prototype(const gen_model *model, const gen_method *method, FILE *out)
{
    fprintf(out, "static inline %s%s%s;\n", gen_c_result(&method->result), gen_raw_name(method),
            params_text(model, method, method->param_count, false));
}

static void emit_body(const gen_model *model, const gen_method *method, FILE *out)
{
    const gen_class *cls = method->cls;
    fprintf(out, "static inline %s%s%s\n{\n", gen_c_result(&method->result), gen_raw_name(method),
            params_text(model, method, method->param_count, false));
    if (!method->is_static || method->role == GEN_CONSTRUCTOR) {
        const char *object = gen_has_subclasses(model, cls) ? gen_text("self.%s_", cls->name) : "self";
        fprintf(out, "    %s%s *this_ = %s;\n    (void)this_;\n", method->is_const ? "const " : "", cls->name,
                object);
    }
    for (size_t i = 0; i < method->param_count; i++) {
        fprintf(out, "    (void)%s;\n", gen_param_name(&method->params[i]));
    }
    fprintf(out, "%s}\n", method->body);
}

static void emit_bodies(const gen_model *model, const gen_class *cls, FILE *out)
{
    for (size_t i = 0; i < cls->use_count; i++) {
        fprintf(out, "#include <qt6c/q%s.h>\n", gen_class_prefix(cls->uses[i]));
    }
    for (size_t i = 0; i < cls->method_count; i++) {
        if (cls->methods[i].body && !cls->methods[i].left_out) {
            emit_body(model, &cls->methods[i], out);
        }
    }
}

static void emit_method(const gen_model *model, gen_method *method, FILE *out)
{
    bool strings = has_strings(method, method->param_count) || returns_string(method);
    size_t short_count = without_defaults(method);
    bool shorter = short_count < method->param_count;
    const char *plain = full_name(method, "");
    const char *full = shorter ? full_name(method, "_full") : plain;
    const char *raw = gen_raw_name(method);
    if (method->is_virtual) {
        emit_virtual_call(model, method, raw, out);
        if (!method->is_pure && method->exported) {
            emit_bound(model, method, gen_text("q_%s_base_%s", gen_class_prefix(method->cls), method->c_name),
                       out);
        }
    } else if (method->body) {
        emit_prototype(model, method, out);
    } else {
        emit_bound(model, method, raw, out);
    }
    if (strings) {
        emit_wrapper(model, method, full, raw, method->param_count, out);
    }
    if (shorter) {
        emit_wrapper(model, method, plain, raw, short_count, out);
    }
}

/* Trivial values are made and passed around without storage of the caller's. */
static void emit_maker(const gen_model *model, const gen_method *method, FILE *out)
{
    const char *params = params_text(model, method, method->param_count, false);
    const char *rest = strchr(params, ',');
    fprintf(out, "static inline %s %s(%s\n{\n    %s self;\n    %s(&self", method->cls->name,
            gen_make_name(method), rest ? rest + 2 : "void)", method->cls->name, gen_raw_name(method));
    for (size_t i = 0; i < method->param_count; i++) {
        fprintf(out, ", %s", gen_param_name(&method->params[i]));
    }
    fprintf(out, ");\n    return self;\n}\n");
}

static void emit_constructor(const gen_model *model, gen_method *method, FILE *out)
{
    const gen_class *cls = method->cls;
    bool heap = cls->is_polymorphic;
    emit_method(model, method, out);
    if (cls->is_trivial) {
        emit_maker(model, method, out);
    }
    if (!heap) {
        return;
    }
    size_t count = without_defaults(method);
    const char *init = full_name(method, "");
    const char *suffix = strncmp(method->c_name, "init", 4) == 0 ? method->c_name + 4 : "";
    const char *params = params_text(model, method, count, true);
    const char *rest = strchr(params, ',');
    fprintf(out, "static inline %s *q_%s_new%s(%s\n{\n    %s *self = qt_allocate(sizeof *self);\n    %s(self",
            cls->name, gen_class_prefix(cls), suffix, rest ? rest + 2 : "void)", cls->name, init);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, ", %s", gen_param_name(&method->params[i]));
    }
    fprintf(out, ");\n    return self;\n}\n");
}

static void emit_destructor(const gen_model *model, gen_class *cls, FILE *out)
{
    const char *prefix = gen_class_prefix(cls);
    const char *self =
        gen_has_subclasses(model, cls) ? gen_text("%sRef self", cls->name) : gen_text("%s *self", cls->name);
    const char *object = gen_has_subclasses(model, cls) ? gen_text("self.%s_", cls->name) : "self";
    for (size_t i = 0; i < cls->method_count; i++) {
        const gen_method *method = &cls->methods[i];
        if (method->role == GEN_DESTRUCTOR && method->exported && !method->left_out) {
            fprintf(out, "void q_%s_fini(%s) __asm__(\"%s\");\n", prefix, self, method->symbol);
        }
    }
    if (cls->is_polymorphic && cls->destructor_slot >= 0) {
        fprintf(out,
                "static inline void q_%s_delete(%s)\n{\n    if (%s) {\n        (*(void (*const **)(void "
                "*))%s)[%d](%s);\n    }\n}\n",
                prefix, self, object, object, cls->destructor_slot + 1, object);
    }
}

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
        return gen_text("%s ", value_spelling(type));
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

static void emit_virtuals(const gen_model *model, const gen_class *cls, FILE *out)
{
    if (cls->slot_count == 0) {
        return;
    }
    fprintf(out, "typedef struct %sVirtuals {\n", cls->name);
    for (size_t i = 0; i < cls->slot_count; i++) {
        const char *name = gen_slot_name(cls, i);
        const gen_method *method = cls->slots[i].introduced;
        bool sayable = method && !method->left_out && !returns_padded(&method->result);
        for (size_t p = 0; sayable && p < method->param_count; p++) {
            sayable = method->params[p].type.kind != GEN_UNSUPPORTED;
        }
        if (!sayable) {
            fprintf(out, "    void *%s;\n", name);
            continue;
        }
        fprintf(out, "    %s(*%s)(%s%s *self", gen_c_result(&method->result), name,
                method->is_const ? "const " : "", cls->name);
        for (size_t p = 0; p < method->param_count; p++) {
            const gen_type *type = &method->params[p].type;
            bool temporary = type->pointers == 0 &&
                             ((type->kind == GEN_CLASS && !type->cls->is_trivial) || type->kind == GEN_LIST);
            fprintf(out, ", %s%s", temporary ? gen_text("%s *", value_spelling(type)) : gen_c_result(type),
                    gen_param_name(&method->params[p]));
        }
        fprintf(out, ");\n");
    }
    fprintf(out, "} %sVirtuals;\n_Static_assert(sizeof(%sVirtuals) == %zu * sizeof(void *), \"%s\");\n",
            cls->name, cls->name, cls->slot_count, cls->name);
    (void)model;
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
                emit_constructor(model, method, out);
            }
        } else if (method->is_signal) {
            emit_signal(model, method, out);
            if (!method->is_private_signal) {
                emit_method(model, method, out);
            }
        } else {
            emit_method(model, method, out);
        }
    }
    emit_destructor(model, cls, out);
    emit_virtuals(model, cls, out);
    emit_bodies(model, cls, out);
    fprintf(out, "\n#endif\n");
}
