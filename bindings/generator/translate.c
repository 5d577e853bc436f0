#include "translate.h"

#include "naming.h"
#include "parse_types.h"
#include "spelling.h"

#include <stdlib.h>
#include <string.h>

typedef struct statement_list {
    CXCursor *at;
    size_t count;
} statement_list;

static enum CXChildVisitResult add_statement(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    statement_list *list = data;
    list->at = gen_grow(list->at, list->count, sizeof *list->at);
    list->at[list->count++] = cursor;
    return CXChildVisit_Continue;
}

static statement_list list_of(CXCursor cursor)
{
    statement_list list = {NULL, 0};
    clang_visitChildren(cursor, add_statement, &list);
    return list;
}

/* ---- statements ---- */

static const char *statement(translation *at, CXCursor cursor);

static const char *block(translation *at, CXCursor cursor)
{
    statement_list list = list_of(cursor);
    char *text = gen_text("%s", "");
    for (size_t i = 0; i < list.count && !at->why; i++) {
        text = gen_text("%s%s", text, statement(at, list.at[i]));
    }
    return text;
}

static const char *return_statement(translation *at, CXCursor cursor)
{
    statement_list list = list_of(cursor);
    const gen_type *result = &at->method->result;
    if (list.count == 0) {
        return "    return;\n";
    }
    if (result->kind == GEN_VOID && result->pointers == 0) {
        return gen_text("    %s;\n    return;\n", gen_translate_expression(at, list.at[0]));
    }
    const char *construction = result->pointers == 0 && result->kind == GEN_CLASS && !result->cls->is_trivial
                                   ? gen_translate_construction(at, list.at[0], "&result_")
                                   : NULL;
    if (construction) {
        return gen_text("    %s result_;\n    %s;\n    return result_;\n", result->cls->name, construction);
    }
    const char *value =
        result->reference ? gen_translate_address(at, list.at[0]) : gen_translate_expression(at, list.at[0]);
    return gen_text("    return %s;\n", value);
}

static const char *declaration(translation *at, CXCursor cursor)
{
    statement_list list = list_of(cursor);
    if (list.count != 1 || clang_getCursorKind(list.at[0]) != CXCursor_VarDecl) {
        return gen_translate_fail(at, "declaration");
    }
    CXCursor variable = list.at[0];
    gen_type type = gen_classify_type(at->model, clang_getCursorType(variable));
    bool plain = type.kind != GEN_UNSUPPORTED && !type.reference && !type.rvalue && type.kind != GEN_LIST &&
                 (type.kind != GEN_CLASS || type.pointers > 0 || type.cls->is_trivial);
    CXCursor initial = clang_Cursor_getVarDeclInitializer(variable);
    if (!plain || clang_Cursor_isNull(initial)) {
        return gen_translate_fail(at, "declaration");
    }
    return gen_text("    %s%s = %s;\n", gen_c_result(&type), gen_keep(clang_getCursorSpelling(variable)),
                    gen_translate_expression(at, initial));
}

/* The text of an expression without parentheses that stand around all of it: clang takes `if ((a == b))` for
 * a slip. */
static const char *without_parentheses(const char *text)
{
    size_t length = strlen(text);
    int depth = 0;
    for (size_t i = 0; i < length; i++) {
        depth += (text[i] == '(') - (text[i] == ')');
        if (depth == 0 && (i == 0 || i + 1 < length)) {
            return text;
        }
    }
    return length ? gen_text("%.*s", (int)length - 2, text + 1) : text;
}

static const char *if_statement(translation *at, CXCursor cursor)
{
    statement_list list = list_of(cursor);
    if (list.count != 2 && list.count != 3) {
        return gen_translate_fail(at, "if");
    }
    char *text =
        gen_text("    if (%s) {\n%s    }\n", without_parentheses(gen_translate_expression(at, list.at[0])),
                 statement(at, list.at[1]));
    return list.count == 3 ? gen_text("%s    else {\n%s    }\n", text, statement(at, list.at[2])) : text;
}

static const char *statement(translation *at, CXCursor cursor)
{
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    switch (kind) {
    case CXCursor_CompoundStmt:
        return block(at, cursor);
    case CXCursor_ReturnStmt:
        return return_statement(at, cursor);
    case CXCursor_DeclStmt:
        return declaration(at, cursor);
    case CXCursor_IfStmt:
        return if_statement(at, cursor);
    case CXCursor_NullStmt:
        return "";
    default:
        if (clang_isExpression(kind)) {
            return gen_text("    (void)%s;\n", gen_translate_expression(at, cursor));
        }
        return gen_translate_fail(at, gen_keep(clang_getCursorKindSpelling(kind)));
    }
}

/* ---- constructors ---- */

typedef struct field_search {
    const char *name;
    CXCursor initial;
} field_search;

static enum CXChildVisitResult find_initial(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    if (clang_isExpression(clang_getCursorKind(cursor))) {
        *(CXCursor *)data = cursor;
    }
    return CXChildVisit_Continue;
}

static enum CXChildVisitResult find_field_cursor(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    field_search *search = data;
    if (clang_getCursorKind(cursor) == CXCursor_FieldDecl &&
        strcmp(gen_keep(clang_getCursorSpelling(cursor)), search->name) == 0) {
        clang_visitChildren(cursor, find_initial, &search->initial);
        return CXChildVisit_Break;
    }
    return CXChildVisit_Continue;
}

/* The initialiser that stands with the field's declaration. */
static CXCursor in_class_initial(CXCursor constructor, const char *name)
{
    field_search search = {name, clang_getNullCursor()};
    clang_visitChildren(clang_getCursorSemanticParent(constructor), find_field_cursor, &search);
    return search.initial;
}

static const char *assign_field(translation *at, const gen_field *field, CXCursor value)
{
    if (field->type.kind == GEN_UNSUPPORTED || field->bits || field->array || field->type.reference ||
        (field->type.kind == GEN_CLASS && field->type.pointers == 0 && !field->type.cls->is_trivial)) {
        return gen_translate_fail(at, gen_text("field %s", field->name));
    }
    return gen_text("    (*(%s*)((char *)this_ + %lld)) = %s;\n", gen_c_result(&field->type),
                    (long long)field->offset, gen_translate_expression(at, value));
}

/* The value that the constructor's own list gives to `name`, or a null cursor. */
static CXCursor listed_initial(const statement_list *list, const char *name)
{
    for (size_t i = 0; i + 1 < list->count; i++) {
        if (clang_getCursorKind(list->at[i]) == CXCursor_MemberRef &&
            strcmp(gen_keep(clang_getCursorSpelling(clang_getCursorReferenced(list->at[i]))), name) == 0) {
            return list->at[i + 1];
        }
    }
    return clang_getNullCursor();
}

/* A field of a class that nothing initialises is made by that class's constructor without arguments. */
static const char *default_field(translation *at, const gen_field *field)
{
    if (field->type.kind != GEN_CLASS || field->type.pointers > 0) {
        return field->type.kind == GEN_UNSUPPORTED || field->type.kind == GEN_LIST
                   ? gen_translate_fail(at, gen_text("field %s", field->name))
                   : "";
    }
    const gen_class *cls = field->type.cls;
    for (size_t i = 0; cls->is_trivial && i < cls->method_count; i++) {
        if (cls->methods[i].role == GEN_CONSTRUCTOR && cls->methods[i].param_count == 0) {
            return gen_text("    (*(%s *)((char *)this_ + %lld)) = %c%s%c();\n", cls->name,
                            (long long)field->offset, MAKE_OPEN, cls->methods[i].usr, CALL_CLOSE);
        }
    }
    return gen_translate_fail(at, gen_text("field %s", field->name));
}

/* QColor(const char *name) : QColor(fromString(name)) {}: the value it delegates to, or a null cursor. */
static CXCursor delegated(const statement_list *list, const gen_class *cls)
{
    for (size_t i = 0; i + 1 < list->count; i++) {
        if (clang_getCursorKind(list->at[i]) == CXCursor_TypeRef &&
            clang_isExpression(clang_getCursorKind(list->at[i + 1])) &&
            strcmp(gen_keep(clang_getCursorSpelling(clang_getCursorReferenced(list->at[i]))), cls->name) ==
                0) {
            return list->at[i + 1];
        }
    }
    return clang_getNullCursor();
}

/* A listed member that is no field of the model, such as one of an unnamed union; NULL if there is none. */
static const char *unknown_member(const statement_list *list, const gen_class *cls)
{
    for (size_t i = 0; i < list->count; i++) {
        if (clang_getCursorKind(list->at[i]) != CXCursor_MemberRef) {
            continue;
        }
        const char *name = gen_keep(clang_getCursorSpelling(clang_getCursorReferenced(list->at[i])));
        bool known = false;
        for (size_t f = 0; f < cls->field_count; f++) {
            known |= strcmp(cls->fields[f].name, name) == 0;
        }
        if (!known) {
            return name;
        }
    }
    return NULL;
}

static const char *constructor_body(translation *at, CXCursor definition)
{
    const gen_class *cls = at->method->cls;
    if (cls->base_count) {
        return gen_translate_fail(at, "inline constructor of a derived class");
    }
    statement_list list = list_of(definition);
    CXCursor other = delegated(&list, cls);
    if (!clang_Cursor_isNull(other)) {
        return cls->is_trivial ? gen_text("    *this_ = %s;\n", gen_translate_expression(at, other))
                               : gen_translate_fail(at, "delegates to another constructor");
    }
    const char *unknown = unknown_member(&list, cls);
    if (unknown) {
        return gen_translate_fail(at, gen_text("member %s", unknown));
    }
    char *text = gen_text("%s", "");
    if (cls->is_polymorphic) {
        text = gen_text(
            "    extern void *vtable_%s_[] __asm__(\"_ZTV%zu%s\");\n    *(void **)this_ = &vtable_%s_[2];\n",
            cls->name, strlen(cls->name), cls->name, cls->name);
    }
    for (size_t i = 0; i < cls->field_count && !at->why; i++) {
        const gen_field *field = &cls->fields[i];
        CXCursor value = listed_initial(&list, field->name);
        if (clang_Cursor_isNull(value)) {
            value = in_class_initial(definition, field->name);
        }
        if (!clang_Cursor_isNull(value)) {
            text = gen_text("%s%s", text, assign_field(at, field, value));
        } else {
            text = gen_text("%s%s", text, default_field(at, field));
        }
    }
    for (size_t i = 0; i < list.count; i++) {
        if (clang_getCursorKind(list.at[i]) == CXCursor_CompoundStmt) {
            text = gen_text("%s%s", text, block(at, list.at[i]));
        }
    }
    return text;
}

void gen_translate_body(const gen_model *model, gen_method *method, CXCursor definition)
{
    /* Private ones too: a public inline method may call them. */
    bool reachable = !method->left_out || strcmp(method->left_out, "private") == 0;
    if (!reachable || method->role == GEN_DESTRUCTOR || method->is_virtual) {
        return;
    }
    translation at = {model, method, NULL};
    const char *body = NULL;
    if (method->role == GEN_CONSTRUCTOR) {
        body = constructor_body(&at, definition);
    } else {
        statement_list list = list_of(definition);
        for (size_t i = 0; i < list.count; i++) {
            if (clang_getCursorKind(list.at[i]) == CXCursor_CompoundStmt) {
                body = block(&at, list.at[i]);
            }
        }
    }
    method->body = at.why ? NULL : body;
    method->not_simple = at.why;
}

/* ---- names for USRs ---- */

static bool is_callable(const gen_method *method)
{
    if (!method || method->left_out) {
        return false;
    }
    if (method->is_virtual) {
        return method->slot >= 0;
    }
    return method->exported || method->body;
}

/* Visits each call of a body; false if one cannot be made. */
static bool each_call(const gen_model *model, gen_method *method, bool (*visit)(gen_method *, gen_method *))
{
    for (const char *at = method->body; *at; at++) {
        if (*at == CALL_OPEN || *at == MAKE_OPEN) {
            const char *end = strchr(at, CALL_CLOSE);
            gen_method *target = gen_model_method(model, gen_text("%.*s", (int)(end - at - 1), at + 1));
            if (!visit(method, target)) {
                return false;
            }
            at = end;
        }
    }
    return true;
}

/* A private method that an inline one calls is exported for just that purpose: bound under a name that says
 * so. */
static void bind_privately(gen_method *target)
{
    if (!target || !target->left_out || strcmp(target->left_out, "private") != 0 ||
        !(target->exported || target->body) || target->is_virtual || !gen_is_supported(target)) {
        return;
    }
    const char *name = target->role == GEN_CONSTRUCTOR ? gen_text("init_private_%s", gen_suffix(target))
                                                       : gen_text("private_%s", gen_snake(target->name));
    for (size_t i = 0; i < target->cls->method_count; i++) {
        const gen_method *other = &target->cls->methods[i];
        if (other->c_name && !other->left_out && strcmp(other->c_name, name) == 0) {
            return; /* overloads of private methods are not worth names */
        }
    }
    target->left_out = NULL;
    target->c_name = name;
}

static bool note_uncallable(gen_method *method, gen_method *target)
{
    bind_privately(target);
    if (is_callable(target)) {
        return true;
    }
    method->not_simple = gen_text("calls %s, which is not bound", target ? target->name : "a function");
    return false;
}

static bool note_use(gen_method *method, gen_method *target)
{
    if (target->cls != method->cls) {
        target->cls->emitted = 1;
    }
    return true;
}

static const char *with_names(const gen_model *model, const char *body)
{
    char *text = gen_text("%s", "");
    const char *at = body;
    for (;;) {
        size_t plain = strcspn(at, "\1\2");
        text = gen_text("%s%.*s", text, (int)plain, at);
        at += plain;
        if (!*at) {
            return text;
        }
        const char *end = strchr(at, CALL_CLOSE);
        const gen_method *target = gen_model_method(model, gen_text("%.*s", (int)(end - at - 1), at + 1));
        text = gen_text("%s%s", text, *at == MAKE_OPEN ? gen_make_name(target) : gen_raw_name(target));
        at = end + 1;
    }
}

void gen_resolve_bodies(gen_model *model)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t c = 0; c < model->class_count; c++) {
            for (size_t m = 0; m < model->classes[c]->method_count; m++) {
                gen_method *method = &model->classes[c]->methods[m];
                if (method->body && !each_call(model, method, note_uncallable)) {
                    method->body = NULL;
                    changed = true;
                }
            }
        }
    }
    for (size_t c = 0; c < model->class_count; c++) {
        gen_class *cls = model->classes[c];
        for (size_t m = 0; m < cls->method_count; m++) {
            gen_method *method = &cls->methods[m];
            if (method->body && !method->exported && !method->left_out) {
                each_call(model, method, note_use);
                method->body = with_names(model, method->body);
            } else {
                method->body = NULL;
            }
        }
        for (size_t other = 0; other < model->class_count; other++) {
            if (model->classes[other]->emitted) {
                model->classes[other]->emitted = 0;
                cls->uses = gen_grow(cls->uses, cls->use_count, sizeof(gen_class *));
                cls->uses[cls->use_count++] = model->classes[other];
            }
        }
    }
}
