#include "kit/kit.h"

#include "xlsx/xlsx_internal.h"

static void check_number(const char *v, NumberKind kind, bool is_1904, const char *want)
{
    char out[NUMBER_TEXT];
    Str got = number_text(out, str_z(v), kind, is_1904);
    CHECK_ROW(str_eq(got, str_z(want)), "%s as %d: '" STR_FMT "', not '%s'", v, (int)kind,
              STR_ARG(got), want);
}

TEST(numbers_in_their_shortest_form)
{
    static const char *const ROWS[][2] = {
        { "0", "0" },
        { "1", "1" },
        { "-1", "-1" },
        { "-0", "0" },
        { "-0.0", "0" },
        { "007", "7" },
        { "0.1", "0.1" },
        { ".5", "0.5" },
        { "5.", "5" },
        { "2.50", "2.5" },
        { "0.10000000000000001", "0.1" },
        { "0.30000000000000004", "0.30000000000000004" },
        { "2.5499999999999998", "2.55" },
        { "19.989999999999998", "19.99" },
        { "1234567.8899999999", "1234567.89" },
        { "123456789012345", "123456789012345" },
        { "307855572292761845", "307855572292761845" },
        { "3.0785557229276198E+17", "307855572292762000" },
        { "1E3", "1000" },
        { "1e+20", "100000000000000000000" },
        { "1.5E+21", "1.5E+21" },
        { "1E-3", "0.001" },
        { "1.2345E-5", "0.000012345" },
        { "-9.9999999999999995E-7", "-0.000001" },
        { "1E-300", "1E-300" },
        { "1E999", "1E999" },
        { "0E0", "0" },
        { "1.7976931348623157E+308", "1.7976931348623157E+308" },
        { "9007199254740993", "9007199254740993" },
        { "45351.5", "45351.5" },
        { "NaN", "NaN" },
        { "inf", "inf" },
        { "0x10", "0x10" },
        { "1 2", "1 2" },
        { "1e", "1e" },
        { "-", "-" },
        { ".", "." },
        { "", "" },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++)
        check_number(ROWS[i][0], KIND_NUMBER, false, ROWS[i][1]);
}

TEST(days_and_times)
{
    static const struct {
        const char *v;
        NumberKind kind;
        bool is_1904;
        const char *want;
    } ROWS[] = {
        { "40886", KIND_DATE, false, "2011-12-09" },
        { "40886.534722222219", KIND_DATE_TIME, false, "2011-12-09 12:50:00" },
        { "40886.534722222219", KIND_DATE, false, "2011-12-09" },
        { "40886.999999", KIND_DATE, false, "2011-12-09" },
        { "40886.999999", KIND_DATE_TIME, false, "2011-12-10 00:00:00" },
        { "40886", KIND_DATE_TIME, false, "2011-12-09 00:00:00" },
        { "4.0886E4", KIND_DATE, false, "2011-12-09" },
        { "25569", KIND_DATE, false, "1970-01-01" },
        { "1", KIND_DATE, false, "1900-01-01" },
        { "59", KIND_DATE, false, "1900-02-28" },
        { "60", KIND_DATE, false, "1900-02-29" },
        { "61", KIND_DATE, false, "1900-03-01" },
        { "2958465", KIND_DATE, false, "9999-12-31" },
        { "2958465.9999999", KIND_DATE_TIME, false, "2958465.9999999" },
        { "2958466", KIND_DATE, false, "2958466" },
        { "-1", KIND_DATE, false, "-1" },
        { "0", KIND_DATE, false, "0" },
        { "0.5", KIND_DATE, false, "0.5" },
        { "0.5", KIND_TIME, false, "12:00:00" },
        { "0.5", KIND_DATE_TIME, false, "12:00:00" },
        { "0.53472222222222221", KIND_TIME, false, "12:50:00" },
        { "40886.5", KIND_TIME, false, "2011-12-09 12:00:00" },
        { "1.5", KIND_ELAPSED, false, "36:00:00" },
        { "0.0006944444444444445", KIND_ELAPSED, false, "0:01:00" },
        { "0", KIND_DATE, true, "1904-01-01" },
        { "39424", KIND_DATE, true, "2011-12-09" },
        { "39424.5", KIND_DATE_TIME, true, "2011-12-09 12:00:00" },
        { "0.5", KIND_TIME, true, "12:00:00" },
        { "2957003", KIND_DATE, true, "9999-12-31" },
        { "2957004", KIND_DATE, true, "2957004" },
        { "1e300", KIND_DATE, false, "1E+300" },
        { "text", KIND_DATE, false, "text" },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++)
        check_number(ROWS[i].v, ROWS[i].kind, ROWS[i].is_1904, ROWS[i].want);
}

TEST(what_a_format_shows)
{
    static const struct {
        const char *code;
        NumberKind want;
    } ROWS[] = {
        { "General", KIND_NUMBER },
        { "GENERAL", KIND_NUMBER },
        { "General\"天\"", KIND_NUMBER },
        { "0.00", KIND_NUMBER },
        { "#,##0.00_);[Red]\\(#,##0.00\\)", KIND_NUMBER },
        { "0.00E+00", KIND_NUMBER },
        { "##0.0e-0", KIND_NUMBER },
        { "\"day\" 0", KIND_NUMBER },
        { "\\d0", KIND_NUMBER },
        { "_d0", KIND_NUMBER },
        { "[Red]0", KIND_NUMBER },
        { "[$-804]0", KIND_NUMBER },
        { "[$¥-804]#,##0.00", KIND_NUMBER },
        { "[>=100]0", KIND_NUMBER },
        { "@", KIND_NUMBER },
        { "", KIND_NUMBER },
        { "0;yyyy", KIND_NUMBER },
        { "\"open", KIND_NUMBER },
        { "[open", KIND_NUMBER },
        { "yyyy-mm-dd", KIND_DATE },
        { "YYYY/M/D", KIND_DATE },
        { "yyyy\"年\"m\"月\"d\"日\";@", KIND_DATE },
        { "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", KIND_DATE },
        { "mmm", KIND_DATE },
        { "m\"月\"", KIND_DATE },
        { "[$-411]ge.m.d", KIND_DATE },
        { "yyyy-mm-dd hh:mm:ss", KIND_DATE_TIME },
        { "m/d/yy h:mm AM/PM", KIND_DATE_TIME },
        { "yyyy/m/d\\ h:mm;@", KIND_DATE_TIME },
        { "h:mm", KIND_TIME },
        { "mm:ss.0", KIND_TIME },
        { "h AM/PM", KIND_TIME },
        { "[$-409]h:mm:ss\\ AM/PM", KIND_TIME },
        { "[h]:mm:ss", KIND_ELAPSED },
        { "[mm]:ss", KIND_ELAPSED },
        { "[ss]", KIND_ELAPSED },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++)
        CHECK_ROW(number_kind_of_format(str_z(ROWS[i].code)) == ROWS[i].want, "%s is %d",
                  ROWS[i].code, (int)number_kind_of_format(str_z(ROWS[i].code)));
    static const struct {
        int64_t id;
        NumberKind want;
    } IDS[] = {
        { 0, KIND_NUMBER },  { 2, KIND_NUMBER },   { 13, KIND_NUMBER }, { 14, KIND_DATE },
        { 17, KIND_DATE },   { 18, KIND_TIME },    { 21, KIND_TIME },   { 22, KIND_DATE_TIME },
        { 23, KIND_NUMBER }, { 31, KIND_DATE },    { 32, KIND_TIME },   { 37, KIND_NUMBER },
        { 45, KIND_TIME },   { 46, KIND_ELAPSED }, { 49, KIND_NUMBER }, { 58, KIND_DATE },
        { -1, KIND_NUMBER }, { 164, KIND_NUMBER },
    };
    for (size_t i = 0; i < ARRAY_LEN(IDS); i++)
        CHECK_INT(number_kind_of_id(IDS[i].id), IDS[i].want);
}
