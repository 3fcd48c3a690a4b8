// libphonenumber for C: the only C++ file. No exception leaves it.
#include "text/phone_lib.h"

#include <cstring>
#include <string>

#include <phonenumbers/phonenumberutil.h>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

static int kind_of(const PhoneNumberUtil &util, const PhoneNumber &number)
{
    switch (util.GetNumberType(number)) {
    case PhoneNumberUtil::MOBILE:
    // Countries whose mobile numbers look like fixed ones (US): a message may be tried.
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: return PHONE_LIB_MOBILE;
    case PhoneNumberUtil::FIXED_LINE: return PHONE_LIB_FIXED;
    default: return PHONE_LIB_OTHER;
    }
}

static bool text_out(const std::string &text, char *out, size_t *out_len)
{
    if (text.size() >= PHONE_LIB_TEXT)
        return false;
    std::memcpy(out, text.data(), text.size());
    *out_len = text.size();
    return true;
}

int phone_lib_parse(const char *text, size_t len, const char *region, char out[PHONE_LIB_TEXT],
                    size_t *out_len)
{
    try {
        const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
        PhoneNumber number;
        auto error = util.Parse(std::string(text, len), region, &number);
        if (error != PhoneNumberUtil::NO_PARSING_ERROR || !util.IsValidNumber(number))
            return PHONE_LIB_INVALID;
        std::string e164;
        util.Format(number, PhoneNumberUtil::E164, &e164);
        if (number.has_extension() && !number.extension().empty())
            e164 += ";ext=" + number.extension();
        return text_out(e164, out, out_len) ? kind_of(util, number) : PHONE_LIB_INVALID;
    } catch (...) {
        return PHONE_LIB_INVALID;
    }
}

int phone_lib_format(const char *text, size_t len, const char *region, char out[PHONE_LIB_TEXT],
                     size_t *out_len)
{
    try {
        const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
        PhoneNumber number;
        if (util.Parse(std::string(text, len), "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR)
            return 0;
        bool home = util.GetCountryCodeForRegion(region) == number.country_code();
        std::string written;
        util.Format(number, home ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL,
                    &written);
        return text_out(written, out, out_len) ? 1 : 0;
    } catch (...) {
        return 0;
    }
}
