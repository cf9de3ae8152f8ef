/* Packages: opening the archive, telling what it is when it is no workbook, and reading parts within bounds. */
#include "stream/xlsx_package.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zip.h>
#include <zlib.h>

#include "base/descriptor.h"
#include "base/memory.h"

/* A part while it is read. */
struct part {
    const struct xlsx_package *package;
    zip_file_t *file;
    uint64_t packed;
    uint64_t expanded;
};

static bool contains(const char *bytes, size_t size, struct slice wanted)
{
    return memmem(bytes, size, wanted.ptr, wanted.len) != NULL;
}

/* A compound file (MS-CFB): the formats before 2007, and the wrapping of encrypted new ones. */
static int refuse_compound(int fd, const char *name, struct error *err)
{
    static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    enum { DIRECTORY = 48, SHIFT = 30, LOOKED_AT = 8192 };
    char bytes[64] = {0};
    const unsigned char *head = (const unsigned char *)bytes;
    char *entries = calloc(1, LOOKED_AT);

    if (!entries)
        return error_memory(err);
    bool found = false;
    ssize_t got = descriptor_read_at(fd, bytes, sizeof bytes, 0);
    if (got == (ssize_t)sizeof bytes && head[SHIFT] <= 12) {
        uint32_t sector = head[DIRECTORY] | (uint32_t)head[DIRECTORY + 1] << 8 | (uint32_t)head[DIRECTORY + 2] << 16 |
                          (uint32_t)head[DIRECTORY + 3] << 24;
        got = descriptor_read_at(fd, entries, LOOKED_AT, (off_t)(((uint64_t)sector + 1) << head[SHIFT]));
        found = got > 0 && contains(entries, (size_t)got, (struct slice){encrypted, sizeof encrypted - 1});
    }
    free(entries);
    if (got < 0)
        return error_errno(err, "%s", name);
    if (found)
        return error_set(err, STATUS_DATA, "%s: the workbook is encrypted; save it without a password", name);
    return error_set(err, STATUS_DATA, "%s: a spreadsheet of the old kind (.xls); save it as .xlsx or CSV", name);
}

bool xlsx_package_has(const struct xlsx_package *package, const char *part)
{
    return zip_name_locate(package->zip, part, ZIP_FL_NOCASE) >= 0;
}

/* What the archive is, when it is no workbook. */
static int refuse_other(const struct xlsx_package *package, struct error *err)
{
    struct quote shown;
    const char *first = zip_get_name(package->zip, 0, 0);

    if (xlsx_package_has(package, "xl/workbook.bin"))
        return error_set(err, STATUS_DATA, "%s: a binary workbook (.xlsb); save it as .xlsx or CSV", package->name);
    if (xlsx_package_has(package, "content.xml"))
        return error_set(err, STATUS_DATA, "%s: an OpenDocument file (.ods); save it as .xlsx or CSV", package->name);
    if (xlsx_package_has(package, "word/document.xml"))
        return error_set(err, STATUS_DATA, "%s: a text document (.docx); save its table as .xlsx or CSV",
                         package->name);
    if (!first)
        return error_set(err, STATUS_DATA, "%s: an empty zip archive", package->name);
    return error_set(err, STATUS_DATA, "%s: a zip archive without a workbook (its first file is '%s'); unpack it first",
                     package->name, quote_name(&shown, slice_from_cstr(first)));
}

/* Whether libzip, or zlib below it, was short of memory. */
static bool no_memory(const zip_error_t *error)
{
    return zip_error_code_zip(error) == ZIP_ER_MEMORY ||
           (zip_error_code_zip(error) == ZIP_ER_ZLIB && zip_error_code_system(error) == Z_MEM_ERROR);
}

/* Whether the file could not be read, rather than that nonsense stands in it, such as a place where no file can be. */
static bool no_file(const zip_error_t *error)
{
    const int code = zip_error_code_zip(error);
    const int why = zip_error_code_system(error);

    return code == ZIP_ER_READ || code == ZIP_ER_OPEN || (code == ZIP_ER_SEEK && why != EINVAL && why != EOVERFLOW);
}

/* Says what libzip reports, after the name. */
static int refuse_zip(const char *name, zip_error_t *error, struct error *err)
{
    if (no_memory(error))
        error_memory(err);
    else if (no_file(error))
        error_set(err, STATUS_SYSTEM, "%s: %s", name, zip_error_strerror(error));
    else
        error_set(err, STATUS_DATA, "%s: the workbook is damaged or cut off: %s", name, zip_error_strerror(error));
    return -1;
}

/* The same of an archive that is open. libzip may take a stream that could not be read for one that ended. */
static int refuse_package(const struct xlsx_package *package, zip_error_t *error, struct error *err)
{
    if (ferror(package->stream) && !no_memory(error))
        return error_set(err, STATUS_SYSTEM, "%s: the file cannot be read", package->name);
    return refuse_zip(package->name, error, err);
}

/* The archive in a stream of its own; NULL with error. */
static zip_t *open_stream(struct xlsx_package *package, int fd, zip_error_t *error)
{
    int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    FILE *file = own < 0 ? NULL : fdopen(own, "rb");

    if (!file) {
        zip_error_set(error, errno == ENOMEM ? ZIP_ER_MEMORY : ZIP_ER_OPEN, errno);
        if (own >= 0)
            close(own);
        return NULL;
    }
    zip_source_t *source = zip_source_filep_create(file, 0, -1, error);
    if (!source) {
        fclose(file);
        return NULL;
    }
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, error);
    if (!zip)
        zip_source_free(source);
    package->stream = file;
    return zip;
}

static int open_zip(struct xlsx_package *package, int fd, struct error *err)
{
    enum { MEMORY_IT_TAKES = 1 << 16 };
    zip_error_t error;

    zip_error_init(&error);
    package->zip = open_stream(package, fd, &error);
    if (!package->zip &&
        zip_error_code_zip(&error) == ZIP_ER_NOZIP) { /* libzip says so also without memory: ask again */
        package->zip = open_stream(package, fd, &error);
        void *memory = malloc(MEMORY_IT_TAKES);
        if (!memory)
            zip_error_set(&error, ZIP_ER_MEMORY, 0);
        free(memory);
    }
    int status = package->zip ? 0 : refuse_zip(package->name, &error, err);
    zip_error_fini(&error);
    return status;
}

int xlsx_package_open(struct xlsx_package *package, int fd, const char *name, struct error *err)
{
    static const char compound[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    char head[8] = {0};
    ssize_t got = descriptor_read_at(fd, head, sizeof head, 0);

    *package = (struct xlsx_package){.name = name};
    if (got < 0)
        return error_errno(err, "%s", name);
    if (memcmp(head, compound, sizeof head) == 0)
        return refuse_compound(fd, name, err);
    if (memcmp(head, "PK", 2) != 0)
        return error_set(err, STATUS_DATA, "%s: this is no workbook (.xlsx)", name);
    if (open_zip(package, fd, err))
        return -1;
    if (!xlsx_package_has(package, "_rels/.rels") && !xlsx_package_has(package, "xl/workbook.xml")) {
        refuse_other(package, err);
        xlsx_package_close(package);
        return -1;
    }
    if (xlsx_package_has(package, "xl/workbook.bin") || xlsx_package_has(package, "word/document.xml")) {
        refuse_other(package, err);
        xlsx_package_close(package);
        return -1;
    }
    return 0;
}

void xlsx_package_close(struct xlsx_package *package)
{
    if (package->zip)
        zip_discard(package->zip);
    package->zip = NULL;
}

static ssize_t part_read(void *context, char *to, size_t size, struct error *err)
{
    struct part *part = context;
    zip_int64_t got = zip_fread(part->file, to, size);

    if (got < 0) {
        zip_error_t *error = zip_file_get_error(part->file);
        if (no_memory(error) || no_file(error) || ferror(part->package->stream))
            return refuse_package(part->package, error, err);
        return error_set(err, STATUS_DATA, "damaged: %s", zip_error_strerror(error));
    }
    part->expanded += (uint64_t)got;
    if (part->expanded > XLSX_EXPANDED_MOST ||
        (part->expanded > XLSX_EXPANDED_FREE && part->expanded / XLSX_EXPANDED_TIMES > part->packed))
        return error_set(err, STATUS_DATA, "refused: %llu compressed bytes expand to more than %llu",
                         (unsigned long long)part->packed, (unsigned long long)(part->expanded - 1));
    return (ssize_t)got;
}

int xlsx_package_parse(const struct xlsx_package *package, const char *part_name, const struct xml_handlers *handlers,
                       void *context, struct error *err)
{
    struct part part = {.package = package};
    struct quote shown;
    zip_stat_t info;
    zip_int64_t index = zip_name_locate(package->zip, part_name, ZIP_FL_NOCASE);

    if (index < 0)
        return error_set(err, STATUS_DATA, "%s: the workbook has no part '%s'", package->name,
                         quote_name(&shown, slice_from_cstr(part_name)));
    if (zip_stat_index(package->zip, (zip_uint64_t)index, 0, &info))
        return refuse_package(package, zip_get_error(package->zip), err);
    if (info.encryption_method != ZIP_EM_NONE)
        return error_set(err, STATUS_DATA, "%s: the zip archive is encrypted", package->name);
    part.packed = info.comp_size;
    part.file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
    if (!part.file)
        return refuse_package(package, zip_get_error(package->zip), err);
    int status = xml_parse(handlers, context, part_read, &part, err);
    zip_fclose(part.file);
    if (status && err->status == STATUS_DATA)
        error_prefix(err, "%s: %s: ", package->name, quote_name(&shown, slice_from_cstr(part_name)));
    return status;
}

/* Where the folder ends that holds the folder which ends at end. */
static size_t parent_of(const char *path, size_t end)
{
    if (end)
        end--;
    while (end && path[end - 1] != '/')
        end--;
    return end;
}

/* The path that target means for a part in the folder base: "../" and a leading "/" resolved. NULL: no memory. */
static const char *resolve(struct arena *arena, const char *base, struct slice target)
{
    size_t base_len = target.len && target.ptr[0] == '/' ? 0 : strlen(base);
    char *path = arena_alloc(arena, base_len + target.len + 1);
    char *end = path;

    if (!path)
        return NULL;
    memcpy(path, base, base_len);
    end += base_len;
    for (size_t at = 0; at < target.len;) {
        const char *slash = memchr(target.ptr + at, '/', target.len - at);
        size_t len = slash ? (size_t)(slash - target.ptr) - at : target.len - at;
        struct slice step = {target.ptr + at, len};
        if (slice_equal_cstr(step, "..")) {
            end = path + parent_of(path, (size_t)(end - path));
        } else if (len && !slice_equal_cstr(step, ".")) {
            memcpy(end, step.ptr, len);
            end += len;
            if (slash)
                *end++ = '/';
        }
        at += len + 1;
    }
    *end = '\0';
    return path;
}

static int on_relation(void *context, const char *name, const struct xml_attributes *attributes, struct error *err)
{
    struct xlsx_relations *relations = context;

    if (strcmp(name, "Relationship") != 0)
        return 0;
    struct slice id = xml_attribute(attributes, "Id");
    struct slice type = xml_attribute(attributes, "Type");
    struct slice target = xml_attribute(attributes, "Target");
    if (!id.ptr || !type.ptr || !target.ptr || slice_equal_cstr(xml_attribute(attributes, "TargetMode"), "External"))
        return 0;
    const char *word = memrchr(type.ptr, '/', type.len);
    if (word)
        type = (struct slice){word + 1, (size_t)(type.ptr + type.len - word) - 1};
    if (ARRAY_GROW(relations->list, relations->capacity, relations->count + 1))
        return error_memory(err);
    struct xlsx_relation *relation = &relations->list[relations->count];
    relation->id = (struct slice){arena_copy(relations->arena, id), id.len};
    relation->type = (struct slice){arena_copy(relations->arena, type), type.len};
    relation->target = resolve(relations->arena, relations->base, target);
    if (!relation->id.ptr || !relation->type.ptr || !relation->target)
        return error_memory(err);
    relations->count++;
    return 0;
}

int xlsx_relations_read(struct xlsx_relations *relations, const struct xlsx_package *package, const char *part,
                        struct arena *arena, struct error *err)
{
    static const struct xml_handlers handlers = {.start = on_relation};
    const char *slash = strrchr(part, '/');
    struct slice folder = {part, slash ? (size_t)(slash - part) + 1 : 0};
    const char *file = part + folder.len;
    size_t size = strlen(part) + sizeof "_rels/.rels";
    char *path = arena_alloc(arena, size);

    *relations = (struct xlsx_relations){.arena = arena, .base = arena_copy(arena, folder)};
    if (!path || !relations->base)
        return error_memory(err);
    snprintf(path, size, "%s_rels/%s.rels", relations->base, file);
    return xlsx_package_has(package, path) ? xlsx_package_parse(package, path, &handlers, relations, err) : 0;
}

const struct xlsx_relation *xlsx_relation_typed(const struct xlsx_relations *relations, const char *type)
{
    for (size_t i = 0; i < relations->count; i++)
        if (slice_equal_cstr(relations->list[i].type, type))
            return &relations->list[i];
    return NULL;
}

const struct xlsx_relation *xlsx_relation_named(const struct xlsx_relations *relations, struct slice id)
{
    for (size_t i = 0; i < relations->count; i++)
        if (slice_equal(relations->list[i].id, id))
            return &relations->list[i];
    return NULL;
}
