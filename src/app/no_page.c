// Stands in for the page when web/ has not been built.
#include "app/assets.h"

static const unsigned char TEXT[] =
    "The page is not built in. Run script/server, or script/page and build again.\n";

const Asset GUANXI_ASSETS[] = {
    { "/index.html", "text/plain; charset=utf-8", "\"none\"", TEXT, sizeof(TEXT) - 1, NULL, 0, NULL,
      0, false },
};
const size_t GUANXI_ASSETS_LEN = 1;
