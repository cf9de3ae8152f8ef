/* Masking: HMAC against the vectors of RFC 4231, tokens against those of Python's hmac, hashlib and base64, folding,
 * and what is taken for a key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "analysis/mask_key.h"
#include "analysis/mask_token.h"
#include "folder.h"

static struct mask_key key_of(const void *bytes, size_t length)
{
    struct mask_key key = {.length = length};

    memcpy(key.bytes, bytes, length);
    return key;
}

static void assert_hmac(const void *key, size_t key_length, const void *data, size_t length, const char *wanted)
{
    struct hmac_sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char text[2 * SHA256_DIGEST_SIZE + 1];

    hmac_sha256_set_key(&context, key_length, key);
    hmac_sha256_update(&context, length, data);
    hmac_sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        sprintf(text + 2 * i, "%02x", digest[i]);
    text[2 * (strlen(wanted) / 2)] = '\0';
    assert_string_equal(text, wanted);
}

/* RFC 4231, 4.2 to 4.8; the fifth is cut to 128 bits there. */
static void test_vectors_of_the_standard(void **state)
{
    uint8_t key[131], data[50];

    (void)state;
    memset(key, 0x0b, 20);
    assert_hmac(key, 20, "Hi There", 8, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    assert_hmac("Jefe", 4, "what do ya want for nothing?", 28,
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof key);
    memset(data, 0xdd, sizeof data);
    assert_hmac(key, 20, data, 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    assert_hmac(key, 131, "Test Using Larger Than Block-Size Key - Hash Key First", 54,
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    assert_hmac(key, 131,
                "This is a test using a larger than block-size key and a larger than block-size data. The key needs to "
                "be hashed before being used by the HMAC algorithm.",
                152, "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
    memset(key, 0x0c, 20);
    assert_hmac(key, 20, "Test With Truncation", 20, "a3b6167473100ee06e0c796c2955552b");
    for (int i = 0; i < 25; i++)
        key[i] = (uint8_t)(i + 1);
    memset(data, 0xcd, sizeof data);
    assert_hmac(key, 25, data, 50, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
}

static void assert_token(const struct mask_key *key, const char *domain, struct slice value, size_t bits,
                         const char *wanted)
{
    struct mask_hasher hasher;
    char token[MASK_TOKEN + 1];

    mask_hasher_init(&hasher, key, slice_from_cstr(domain));
    for (int again = 0; again < 2; again++) {
        size_t length = mask_token(&hasher, value, bits, token);
        token[length] = '\0';
        assert_string_equal(token, wanted);
    }
    mask_hasher_wipe(&hasher);
}

/* base64.b32encode(hmac.new(key, domain + b'\0' + value, hashlib.sha256).digest()[:bits // 8]).lower().rstrip(b'=') */
static void test_tokens_are_those_of_python(void **state)
{
    const struct mask_key key = key_of("0123456789abcdef", 16);
    char many[10000], hundred[100];
    uint8_t low[16];

    (void)state;
    memset(many, 'x', sizeof many);
    memset(hundred, 'k', sizeof hundred);
    for (int i = 0; i < 16; i++)
        low[i] = (uint8_t)i;
    const struct mask_key large = key_of(hundred, sizeof hundred), binary = key_of(low, sizeof low);
    assert_token(&key, "", SLICE("abc"), 64, "3jm2hp66pzdeo");
    assert_token(&key, "", SLICE("abc"), 72, "3jm2hp66pzdeoey");
    assert_token(&key, "", SLICE("abc"), 128, "3jm2hp66pzdeoe37t23rxmzdyq");
    assert_token(&key, "", SLICE("abc"), 256, "3jm2hp66pzdeoe37t23rxmzdyr67nrdbzqqxcad4m7fxnlq6lsiq");
    assert_token(&key, "", SLICE("ann@x.com"), 128, "4wajdcfoysx7qvo5gy5sszpo6e");
    assert_token(&key, "mail", SLICE("ann@x.com"), 128, "pnro7q7mlxpwpfzeuvb7cm572q");
    assert_token(&large, "", SLICE("abc"), 128, "ugmdivzjw3xcng6cq4s5mfy2ya");
    assert_token(&key, "", (struct slice){many, sizeof many}, 128, "imd67lqhdrqtq7uhqkrsepjw5a");
    assert_token(&binary, "", SLICE("\xff\xfe"), 128, "o3ao2evwdshin2zvgghcgmxh3m");
}

static void assert_folded(const char *value, const char *wanted)
{
    struct buffer room;
    struct slice folded;

    buffer_init(&room);
    assert_int_equal(mask_fold(slice_from_cstr(value), &room, &folded), 0);
    if (!slice_equal_cstr(folded, wanted))
        fail_msg("'%s' folds to '%.*s', not '%s'", value, SLICE_ARG(folded), wanted);
    buffer_fini(&room);
}

/* Forms by hand, from DerivedNormalizationProps.txt and PropList.txt. */
static void test_folding(void **state)
{
    (void)state;
    assert_folded(" Ann@X.com\t", "ann@x.com");
    assert_folded("\r\n\v\f a \xc2\x85", "a");
    assert_folded("", "");
    assert_folded("   ", "");
    assert_folded("\xc2\xa0\xe3\x80\x80", "");                                     /* NBSP, ideographic space */
    assert_folded("\xe2\x80\xa8\xc3\x84nn\xe1\x9a\x80\xe2\x80\xa9", "\xc3\xa4nn"); /* LS, Ogham, PS */
    assert_folded("A\xcc\x88nn", "\xc3\xa4nn");                                    /* decomposed */
    assert_folded("\xef\xbc\xa1\xef\xbd\x8e\xef\xbd\x8e", "ann");                  /* full width */
    assert_folded("STRA\xe1\xba\x9e"
                  "E stra\xc3\x9f"
                  "e",
                  "strasse strasse");
    assert_folded("\xce\xa3\xce\xaf\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x82",
                  "\xcf\x83\xce\xaf\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x83"); /* final sigma */
    assert_folded("a\xe2\x80\x8b\xc2\xad\xef\xbb\xbf"
                  "b",
                  "ab");           /* zero width space, soft hyphen, byte order mark */
    assert_folded("a  b", "a  b"); /* within, blanks stay */
    assert_folded("a\xc2\xa0"
                  "b",
                  "a b");
    assert_folded("a\xe2\x80\xa9\xe2\x80\xa8", "a");
}

static void test_domain_of_an_address(void **state)
{
    (void)state;
    assert_int_equal(mask_email_domain(SLICE("ann@x.com")), 4);
    assert_int_equal(mask_email_domain(SLICE("\"a@b\"@x.com")), 6);
    assert_int_equal(mask_email_domain(SLICE("@x.com")), 6);
    assert_int_equal(mask_email_domain(SLICE("ann@")), 4);
    assert_int_equal(mask_email_domain(SLICE("ann")), 3);
    assert_int_equal(mask_email_domain(SLICE("")), 0);
}

/* Reads the text as a key file of that mode: 0 and its length, or the message without the folder. */
static size_t read_key(const char *text, size_t length, mode_t mode, char message[1024])
{
    struct folder folder;
    struct mask_key key;
    struct error err = {0};

    folder_make(&folder);
    const char *path = folder_file(&folder, "key");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
    message[0] = '\0';
    if (mask_key_read(&key, path, &err)) {
        assert_int_equal(err.status, STATUS_USAGE);
        assert_int_equal(key.length, 0);
        strcpy(message, err.text + strlen(path) + 2);
    }
    size_t read = key.length;
    if (read)
        assert_memory_equal(key.bytes, text, read);
    mask_key_wipe(&key);
    assert_int_equal(key.length, 0);
    folder_remove(&folder);
    return read;
}

static void test_keys(void **state)
{
    char message[1024], many[MASK_KEY_MOST + 2];

    (void)state;
    memset(many, 'k', sizeof many);
    assert_int_equal(read_key("0123456789abcdef", 16, 0600, message), 16);
    assert_int_equal(read_key("0123456789abcdef\n", 17, 0400, message), 16);
    assert_int_equal(read_key("0123456789abcde\n\n", 17, 0600, message), 16); /* one line end, not two */
    assert_int_equal(read_key("0123456789\0abcdef", 17, 0600, message), 17);
    assert_int_equal(read_key(many, MASK_KEY_MOST, 0600, message), MASK_KEY_MOST);
    assert_int_equal(read_key(many, MASK_KEY_MOST + 1, 0600, message), 0);
    assert_string_equal(message, "more than 4096 bytes: is this a key?");
    many[MASK_KEY_MOST] = '\n';
    assert_int_equal(read_key(many, MASK_KEY_MOST + 1, 0600, message), MASK_KEY_MOST);
    assert_int_equal(read_key("0123456789abcde\n", 16, 0600, message), 0);
    assert_string_equal(message, "a key of 15 bytes is too short, 16 are the least; --make-key makes one");
    assert_int_equal(read_key("\n", 1, 0600, message), 0);
    assert_string_equal(message, "the key is empty; --make-key makes one");
    assert_int_equal(read_key("", 0, 0600, message), 0);
    assert_string_equal(message, "the key is empty; --make-key makes one");
}

static void test_keys_that_others_may_read(void **state)
{
    static const mode_t modes[] = {0640, 0604, 0660, 0602, 0644, 0601, 0777};
    char message[1024], wanted[128];

    (void)state;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        assert_int_equal(read_key("0123456789abcdef", 16, modes[i], message), 0);
        snprintf(wanted, sizeof wanted,
                 "others than its owner may read or change this key (mode %04o): chmod 600 makes it private",
                 (unsigned)modes[i]);
        assert_string_equal(message, wanted);
    }
}

static void test_keys_that_are_made(void **state)
{
    struct folder folder;
    struct mask_key keys[2];
    struct error err;
    struct stat found;
    char path[512];

    (void)state;
    folder_make(&folder);
    for (int i = 0; i < 2; i++) {
        mode_t before = umask(0);
        strcpy(path, folder_file(&folder, i ? "two" : "one"));
        assert_int_equal(mask_key_make(path, &err), 0);
        umask(before);
        assert_int_equal(stat(path, &found), 0);
        assert_int_equal(found.st_mode & 07777, 0600);
        assert_int_equal(found.st_size, 65);
        assert_int_equal(mask_key_read(&keys[i], path, &err), 0);
        assert_int_equal(keys[i].length, 64);
        assert_int_equal(strspn((const char *)keys[i].bytes, "0123456789abcdef"), 64);
        struct slice before_that = file_take(path);
        assert_int_equal(mask_key_make(path, &err), -1); /* it stays as it is */
        assert_int_equal(err.status, STATUS_USAGE);
        assert_file(path, before_that.ptr);
        free((char *)before_that.ptr);
    }
    assert_memory_not_equal(keys[0].bytes, keys[1].bytes, 64);
    assert_int_equal(symlink("nowhere", folder_file(&folder, "link")), 0);
    assert_int_equal(mask_key_make(folder_file(&folder, "link"), &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_int_equal(mask_key_make(folder_file(&folder, "no/folder"), &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_int_equal(mask_key_read(&keys[0], folder_file(&folder, "none"), &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_int_equal(mask_key_read(&keys[0], folder.path, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors_of_the_standard),
        cmocka_unit_test(test_tokens_are_those_of_python),
        cmocka_unit_test(test_folding),
        cmocka_unit_test(test_domain_of_an_address),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_keys_that_others_may_read),
        cmocka_unit_test(test_keys_that_are_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
