// The headings of each known file; tables ended by a NULL heading.
#ifndef GUANXI_INTAKE_PRESET_COLUMNS_H
#define GUANXI_INTAKE_PRESET_COLUMNS_H

#include "intake/presets.h"

extern const PresetColumn TAOBAO_ORDERS[];
extern const PresetColumn TAOBAO_LINES[];
extern const PresetColumn JD_ORDERS[];
extern const PresetColumn PDD_ORDERS[];
extern const PresetColumn DOUYIN_ORDERS[];
extern const PresetColumn YOUZAN_ORDERS[];
extern const PresetColumn YOUZAN_LINES[];
extern const PresetColumn YOUZAN_CUSTOMERS[];
extern const PresetColumn ALI1688_ORDERS[];
extern const PresetColumn SHOPIFY_ORDERS[];
extern const PresetColumn SHOPIFY_CUSTOMERS[];
extern const PresetColumn SHOPIFY_CUSTOMERS_OLD[];
extern const PresetColumn SHOPIFY_PRODUCTS[];
extern const PresetColumn WOO_PRODUCTS[];
extern const PresetColumn WOO_ANALYTICS_ORDERS[];
extern const PresetColumn WOO_ANALYTICS_CUSTOMERS[];
extern const PresetColumn WOO_ORDERS[];
extern const PresetColumn AMAZON_ORDERS[];
extern const PresetColumn ETSY_LINES[];
extern const PresetColumn STRIPE_CUSTOMERS[];
extern const PresetColumn RETAIL_1[];
extern const PresetColumn RETAIL_2[];

#endif
