/* The bridge to libphonenumber, and the memory of all C++ in the program.
 *
 * Neither the library nor ICU, which runs its regular expressions, survives a failed allocation: an expression that
 * could not be compiled is taken for one that does not match and kept so, other failures end in a null pointer or an
 * abort. An allocation is therefore not allowed to fail while the library works: before it is asked for the first time,
 * a reserve is taken that is large enough for one call and for starting the library. When the system has no more
 * memory, the call is finished out of the reserve, its answer is thrown away, and the library is never asked again. The
 * reserve costs address space only, its pages are not touched. Allocations are caught where C++ and ICU let a program
 * do so: in the global operator new, and in u_setMemoryFunctions(). */
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>
#include <pthread.h>
#include <string>

#include <phonenumbers/phonenumberutil.h>
#include <unicode/uclean.h>

#include "value/phone_library.h"

namespace i18n
{
namespace phonenumbers
{
/* In metadata.h, which is not installed, but exported since the first release. */
int metadata_size();
const void *metadata_get();
} // namespace phonenumbers
} // namespace i18n

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace
{

/* Starting the library and reading a first number take 3 MB when nothing is given back. */
constexpr size_t reserve_size = size_t(16) << 20;

std::atomic<char *> reserve(nullptr);
std::atomic<size_t> reserve_used(0);
std::atomic<bool> memory_failed(false); /* never reset */

bool in_reserve(const void *memory)
{
    const auto place = reinterpret_cast<uintptr_t>(memory), begin = reinterpret_cast<uintptr_t>(reserve.load());
    return begin != 0 && place >= begin && place < begin + reserve_size;
}

void *from_reserve(size_t size)
{
    const size_t aligned = (size + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);
    char *const begin = reserve.load();

    memory_failed.store(true, std::memory_order_relaxed);
    if (!begin || aligned < size || aligned > reserve_size)
        return nullptr;
    const size_t place = reserve_used.fetch_add(aligned, std::memory_order_relaxed);
    return place <= reserve_size - aligned ? begin + place : nullptr;
}

void *allocate(size_t size)
{
    void *memory = std::malloc(size ? size : 1);
    return memory ? memory : from_reserve(size);
}

void release(void *memory)
{
    if (!in_reserve(memory))
        std::free(memory);
}

void *reallocate(void *old, size_t size)
{
    const bool reserved = in_reserve(old);
    void *memory = reserved ? nullptr : std::realloc(old, size ? size : 1);

    if (memory || (memory = from_reserve(size)) == nullptr)
        return memory;
    if (old) {
        const size_t room =
            reserved ? size_t(reserve.load() + reserve_size - static_cast<char *>(old)) : malloc_usable_size(old);
        std::memmove(memory, old, room < size ? room : size);
    }
    release(old);
    return memory;
}

void *icu_allocate(const void *, size_t size)
{
    return allocate(size);
}

void *icu_reallocate(const void *, void *memory, size_t size)
{
    return reallocate(memory, size);
}

void icu_release(const void *, void *memory)
{
    release(memory);
}

bool ready;

void prepare()
{
    UErrorCode status = U_ZERO_ERROR;

    reserve.store(static_cast<char *>(std::malloc(reserve_size)));
    u_setMemoryFunctions(nullptr, icu_allocate, icu_reallocate, icu_release, &status);
    ready = reserve.load() && U_SUCCESS(status);
}

enum phone_type type_of(PhoneNumberUtil::PhoneNumberType type)
{
    switch (type) {
    case PhoneNumberUtil::FIXED_LINE:
        return PHONE_TYPE_FIXED;
    case PhoneNumberUtil::MOBILE:
        return PHONE_TYPE_MOBILE;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
        return PHONE_TYPE_FIXED_OR_MOBILE;
    case PhoneNumberUtil::UNKNOWN:
        return PHONE_TYPE_UNKNOWN;
    default:
        return PHONE_TYPE_OTHER;
    }
}

/* Whether the number in the text begins with a plus sign. */
bool has_plus(const std::string &text)
{
    const size_t digit = text.find_first_of("0123456789");
    return text.find('+') < digit || text.find("\xef\xbc\x8b") < digit;
}

enum phone_verdict verdict_of(const PhoneNumberUtil *util, const PhoneNumber &number)
{
    if (util->IsValidNumber(number))
        return PHONE_VALID;
    switch (util->IsPossibleNumberWithReason(number)) {
    case PhoneNumberUtil::IS_POSSIBLE:
        return PHONE_POSSIBLE;
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
        return PHONE_LOCAL;
    default:
        return PHONE_INVALID;
    }
}

bool copy(const std::string &from, char *to, size_t size, size_t *length)
{
    if (from.size() > size)
        return false;
    *length = from.copy(to, size);
    return true;
}

void read(const std::string &text, const char *region, struct phone *phone, enum phone_verdict *verdict)
{
    const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    std::string e164, extension, home;

    *phone = {};
    *verdict = PHONE_INVALID;
    switch (util->Parse(text, region ? region : "ZZ", &number)) {
    case PhoneNumberUtil::NO_PARSING_ERROR:
        break;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
        if (!has_plus(text) && (!region || util->GetCountryCodeForRegion(region) == 0))
            *verdict = PHONE_NO_REGION;
        return;
    default:
        return;
    }
    *verdict = verdict_of(util, number);
    if (*verdict != PHONE_VALID && *verdict != PHONE_POSSIBLE)
        return;
    util->Format(number, PhoneNumberUtil::E164, &e164);
    extension = number.extension();
    util->NormalizeDigitsOnly(&extension);
    util->GetRegionCodeForNumber(number, &home);
    phone->type = type_of(util->GetNumberType(number));
    if (!copy(e164, phone->e164, sizeof phone->e164, &phone->e164_len) ||
        !copy(extension, phone->extension, sizeof phone->extension, &phone->extension_len)) {
        *phone = {};
        *verdict = PHONE_INVALID;
    } else if (home.size() == sizeof phone->region && home != "ZZ") {
        home.copy(phone->region, sizeof phone->region);
    }
}

} // namespace

void *operator new(size_t size)
{
    void *memory = allocate(size);
    if (!memory)
        throw std::bad_alloc();
    return memory;
}

void operator delete(void *memory) noexcept
{
    release(memory);
}

void operator delete(void *memory, size_t) noexcept
{
    release(memory);
}

extern "C" struct slice phone_library_metadata(void)
{
    const char *bytes = static_cast<const char *>(i18n::phonenumbers::metadata_get());
    return {bytes, static_cast<size_t>(i18n::phonenumbers::metadata_size())};
}

extern "C" int phone_library_read(struct slice text, const char *region, struct phone *phone,
                                  enum phone_verdict *verdict)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    if (pthread_once(&once, prepare) || !ready || memory_failed.load(std::memory_order_relaxed))
        return -1;
    try {
        read(std::string(text.ptr, text.len), region, phone, verdict);
    } catch (...) {
        memory_failed.store(true, std::memory_order_relaxed);
    }
    return memory_failed.load(std::memory_order_relaxed) ? -1 : 0;
}
