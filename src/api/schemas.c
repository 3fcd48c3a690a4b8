// Named schemas of the generic routes.
#include "api/api_internal.h"

const SchemaDef API_SCHEMAS[] = {
    { "error", "{\"type\":\"object\",\"required\":[\"error\"],\"properties\":{\"error\":{\"type\":"
               "\"object\","
               "\"required\":[\"status\",\"request\",\"errors\"],\"properties\":{\"status\":{"
               "\"type\":\"string\"},"
               "\"request\":{\"type\":\"string\"},\"errors\":{\"type\":\"array\",\"items\":{"
               "\"type\":\"object\","
               "\"required\":[\"code\",\"message\"],\"properties\":{\"code\":{\"type\":\"string\"},"
               "\"field\":{\"type\":[\"string\",\"null\"]},\"message\":{\"type\":\"string\"}}}}}},"
               "\"current\":{\"type\":\"object\"}}}" },
    { "filter", "{\"type\":\"object\",\"description\":\"one of all, any, not, a field condition "
                "{field, op, value}, or a "
                "relation {orders:{where,count|sum}}\"}" },
    { "query",
      "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"filter\":{\"$ref\":"
      "\"#/components/schemas/"
      "filter\"},\"q\":{\"type\":\"string\"},\"sort\":{\"type\":[\"string\",\"array\"]},"
      "\"limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":200},\"cursor\":{\"type\":"
      "\"string\"},"
      "\"fields\":{\"type\":[\"string\",\"array\"]},\"count\":{\"type\":[\"boolean\",\"integer\"]},"
      "\"deleted\":{\"type\":\"boolean\"}}}" },
    { "aggregate", "{\"type\":\"object\",\"required\":[\"measures\"],\"additionalProperties\":"
                   "false,\"properties\":{"
                   "\"filter\":{\"$ref\":\"#/components/schemas/"
                   "filter\"},\"q\":{\"type\":\"string\"},\"measures\":{"
                   "\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"fn\"],"
                   "\"properties\":{\"fn\":{\"enum\":"
                   "[\"count\",\"sum\",\"avg\",\"min\",\"max\",\"distinct\"]},\"field\":{\"type\":"
                   "\"string\"}}}},"
                   "\"group\":{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"object\"]}},"
                   "\"sort\":{\"type\":\"string\"},"
                   "\"limit\":{\"type\":\"integer\"}}}" },
    { "rows", "{\"type\":\"object\",\"required\":[\"rows\"],\"properties\":{\"rows\":{\"type\":"
              "\"array\",\"items\":{"
              "\"type\":\"object\",\"required\":[\"group\",\"values\"],\"properties\":{\"group\":{"
              "\"type\":\"array\"},"
              "\"values\":{\"type\":\"array\"}}}}}}" },
    { "export",
      "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"filter\":{\"$ref\":"
      "\"#/components/schemas/"
      "filter\"},\"q\":{\"type\":\"string\"},\"sort\":{\"type\":\"string\"},\"fields\":{"
      "\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"ids\":{\"type\":\"array\",\"items\":{"
      "\"type\":"
      "\"integer\"}},\"format\":{\"enum\":[\"csv\",\"xlsx\"]},\"headings\":{\"enum\":[\"labels\","
      "\"names\"]},"
      "\"deleted\":{\"type\":\"boolean\"}}}" },
    { "bulk", "{\"type\":\"object\",\"required\":[\"action\"],\"additionalProperties\":false,"
              "\"properties\":{\"ids\":{"
              "\"type\":\"array\",\"items\":{\"type\":\"integer\"}},\"filter\":{\"$ref\":\"#/"
              "components/schemas/filter\"},"
              "\"q\":{\"type\":\"string\"},\"action\":{\"enum\":[\"update\",\"delete\",\"restore\"]"
              "},\"set\":{\"type\":"
              "\"object\"},\"reason\":{\"type\":\"string\"},\"deleted\":{\"type\":\"boolean\"}}}" },
    { "job", "{\"type\":\"object\",\"required\":[\"job\"],\"properties\":{\"job\":{\"type\":"
             "\"integer\"}}}" },
    { "restore", "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"change\":{"
                 "\"type\":\"integer\"},"
                 "\"reason\":{\"type\":\"string\"}}}" },
    { "history", "{\"type\":\"object\",\"required\":[\"items\",\"next\"],\"properties\":{\"items\":"
                 "{\"type\":\"array\","
                 "\"items\":{\"type\":\"object\",\"required\":[\"id\",\"at\",\"action\",\"fields\"]"
                 "}},\"next\":{\"type\":"
                 "[\"string\",\"null\"]}}}" },
    { "meta", "{\"type\":\"object\",\"required\":[\"version\",\"organisation\",\"entities\","
              "\"permissions\"]}" },
    { "items", "{\"type\":\"object\",\"required\":[\"items\"],\"properties\":{\"items\":{\"type\":"
               "\"array\"}}}" },
    { "object", "{\"type\":\"object\"}" },
};
const size_t API_SCHEMAS_LEN = ARRAY_LEN(API_SCHEMAS);
