#include "spelling.h"

#include "naming.h"

#include <string.h>

bool gen_is_string(const gen_type *type)
{
    return type->kind == GEN_CLASS && strcmp(type->cls->name, "QString") == 0;
}

bool gen_is_string_in(const gen_type *type)
{
    return gen_is_string(type) && type->is_const && type->pointers == 1 && type->reference;
}

bool gen_is_view_in(const gen_type *type)
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

const char *gen_value_spelling(const gen_type *type)
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
        return gen_text("%s ", gen_value_spelling(type));
    }
    return gen_text("%s%s %.*s", type->is_const ? "const " : "", gen_value_spelling(type), type->pointers,
                    "**");
}

const char *gen_c_param(const gen_model *model, const gen_type *type)
{
    if (type->kind == GEN_CLASS && type->pointers == 1 && gen_has_subclasses(model, type->cls)) {
        return gen_text("%s%s ", type->cls->name, type->is_const ? "ConstRef" : "Ref");
    }
    if ((type->kind == GEN_CLASS && !type->cls->is_trivial && type->pointers == 0) ||
        (type->kind == GEN_LIST && type->pointers == 0)) {
        return gen_text("%s *", gen_value_spelling(type)); /* by value, not trivial: the caller's temporary */
    }
    return gen_c_result(type);
}

bool gen_returns_padded(const gen_type *type)
{
    return type->kind == GEN_CLASS && type->pointers == 0 && !type->cls->is_trivial && type->cls->size <= 16;
}

const char *gen_abi_result(const gen_type *type)
{
    return gen_returns_padded(type) ? gen_text("%sResult ", type->cls->name) : gen_c_result(type);
}

const char *gen_full_name(const gen_method *method, const char *suffix)
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

const char *gen_params_text(const gen_model *model, const gen_method *method, size_t count, bool strings)
{
    char *text =
        gen_text("(%s", method->is_static && method->role == GEN_METHOD ? "" : self_type(model, method));
    for (size_t i = 0; i < count; i++) {
        const gen_param *param = &method->params[i];
        const char *type = strings && (gen_is_string_in(&param->type) || gen_is_view_in(&param->type))
                               ? "const char *"
                               : gen_c_param(model, &param->type);
        text = gen_text("%s%s%s%s", text, text[1] ? ", " : "", type, gen_param_name(param));
    }
    return gen_text("%s)", text[1] ? text : "(void");
}

bool gen_has_strings(const gen_method *method, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (gen_is_string_in(&method->params[i].type) || gen_is_view_in(&method->params[i].type)) {
            return true;
        }
    }
    return false;
}

bool gen_returns_string(const gen_method *method)
{
    const gen_type *type = &method->result;
    return gen_is_string(type) &&
           (type->pointers == 0 || (type->pointers == 1 && type->is_const && type->reference));
}

size_t gen_without_defaults(const gen_method *method)
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
        return "&(QString){0}";
    }
    if (strcmp(param->default_c, "EMPTY:QModelIndex") == 0) {
        return "&(QModelIndex){-1, -1, 0, NULL}";
    }
    if (param->type.reference && (param->type.kind == GEN_BUILTIN || param->type.kind == GEN_ENUM)) {
        return gen_text("&(%s){%s}", gen_value_spelling(&param->type), param->default_c);
    }
    return param->default_c;
}

const char *gen_raw_name(const gen_method *method)
{
    bool strings = gen_has_strings(method, method->param_count) || gen_returns_string(method);
    bool shorter = gen_without_defaults(method) < method->param_count;
    return gen_full_name(method, gen_text("%s%s", shorter ? "_full" : "", strings ? "_qs" : ""));
}

const char *gen_make_name(const gen_method *method)
{
    return gen_text("q_%s_make%s", gen_class_prefix(method->cls), method->c_name + strlen("init"));
}
