/* A temporary folder for tests that write files, and looking into it. */
#ifndef CRM_TESTS_FOLDER_H
#define CRM_TESTS_FOLDER_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/slice.h"

struct folder {
    char path[64];
    char name[512]; /* of the last folder_file() */
};

static inline void folder_make(struct folder *folder)
{
    strcpy(folder->path, "/tmp/crm-test-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
}

/* The path of a file in the folder, valid until the next call. */
static inline const char *folder_file(struct folder *folder, const char *name)
{
    snprintf(folder->name, sizeof folder->name, "%s/%s", folder->path, name);
    return folder->name;
}

/* Names in the folder. */
static inline size_t folder_count(const struct folder *folder)
{
    DIR *dir = opendir(folder->path);
    size_t count = 0;

    assert_non_null(dir);
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return count;
}

/* Removes the files in it, and it. */
static inline void folder_remove(struct folder *folder)
{
    DIR *dir = opendir(folder->path);

    assert_non_null(dir);
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            remove(folder_file(folder, entry->d_name));
    closedir(dir);
    assert_int_equal(rmdir(folder->path), 0);
}

/* The whole file; free(ptr) it. A NUL stands behind it. */
static inline struct slice file_take(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct stat info;

    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &info), 0);
    char *data = malloc((size_t)info.st_size + 1);
    assert_non_null(data);
    assert_int_equal(fread(data, 1, (size_t)info.st_size, file), info.st_size);
    data[info.st_size] = '\0';
    fclose(file);
    return (struct slice){data, (size_t)info.st_size};
}

static inline void file_put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static inline void assert_file(const char *path, const char *expected)
{
    struct slice text = file_take(path);

    assert_string_equal(text.ptr, expected);
    assert_int_equal(text.len, strlen(expected));
    free((char *)text.ptr);
}

#endif
