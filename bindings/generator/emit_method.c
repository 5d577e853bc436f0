#include "emit_method.h"

#include "naming.h"
#include "spelling.h"

#include <string.h>

/* Writes an inline function `name` that calls `target` with the first `count` parameters as they are, the
   rest as defaults, and turns UTF-8 into QString on the way in and out. */
static void emit_wrapper(const gen_model *model, const gen_method *method, const char *name,
                         const char *target, size_t count, FILE *out)
{
    bool string_out = gen_returns_string(method);
    bool is_void = method->result.kind == GEN_VOID && method->result.pointers == 0;
    fprintf(out, "static inline %s%s%s\n{\n", string_out ? "char *" : gen_c_result(&method->result), name,
            gen_params_text(model, method, count, true));
    char *call = gen_text("%s(%s", target, method->is_static ? "" : "self");
    for (size_t i = 0; i < method->param_count; i++) {
        const gen_param *param = &method->params[i];
        const char *argument = i >= count ? gen_default_argument(param) : gen_param_name(param);
        if (i < count && gen_is_string_in(&param->type)) {
            fprintf(out, "    QString string%zu_ = qt_string_from_utf8(%s);\n", i, argument);
            argument = gen_text("&string%zu_", i);
        } else if (i < count && gen_is_view_in(&param->type)) {
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
        if (gen_is_string_in(&method->params[i].type)) {
            fprintf(out, "    qt_string_release(&string%zu_);\n", i);
        }
    }
    fprintf(out, "%s}\n", is_void ? "" : "    return result_;\n");
}

/* The function bound to Qt's symbol, or through QT_RESULT where the C ABI would return in registers. */
static void emit_bound(const gen_model *model, const gen_method *method, const char *name, FILE *out)
{
    const char *params = gen_params_text(model, method, method->param_count, false);
    if (!gen_returns_padded(&method->result)) {
        fprintf(out, "%s%s%s __asm__(\"%s\");\n", gen_c_result(&method->result), name, params,
                method->symbol);
        return;
    }
    const char *cls = method->result.cls->name;
    fprintf(out, "%s%s_call_%s __asm__(\"%s\");\n", gen_abi_result(&method->result), name, params,
            method->symbol);
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
    const char *params = gen_params_text(model, method, method->param_count, false);
    fprintf(out, "static inline %s%s%s\n{\n", result, name, params);
    fprintf(out, "    typedef %s(*function)%s;\n", gen_abi_result(&method->result), params);
    const char *object =
        gen_has_subclasses(model, method->cls) ? gen_text("self.%s_", method->cls->name) : "self";
    fprintf(out, "    %s(*(function *const *)%s)[%d](self",
            method->result.kind == GEN_VOID && !method->result.pointers ? "" : "return ", object,
            method->slot);
    for (size_t i = 0; i < method->param_count; i++) {
        fprintf(out, ", %s", gen_param_name(&method->params[i]));
    }
    fprintf(out, ")%s;\n}\n", gen_returns_padded(&method->result) ? ".value" : "");
}

/* What another function of C sees before the translated body follows (gen_emit_bodies). */
static void emit_prototype(const gen_model *model, const gen_method *method, FILE *out)
{
    fprintf(out, "static inline %s%s%s;\n", gen_c_result(&method->result), gen_raw_name(method),
            gen_params_text(model, method, method->param_count, false));
}

static void emit_body(const gen_model *model, const gen_method *method, FILE *out)
{
    const gen_class *cls = method->cls;
    fprintf(out, "static inline %s%s%s\n{\n", gen_c_result(&method->result), gen_raw_name(method),
            gen_params_text(model, method, method->param_count, false));
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

void gen_emit_bodies(const gen_model *model, const gen_class *cls, FILE *out)
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

void gen_emit_method(const gen_model *model, gen_method *method, FILE *out)
{
    bool strings = gen_has_strings(method, method->param_count) || gen_returns_string(method);
    size_t short_count = gen_without_defaults(method);
    bool shorter = short_count < method->param_count;
    const char *plain = gen_full_name(method, "");
    const char *full = shorter ? gen_full_name(method, "_full") : plain;
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
    const char *params = gen_params_text(model, method, method->param_count, false);
    const char *rest = strchr(params, ',');
    fprintf(out, "static inline %s %s(%s\n{\n    %s self;\n    %s(&self", method->cls->name,
            gen_make_name(method), rest ? rest + 2 : "void)", method->cls->name, gen_raw_name(method));
    for (size_t i = 0; i < method->param_count; i++) {
        fprintf(out, ", %s", gen_param_name(&method->params[i]));
    }
    fprintf(out, ");\n    return self;\n}\n");
}

void gen_emit_constructor(const gen_model *model, gen_method *method, FILE *out)
{
    const gen_class *cls = method->cls;
    bool heap = cls->is_polymorphic;
    gen_emit_method(model, method, out);
    if (cls->is_trivial) {
        emit_maker(model, method, out);
    }
    if (!heap) {
        return;
    }
    size_t count = gen_without_defaults(method);
    const char *init = gen_full_name(method, "");
    const char *suffix = strncmp(method->c_name, "init", 4) == 0 ? method->c_name + 4 : "";
    const char *params = gen_params_text(model, method, count, true);
    const char *rest = strchr(params, ',');
    fprintf(out, "static inline %s *q_%s_new%s(%s\n{\n    %s *self = qt_allocate(sizeof *self);\n    %s(self",
            cls->name, gen_class_prefix(cls), suffix, rest ? rest + 2 : "void)", cls->name, init);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, ", %s", gen_param_name(&method->params[i]));
    }
    fprintf(out, ");\n    return self;\n}\n");
}

void gen_emit_destructor(const gen_model *model, gen_class *cls, FILE *out)
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
