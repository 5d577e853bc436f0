#include "parse.h"

#include "defaults.h"
#include "parse_types.h"
#include "translate.h"
#include "triviality.h"

#include <clang-c/Index.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct context {
    gen_model *model;
    gen_class *cls;
    gen_method *method;
    enum CX_CXXAccessSpecifier access;
} context;

/* ---- parameters ---- */

static void parse_params(context *at, CXCursor cursor, gen_method *method)
{
    int count = clang_Cursor_getNumArguments(cursor);
    for (int i = 0; i < count; i++) {
        CXCursor argument = clang_Cursor_getArgument(cursor, (unsigned)i);
        method->params = gen_grow(method->params, method->param_count, sizeof *method->params);
        gen_param *param = &method->params[method->param_count++];
        param->name = gen_keep(clang_getCursorSpelling(argument));
        if (!*param->name) {
            param->name = gen_text("a%d", i);
        }
        param->type = gen_classify_type(at->model, clang_getCursorType(argument));
        CXCursor expression = gen_default_of(argument);
        if (!clang_Cursor_isNull(expression)) {
            param->has_default = true;
            param->default_c = gen_default_in_c(expression, &param->type);
        }
    }
    if (clang_Cursor_isVariadic(cursor)) {
        method->left_out = "variadic";
    }
}

/* ---- methods ---- */

static enum CXChildVisitResult visit_method_child(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    gen_method *method = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_AnnotateAttr) {
        const char *text = gen_keep(clang_getCursorSpelling(cursor));
        method->is_signal |= strcmp(text, "qt_signal") == 0;
    } else if (kind == CXCursor_CompoundStmt) {
        method->is_inline = true;
    }
    return CXChildVisit_Continue;
}

static void note_symbol(CXCursor cursor, gen_method *method)
{
    if (method->role == GEN_METHOD) {
        method->symbol = gen_keep(clang_Cursor_getMangling(cursor));
        return;
    }
    CXStringSet *all = clang_Cursor_getCXXManglings(cursor);
    const char *wanted = method->role == GEN_CONSTRUCTOR ? "C1" : "D2";
    for (unsigned i = 0; all && i < all->Count; i++) {
        const char *text = clang_getCString(all->Strings[i]);
        /* clang names no complete-object constructor for an abstract class; without virtual bases both are
         * one. */
        bool second_best = !method->symbol && method->role == GEN_CONSTRUCTOR && strstr(text, "C2");
        if (strstr(text, wanted) || second_best) {
            method->symbol = gen_text("%s", text);
        }
    }
    if (all) {
        clang_disposeStringSet(all);
    }
    if (!method->symbol) {
        method->symbol = "";
    }
}

static void parse_method(context *at, CXCursor cursor, gen_role role)
{
    gen_class *cls = at->cls;
    cls->methods = gen_grow(cls->methods, cls->method_count, sizeof *cls->methods);
    gen_method *method = &cls->methods[cls->method_count++];
    method->cls = cls;
    method->role = role;
    method->slot = -1;
    method->name = gen_keep(clang_getCursorSpelling(cursor));
    method->is_operator = strncmp(method->name, "operator", 8) == 0;
    method->usr = gen_keep(clang_getCursorUSR(cursor));
    method->is_static = clang_CXXMethod_isStatic(cursor);
    method->is_const = clang_CXXMethod_isConst(cursor);
    method->is_virtual = clang_CXXMethod_isVirtual(cursor);
    method->is_pure = clang_CXXMethod_isPureVirtual(cursor);
    method->is_protected = clang_getCXXAccessSpecifier(cursor) == CX_CXXProtected;
    if (clang_getCXXAccessSpecifier(cursor) == CX_CXXPrivate) {
        method->left_out = "private";
    }
    if (clang_getCursorAvailability(cursor) == CXAvailability_NotAvailable) {
        method->left_out = "deleted";
    }
    method->result = gen_classify_type(at->model, clang_getCursorResultType(cursor));
    note_symbol(cursor, method);
    parse_params(at, cursor, method);
    clang_visitChildren(cursor, visit_method_child, method);
    CXCursor definition = clang_getCursorDefinition(cursor);
    bool defaulted = role == GEN_CONSTRUCTOR && clang_CXXMethod_isDefaulted(cursor) &&
                     clang_CXXConstructor_isDefaultConstructor(cursor);
    if (clang_Cursor_isNull(definition) && defaulted) {
        definition = cursor;
    }
    if (!clang_Cursor_isNull(definition)) {
        method->is_inline = true;
        method->definition = gen_grow(NULL, 0, sizeof(CXCursor));
        *(CXCursor *)method->definition = definition;
    }
    if (method->param_count) {
        const gen_type *last = &method->params[method->param_count - 1].type;
        if (last->kind == GEN_UNSUPPORTED && last->c && strstr(last->c, "QPrivateSignal")) {
            method->is_private_signal = true;
            method->param_count--;
        }
    }
    CXCursor *overridden = NULL;
    unsigned count = 0;
    clang_getOverriddenCursors(cursor, &overridden, &count);
    for (unsigned i = 0; i < count && i < 8; i++) {
        method->overrides[method->override_count++] = gen_keep(clang_getCursorUSR(overridden[i]));
    }
    clang_disposeOverriddenCursors(overridden);
}

/* ---- classes ---- */

static void parse_enum_into(CXCursor cursor, gen_enum *list)
{
    list->c_name = gen_enum_name(cursor);
    list->underlying = gen_enum_type(cursor);
}

static enum CXChildVisitResult visit_enum_value(CXCursor cursor, CXCursor parent, CXClientData data)
{
    gen_enum *list = data;
    if (clang_getCursorKind(cursor) == CXCursor_EnumConstantDecl) {
        bool scoped = clang_EnumDecl_isScoped(parent);
        CXCursor outer = clang_getCursorSemanticParent(parent);
        const char *scope = scoped ? list->c_name : gen_keep(clang_getCursorSpelling(outer));
        list->values = gen_grow(list->values, list->count, sizeof *list->values);
        list->values[list->count].name = gen_text("%s_%s", scope, gen_keep(clang_getCursorSpelling(cursor)));
        list->values[list->count].value = clang_getEnumConstantDeclValue(cursor);
        list->count++;
    }
    return CXChildVisit_Continue;
}

static void note_special_member(CXCursor cursor, gen_class *cls, enum CXCursorKind kind)
{
    bool copies = kind == CXCursor_Constructor && (clang_CXXConstructor_isCopyConstructor(cursor) ||
                                                   clang_CXXConstructor_isMoveConstructor(cursor));
    if ((copies || kind == CXCursor_Destructor) && !clang_CXXMethod_isDefaulted(cursor)) {
        cls->nontrivial_copy_or_destroy = true;
    }
}

static void parse_field(context *at, CXCursor cursor)
{
    gen_class *cls = at->cls;
    cls->fields = gen_grow(cls->fields, cls->field_count, sizeof *cls->fields);
    gen_field *field = &cls->fields[cls->field_count++];
    field->name = gen_keep(clang_getCursorSpelling(cursor));
    CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
    field->size = clang_Type_getSizeOf(type);
    if (type.kind == CXType_ConstantArray) {
        field->array = clang_getArraySize(type);
        type = clang_getCanonicalType(clang_getArrayElementType(type));
    }
    field->type = gen_classify_type(at->model, type);
    field->is_trivial = gen_type_is_trivial(type);
    field->offset = clang_Cursor_getOffsetOfField(cursor) / 8;
    field->bit_offset = clang_Cursor_getOffsetOfField(cursor);
    field->bits = clang_Cursor_isBitField(cursor) ? clang_getFieldDeclBitWidth(cursor) : 0;
    field->is_public = clang_getCXXAccessSpecifier(cursor) == CX_CXXPublic;
}

/* libclang 14 does not tell offsets of bases. The Itanium ABI lays non-virtual bases out one after the other,
   each aligned; a test compares the result with the offset-to-top words of the real vtables. */
static int64_t next_base_offset(const gen_class *cls, const gen_class *base)
{
    if (cls->base_count == 0) {
        return 0;
    }
    const gen_base *previous = &cls->bases[cls->base_count - 1];
    int64_t end = previous->offset + previous->cls->size;
    return (end + base->align - 1) / base->align * base->align;
}

static enum CXChildVisitResult visit_member(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    context *at = data;
    gen_class *cls = at->cls;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    switch (kind) {
    case CXCursor_CXXBaseSpecifier: {
        CXCursor base = clang_getCursorReferenced(cursor);
        const char *name = gen_keep(clang_getCursorSpelling(base));
        gen_class *known = gen_model_class(at->model, name);
        if (known) {
            cls->bases = gen_grow(cls->bases, cls->base_count, sizeof *cls->bases);
            cls->bases[cls->base_count].cls = known;
            cls->bases[cls->base_count].offset = next_base_offset(cls, known);
            cls->base_count++;
        } else {
            cls->nontrivial_copy_or_destroy = true; /* nothing is known of it: policy may know better */
            cls->has_unknown_base = true;
            cls->note = gen_text("base %s is not bound", name);
        }
        break;
    }
    case CXCursor_CXXMethod:
        parse_method(at, cursor, GEN_METHOD);
        break;
    case CXCursor_Constructor:
        note_special_member(cursor, cls, kind);
        parse_method(at, cursor, GEN_CONSTRUCTOR);
        break;
    case CXCursor_Destructor:
        note_special_member(cursor, cls, kind);
        parse_method(at, cursor, GEN_DESTRUCTOR);
        break;
    case CXCursor_FieldDecl:
        parse_field(at, cursor);
        break;
    case CXCursor_VarDecl:
        if (strcmp(gen_keep(clang_getCursorSpelling(cursor)), "staticMetaObject") == 0) {
            cls->has_meta_object = true;
        }
        break;
    case CXCursor_EnumDecl:
        if (*gen_keep(clang_getCursorSpelling(cursor)) &&
            clang_getCXXAccessSpecifier(cursor) == CX_CXXPublic && !clang_Cursor_isAnonymous(cursor)) {
            cls->enums = gen_grow(cls->enums, cls->enum_count, sizeof *cls->enums);
            parse_enum_into(cursor, &cls->enums[cls->enum_count]);
            clang_visitChildren(cursor, visit_enum_value, &cls->enums[cls->enum_count++]);
        }
        break;
    default:
        break;
    }
    return CXChildVisit_Continue;
}

static const char *header_of(CXCursor cursor, const char **module)
{
    CXFile file;
    clang_getSpellingLocation(clang_getCursorLocation(cursor), &file, NULL, NULL, NULL);
    const char *path = gen_keep(clang_getFileName(file));
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    *module = "";
    if (slash) {
        const char *start = slash;
        while (start > path && start[-1] != '/') {
            start--;
        }
        *module = gen_text("%.*s", (int)(slash - start), start);
    }
    return name;
}

static void parse_class(gen_model *model, CXCursor cursor)
{
    gen_class *cls = gen_model_class(model, gen_keep(clang_getCursorSpelling(cursor)));
    if (!cls || cls->defined || !clang_isCursorDefinition(cursor)) {
        return;
    }
    CXType type = clang_getCursorType(cursor);
    cls->defined = true;
    cls->size = clang_Type_getSizeOf(type);
    cls->align = clang_Type_getAlignOf(type);
    cls->is_abstract = clang_CXXRecord_isAbstract(cursor);
    cls->header = header_of(cursor, &cls->module);
    context at = {model, cls, NULL, CX_CXXPrivate};
    clang_visitChildren(cursor, visit_member, &at);
}

static enum CXChildVisitResult visit_top(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    gen_model *model = data;
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_Namespace: {
        const char *name = gen_keep(clang_getCursorSpelling(cursor));
        return strcmp(name, "Qt") == 0 ? CXChildVisit_Recurse : CXChildVisit_Continue;
    }
    case CXCursor_ClassDecl:
    case CXCursor_StructDecl:
        parse_class(model, cursor);
        return CXChildVisit_Continue;
    case CXCursor_EnumDecl: {
        CXCursor outer = clang_getCursorSemanticParent(cursor);
        if (clang_getCursorKind(outer) == CXCursor_Namespace && clang_isCursorDefinition(cursor) &&
            *gen_keep(clang_getCursorSpelling(cursor)) && !clang_Cursor_isAnonymous(cursor)) {
            model->enums = gen_grow(model->enums, model->enum_count, sizeof *model->enums);
            parse_enum_into(cursor, &model->enums[model->enum_count]);
            clang_visitChildren(cursor, visit_enum_value, &model->enums[model->enum_count++]);
        }
        return CXChildVisit_Continue;
    }
    default:
        return CXChildVisit_Continue;
    }
}

static bool report_diagnostics(CXTranslationUnit unit)
{
    bool clean = true;
    for (unsigned i = 0; i < clang_getNumDiagnostics(unit); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
            fprintf(stderr, "qt6c generator: %s\n",
                    gen_keep(clang_formatDiagnostic(diagnostic, clang_defaultDiagnosticDisplayOptions())));
            clean = false;
        }
        clang_disposeDiagnostic(diagnostic);
    }
    return clean;
}

bool gen_parse(gen_model *model, const gen_parse_input *input)
{
    CXIndex index = clang_createIndex(0, 0);
    CXTranslationUnit unit = NULL;
    enum CXErrorCode code =
        clang_parseTranslationUnit2(index, input->umbrella, input->arguments, input->argument_count, NULL, 0,
                                    CXTranslationUnit_KeepGoing, &unit);
    if (code != CXError_Success) {
        fprintf(stderr, "qt6c generator: libclang cannot parse %s (error %d)\n", input->umbrella, (int)code);
        return false;
    }
    bool clean = report_diagnostics(unit);
    clang_visitChildren(clang_getTranslationUnitCursor(unit), visit_top, model);
    return clean;
}

/* A body uses the names of its own definition, which may differ from those of the declaration in the class.
 */
static void take_names_of_definition(gen_method *method, CXCursor definition)
{
    for (size_t i = 0; i < method->param_count; i++) {
        const char *name =
            gen_keep(clang_getCursorSpelling(clang_Cursor_getArgument(definition, (unsigned)i)));
        if (*name) {
            method->params[i].name = name;
        }
    }
}

void gen_translate_bodies(gen_model *model)
{
    for (size_t c = 0; c < model->class_count; c++) {
        for (size_t m = 0; m < model->classes[c]->method_count; m++) {
            gen_method *method = &model->classes[c]->methods[m];
            if (method->definition && !method->exported) {
                take_names_of_definition(method, *(CXCursor *)method->definition);
                gen_translate_body(model, method, *(CXCursor *)method->definition);
            }
        }
    }
}
